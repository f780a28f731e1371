import { type ReadResult, readJson } from '@agent-run/core'
import { grouped } from '@agent-run/core/text'
import { pathName } from '../format/wording.ts'
import { ReadError } from '../input/chunks.ts'
import { readDocuments } from '../input/documents.ts'
import type { DocumentItem, Item } from '../input/item.ts'
import { type LineSort, sortOf } from '../input/line-sort.ts'
import { type InputProblem, nowhere } from '../input/source.ts'
import { describeError } from '../input/system-error.ts'
import { addSaying, type Evidence, isSaying, noSayings, type Sayings } from './evidence.ts'
import { type Start, startOf } from './failure-place.ts'
import { journalOutcome } from './journal-input.ts'
import { Judge } from './judge.ts'
import type { Outcome } from './outcome.ts'
import type { Part } from './part.ts'
import { rangeLines } from './range-lines.ts'
import type { ReportBuilder } from './report/report-builder.ts'
import type { VerifySettings } from './settings.ts'
import { proofOutcome } from './step-proof-input.ts'

/** A record that waits for the lines about it. */
interface Waiting {
  readonly bytes: Uint8Array
  readonly read: ReadResult
  readonly start: Start
  readonly sayings: Sayings
}

/** Most lines that may stand before the first record or follow one. */
const MOST_SAYINGS = 100_000

/** Characters of text after which a report is handed over. */
const REPORT = 64 * 1024

/** What verifying a part needs. */
export interface PartContext {
  readonly settings: VerifySettings
  readonly evidence: Evidence
  readonly report: ReportBuilder
  /** Lines before the first record of the input, where another part holds them. */
  readonly forAll: Sayings | undefined
  /** Is told how many bytes were read, as stored. */
  readonly onRead: (bytes: number) => void
  /** Is told how many lines begin in the range of the part. */
  readonly onLines: (lines: number) => void
}

/**
 * Verifies what is in one part of an input and writes it down. Yields whenever there is enough for a report. Lines
 * about a record follow it; those before the first record of an input hold for all. Whatever is broken is an outcome
 * too, and the rest is verified. Never throws for the content.
 */
export async function* verifyPart(part: Part, context: PartContext): AsyncGenerator<void> {
  const verifier = new PartVerifier(part, context)
  const { settings, report, onRead, onLines } = context
  const { source, range } = part
  if (range === undefined) {
    for await (const item of readDocuments(source, { maxSize: settings.maxSize, onRead })) {
      await verifier.take(item, true)
      if (verifier.done) break
      if (report.length > REPORT) yield
    }
  } else {
    try {
      for await (const { item, own } of rangeLines(source.path as string, range, settings.maxSize, onLines)) {
        await verifier.take(item, own)
        if (verifier.done) break
        if (report.length > REPORT) yield
      }
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      const message = `cannot be read: ${describeError(error.cause)}`
      verifier.problem({ code: 'input.unreadable', severity: 'error', message, ...nowhere })
    }
  }
  verifier.end()
  yield
}

class PartVerifier {
  readonly #part: Part
  readonly #context: PartContext
  readonly #forAll: Sayings
  #atTop: boolean
  readonly #judge: Judge
  /** What is wrong with lines about the record that waits. */
  #complaints: InputProblem[] = []
  #waiting: Waiting | undefined
  /** Whether nothing more needs to be looked at. */
  done = false

  constructor(part: Part, context: PartContext) {
    this.#part = part
    this.#context = context
    this.#forAll = context.forAll ?? noSayings()
    this.#atTop = context.forAll === undefined
    this.#judge = new Judge(part.source.name, context.settings, context.evidence, this.#forAll)
  }

  /** @param own whether the item begins within the part; what follows is only looked at for the last record of it */
  async take(item: Item, own: boolean): Promise<void> {
    if (item.kind === 'problem') {
      this.#flush()
      if (own) this.problem(item.problem)
      else this.done = true
      return
    }
    const read = readJson(item.bytes)
    const sort = read.ok ? sortOf(read.value) : undefined
    if (read.ok && sort !== undefined && isSaying(sort)) {
      this.#saying(read.value, sort, item, own)
      return
    }
    this.#flush()
    this.#atTop = false
    if (!own) this.done = true
    else if (!read.ok || sort === 'record') {
      // What it was read of may be gone when the lines about it have been read; nobody looks at it again.
      this.#waiting = { bytes: item.bytes, read, start: placeOf(item), sayings: noSayings() }
      if (!read.ok) this.#flush()
    } else await this.#other(read.value, sort, item)
  }

