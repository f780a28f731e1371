import { count, grouped } from '@agent-run/core/text'

/** What was met in one input beside its valid records; plain JSON. */
export interface Tally {
  records: number
  /** JSON values that are none and were passed over. */
  passedOver: number
  invalid: number
  /** Line of the first invalid one. */
  firstInvalid: number
  problems: number
  /** The first of the problems, each with its line (0: nowhere) and its words, safe to print. */
  readonly listed: (readonly [line: number, message: string])[]
}

/** Problems that are named; the others are counted. */
const LISTED = 20

/** Of an input in which nothing was met yet. */
export const emptyTally = (): Tally => ({
  records: 0,
  passedOver: 0,
  invalid: 0,
  firstInvalid: 0,
  problems: 0,
  listed: [],
})

/** Counts a problem, and names it if it is one of the first. */
export function addProblem(tally: Tally, line: number, message: string): void {
  tally.problems++
  if (tally.listed.length < LISTED) tally.listed.push([line, message])
}

/** Counts an invalid record. */
export function addInvalid(tally: Tally, line: number): void {
  if (tally.invalid++ === 0) tally.firstInvalid = line
}

/** What was met in all inputs of a command. */
export class Tallies {
  #records = 0
  #passedOver = 0
  #invalid = 0
  #firstInvalid = ''
  #problems = 0
  #listed: string[] = []

  /** Forgets everything: the inputs are read again. */
  clear(): void {
    this.#records = this.#passedOver = this.#invalid = this.#problems = 0
    this.#listed = []
  }

  get records(): number {
    return this.#records
  }

  /** Invalid records and problems. */
  get broken(): number {
    return this.#invalid + this.#problems
  }

  /** @param name of the input, safe to print */
  add(name: string, { records, passedOver, invalid, firstInvalid, problems, listed }: Tally): void {
    this.#records += records
    this.#passedOver += passedOver
    if (this.#invalid === 0 && invalid > 0) this.#firstInvalid = `${name}:${firstInvalid}`
    this.#invalid += invalid
    this.#problems += problems
    for (const [line, message] of listed)
      if (this.#listed.length < LISTED) this.#listed.push(`${name}${line > 0 ? `:${line}` : ''}: ${message}`)
  }

  /** What could not be looked at, each a line. */
  remarks(): string[] {
    const remarks = [...this.#listed]
    const more = this.#problems - remarks.length
    if (more > 0) remarks.push(`… and ${grouped(more)} more problems with inputs`)
    if (this.#invalid > 0)
      remarks.push(
        `${count(this.#invalid, 'invalid record')} ${this.#invalid === 1 ? 'was' : 'were'} left out (agent-run validate says why), the first at ${this.#firstInvalid}`,
      )
    if (this.#records === 0 && this.#problems === 0 && this.#invalid === 0)
      remarks.push(
        `there is no record here${this.#passedOver > 0 ? ` (${count(this.#passedOver, 'other JSON value')}; agent-run convert makes records of transcripts and traces)` : ''}`,
      )
    return remarks
  }

  /** Whether an answer may lack something. */
  isIncomplete(): boolean {
    return this.#problems > 0 || this.#invalid > 0 || this.#records === 0
  }
}
