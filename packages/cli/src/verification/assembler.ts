import { exit } from '../failure.ts'
import type { VerifyFormat, VerifySummary } from './report/format.ts'
import { addTally, emptyTally, placed, type Report, type Tally } from './report/report.ts'

/** Puts reports together, in the order of the input. What comes out does not depend on how the work was cut. */
export class Assembler {
  readonly #format: VerifyFormat
  readonly #write: (text: string) => Promise<void>
  readonly #tally: Tally = emptyTally()
  readonly #codes = new Set<string>()
  readonly #texts: string[] = []
  #held: { text: string; full: string } | undefined
  #outcomes = 0
  #written = false
  #begun = false
  journalUsed = false

  constructor(format: VerifyFormat, write: (text: string) => Promise<void>) {
    this.#format = format
    this.#write = write
  }

  get tally(): Readonly<Tally> {
    return this.#tally
  }

  /** @param linesAbove lines of the input before the part that the report is about */
  async add(report: Report, linesAbove: number): Promise<void> {
    addTally(this.#tally, report.tally)
    for (const code of report.codes) this.#codes.add(code)
    this.journalUsed ||= report.journalUsed
    if (exitCodeOf(this.#tally) !== exit.clean) process.exitCode = exit.findings
    if (report.outcomes === 0) return
    const text = placed(report.text, linesAbove)
    // One alone is shown in full: whether it is alone, only the next one says.
    if (this.#outcomes === 0 && report.full !== undefined) this.#held = { text, full: placed(report.full, linesAbove) }
    else {
      await this.#release()
      await this.#put(text)
    }
    this.#outcomes += report.outcomes
  }

  async end(files: number, durationMs: number): Promise<number> {
    if (this.#held) await this.#put(this.#held.full)
    const exitCode = exitCodeOf(this.#tally)
    const codes = [...this.#codes].sort()
    const summary: VerifySummary = { tally: this.#tally, files, codes, durationMs, exitCode }
    if (this.#format.sumsFirst) await this.#write(this.#format.before(summary) + this.#texts.join(''))
    else await this.#begin()
    await this.#write(this.#format.after(summary))
    return exitCode
  }

  async #release(): Promise<void> {
    const held = this.#held
    this.#held = undefined
    if (held) await this.#put(held.text)
  }

  async #put(text: string): Promise<void> {
    if (text === '') return
    const separated = this.#written ? this.#format.separator + text : text
    this.#written = true
    if (this.#format.sumsFirst) {
      this.#texts.push(separated)
      return
    }
    await this.#begin()
    await this.#write(separated)
  }

  async #begin(): Promise<void> {
    if (this.#begun) return
    this.#begun = true
    await this.#write(this.#format.before(undefined))
  }
}

const exitCodeOf = ({ records, ok, proofs, proofsOk, problems, unusable }: Readonly<Tally>): number => {
  if (unusable > 0) return exit.failure
  return records > ok || proofs > proofsOk || problems > 0 ? exit.findings : exit.clean
}