  end(): void {
    this.#flush()
    const { statements, evals, proofs } = this.#forAll
    const said = statements.length + evals.length + proofs.length
    if (this.#atTop && said > 0 && this.#part.range === undefined)
      this.problem({ code: 'input.no_records', severity: 'error', message: NO_RECORD, line: 1, column: 1 })
  }

  problem(problem: InputProblem): void {
    const { line, column, ...rest } = problem
    const unusable = problem.code === 'input.unreadable'
    this.#add({ kind: 'problem', file: this.#file, ...startOf({ line, column }), ...rest, unusable })
  }

  get #file(): string {
    return this.#part.source.name
  }

  #add(outcome: Outcome): void {
    this.#context.report.add(outcome)
  }

  #saying(value: unknown, sort: Parameters<typeof addSaying>[1], item: DocumentItem, own: boolean): void {
    // What follows a broken line, or the last record of the part before, is only looked at for faults.
    const sayings = this.#waiting?.sayings ?? (this.#atTop ? this.#forAll : noSayings())
    const { statements, evals, proofs } = sayings
    const isTooMany = statements.length + evals.length + proofs.length >= MOST_SAYINGS
    const finding = isTooMany ? tooMany : addSaying(sayings, sort, value)
    // The part that it begins in says so.
    if (finding === undefined || !own) return
    const where = pathName(finding.path)
    const message = `${where === '' ? '' : `${where}: `}${finding.message}`
    // In the order of the lines: the record that it follows comes first.
    this.#complaints.push({ code: finding.code, severity: 'error', message, ...placeOf(item) })
    if (this.#waiting === undefined) this.#complain()
  }

  #flush(): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting !== undefined) this.#judgeWaiting(waiting)
    this.#complain()
  }

  #judgeWaiting(waiting: Waiting): void {
    const { settings, report } = this.#context
    const value: unknown = waiting.read.ok ? waiting.read.value : undefined
    if (settings.run !== undefined && (value as { id?: unknown } | null | undefined)?.id !== settings.run) return
    if (this.#judge.journalFits(value)) report.noteJournal()
    this.#add(this.#judge.outcomeOf(waiting))
  }

  #complain(): void {
    for (const problem of this.#complaints) this.problem(problem)
    this.#complaints = []
  }

  async #other(value: unknown, sort: LineSort | undefined, item: DocumentItem): Promise<void> {
    if (sort === 'step_proof') this.#add(proofOutcome(this.#file, value, item, this.#context.evidence))
    else if (sort === 'journal_line' && item.line === 1 && this.#part.source.path !== undefined) {
      this.#add(await journalOutcome(this.#part.source, this.#judge, this.#context.settings.maxSize))
      this.done = true
    } else {
      const message = expected[sort ?? ''] ?? 'this is no record'
      this.problem({ code: 'input.no_record', severity: 'error', message, ...placeOf(item) })
      // Every line of a journal would say the same.
      this.done = sort === 'journal_line'
    }
  }
}

const tooMany = {
  code: 'input.too_many_statements',
  path: '',
  message: `more than ${grouped(MOST_SAYINGS)} statements for one record; this one was not looked at`,
}

const placeOf = ({ line, column }: DocumentItem): { line: number; column: number } => ({ line, column })

const NO_RECORD = 'there are statements here but no record; give the record first, and these with --statements'

/** What is no record, and where it belongs. */
const expected: Readonly<Record<string, string>> = {
  journal_line:
    'this is a line of a journal, expected a record; give the journal as a file of its own, or with --journal',
  envelope: 'this is a DSSE envelope, expected the record that it was made of',
  trust: 'this is a trust file, expected a record; give it with --trust',
}
