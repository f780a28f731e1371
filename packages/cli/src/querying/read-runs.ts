import { isSealed, type Level, type Verifier, validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { isForeign, schemaOf } from '../check/document-schema.ts'
import { readDocuments } from '../input/documents.ts'
import type { Expansion } from '../input/expand.ts'
import { visible, visibleName } from '../terminal/escape.ts'
import { createProgress } from '../terminal/progress.ts'

/** A valid record of an input. */
export interface ReadRun {
  readonly run: AgentRun
  readonly level: Level
}

/** How to read. */
export interface ReadingOptions {
  readonly maxSize: number
  readonly quiet: boolean
  readonly verify: Verifier
}

/** Reads all records of some inputs, again for every question, and tells what could not be read. */
export class RunReader {
  readonly #expansion: Expansion
  readonly #options: ReadingOptions
  #invalid = 0
  #passedOver = 0
  #records = 0
  readonly #problems: string[] = []

  constructor(expansion: Expansion, options: ReadingOptions) {
    this.#expansion = expansion
    this.#options = options
  }

  /** The valid records, one after the other; memory holds one of them. */
  async *runs(): AsyncGenerator<ReadRun> {
    const { sources, unusable } = this.#expansion
    const { maxSize, verify } = this.#options
    this.#invalid = this.#passedOver = this.#records = 0
    this.#problems.length = 0
    for (const { name, problem } of unusable) this.#problems.push(`${visibleName(name)}: ${problem.message}`)
    const progress = createProgress(this.#options.quiet)
    const totalBytes = sources.every(({ size }) => size !== undefined)
      ? sources.reduce((sum, { size }) => sum + (size ?? 0), 0)
      : undefined
    let bytes = 0
    const update = (read: number): void => {
      bytes += read
      progress.update(() => ({ bytes, totalBytes, done: `${this.#records.toLocaleString('en')} records` }))
    }
    try {
      for (const source of sources) {
        for await (const item of readDocuments(source, { maxSize, onRead: update })) {
          if (item.kind === 'problem') {
            const { severity, line, message } = item.problem
            if (severity === 'error')
              this.#problems.push(`${visibleName(source.name)}${line > 0 ? `:${line}` : ''}: ${visible(message)}`)
            continue
          }
          const { ok, value } = validate(item.bytes, { limit: 1 })
          if (!ok) this.#passOver(value, `${visibleName(source.name)}:${item.line}`)
          else {
            this.#records++
            const run = value as AgentRun
            yield { run, level: isSealed(run) ? verify(item.bytes).level : 'recorded' }
          }
        }
      }
    } finally {
      progress.hide()
    }
  }

  /** What could not be looked at, each a line. */
  remarks(): string[] {
    const remarks = this.#problems.slice(0, LISTED)
    const more = this.#problems.length - remarks.length
    if (more > 0) remarks.push(`… and ${more.toLocaleString('en')} more problems with inputs`)
    if (this.#invalid > 0)
      remarks.push(
        `${this.#invalid.toLocaleString('en')} invalid ${this.#invalid === 1 ? 'record was' : 'records were'} left out (agent-run validate says why), the first at ${this.#firstInvalid}`,
      )
    if (this.#records === 0 && this.#problems.length === 0 && this.#invalid === 0)
      remarks.push(
        `there is no record here${this.#passedOver > 0 ? ` (${this.#passedOver.toLocaleString('en')} other JSON values)` : ''}`,
      )
    return remarks
  }

  /** Whether an answer may lack something. */
  isIncomplete(): boolean {
    return this.#problems.length > 0 || this.#invalid > 0 || this.#records === 0
  }

  #firstInvalid = ''

  /** Statements, journals and files of other programs are no records and missed by nobody. */
  #passOver(value: unknown, place: string): void {
    if (value !== undefined && (schemaOf(value) !== undefined || isForeign(value))) this.#passedOver++
    else if (this.#invalid++ === 0) this.#firstInvalid = place
  }
}

const LISTED = 20
