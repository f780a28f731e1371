import { isSealed, type Level, timeOf, type Verifier, validate } from '@agent-run/core'
import { grouped, visible, visibleName } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { isForeign, schemaOf } from '../check/document-schema.ts'
import { type ReadOptions, readDocuments } from '../input/documents.ts'
import type { Expansion } from '../input/expand.ts'
import type { DocumentItem, Item } from '../input/item.ts'
import type { Source } from '../input/source.ts'
import { createProgress } from '../terminal/progress.ts'
import { addInvalid, addProblem, emptyTally, Tallies, type Tally } from './tally.ts'

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
  /** Equal if all verdicts are. */
  readonly trustKey: string
  /** Whether an index may answer in place of the files. */
  readonly index: boolean
}

/** A valid record with its place. */
export interface PlacedRun {
  readonly run: AgentRun
  readonly item: DocumentItem
}

/** The valid records of one input, one after the other; what else is met there goes into the tally. */
export async function* readRuns(source: Source, options: ReadOptions, tally: Tally): AsyncGenerator<PlacedRun> {
  for await (const item of readDocuments(source, options)) {
    const read = takeItem(item, tally)
    if (read) yield read
  }
}

/** The valid record that an item of an input is; anything else goes into the tally. */
export function takeItem(item: Item, tally: Tally): PlacedRun | undefined {
  if (item.kind === 'problem') {
    const { severity, line, message } = item.problem
    if (severity === 'error') addProblem(tally, line, visible(message))
    return undefined
  }
  const { ok, value } = validate(item.bytes, { limit: 1 })
  if (ok) {
    tally.records++
    return { run: value as AgentRun, item }
  }
  // Statements, journals and files of other programs are no records and missed by nobody.
  if (value !== undefined && (schemaOf(value) !== undefined || isForeign(value))) tally.passedOver++
  else addInvalid(tally, item.line)
  return undefined
}

/** When a run started, as text whose order is that of time. A file does not say when it was received. */
export const startOf = ({ started_at }: AgentRun): string | undefined => timeOf({ started_at })

/** How far a record is proven. */
export const levelOf = ({ run, item }: PlacedRun, verify: Verifier): Level =>
  isSealed(run) ? verify(item.bytes).level : 'recorded'

/** Of an input that names nothing that can be read. */
export function addUnusable(tallies: Tallies, { unusable }: Expansion): void {
  for (const { name, problem } of unusable) {
    const tally = emptyTally()
    addProblem(tally, 0, problem.message)
    tallies.add(visibleName(name), tally)
  }
}

/** Reads all records of some inputs, again for every question, and tells what could not be read. */
export class RunReader {
  readonly #expansion: Expansion
  readonly #options: ReadingOptions
  readonly #tallies: Tallies = new Tallies()

  constructor(expansion: Expansion, options: ReadingOptions) {
    this.#expansion = expansion
    this.#options = options
  }

  /** The valid records, one after the other; memory holds one of them. */
  async *runs(): AsyncGenerator<ReadRun> {
    const { sources } = this.#expansion
    const { maxSize, verify, quiet } = this.#options
    this.#tallies.clear()
    addUnusable(this.#tallies, this.#expansion)
    const progress = createProgress(quiet)
    const totalBytes = sources.every(({ size }) => size !== undefined)
      ? sources.reduce((sum, { size }) => sum + (size ?? 0), 0)
      : undefined
    let bytes = 0
    try {
      for (const source of sources) {
        const tally = emptyTally()
        const onRead = (read: number): void => {
          bytes += read
          const done = (): string => `${grouped(this.#tallies.records + tally.records)} records`
          progress.update(() => ({ bytes, totalBytes, done: done() }))
        }
        try {
          for await (const read of readRuns(source, { maxSize, onRead }, tally))
            yield { run: read.run, level: levelOf(read, verify) }
        } finally {
          this.#tallies.add(visibleName(source.name), tally)
        }
      }
    } finally {
      progress.hide()
    }
  }

  /** What could not be looked at, each a line. */
  remarks(): string[] {
    return this.#tallies.remarks()
  }

  /** Whether an answer may lack something. */
  isIncomplete(): boolean {
    return this.#tallies.isIncomplete()
  }
}
