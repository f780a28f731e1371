import { publicForm } from '../hash/index.ts'
import { openStatuses } from '../seal/sealed.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import { firstDifference } from './difference.ts'
import type { Difference, JournalRule } from './finding.ts'
import { journalRules } from './finding.ts'
import { foldJournal } from './fold.ts'
import { sealMembers } from './line.ts'
import type { Journal } from './read.ts'

/** What a journal proves, by itself or beside the record of its run. */
export interface JournalCheck extends Partial<Difference> {
  readonly result: 'pass' | 'fail'
  /** The first rule that does not hold, by the order of the rules; only of a failure. */
  readonly code?: JournalRule
  /** Number of comparisons that were made. */
  readonly compared: number
  /**
   * Lines 0 to this seq are as they were when a head was signed over them: the last such head. It does not say that this
   * was the last line. Absent without a signed head, and of a failure. (AR-JRNL-014)
   */
  readonly checkpoint?: number
  /** Whether the journal goes as far as `run.sealed`. */
  readonly sealed: boolean
}

const order = Object.keys(journalRules) as JournalRule[]

/**
 * Checks a journal by itself and, if given, that it tells of this record: the fold equals the record in public form, and its
 * journal_head names the journal's end (AR-JRNL-001 to AR-JRNL-012). Cutting lines after a signed head leaves a journal
 * that passes, with a smaller checkpoint (AR-JRNL-014).
 * @param run the record, valid by its schema
 */
export const checkJournal = (journal: Journal, run?: object): JournalCheck => {
  const sealed = journal.lines.some(({ type }) => type === 'run.sealed')
  const compared = journal.lines.length + journal.heads.length + journal.privates.size
  const finding = first(journal.findings)
  if (finding) {
    const { code, path, expected, found } = finding
    return { result: 'fail', code, path, expected, found, compared, sealed }
  }
  const record = run as JsonObject | undefined
  const fold = foldJournal(journal, { live: record !== undefined && openStatuses.has(record.status) })
  const unequal =
    fold.findings[0] ?? foldDifference(fold.run as unknown as JsonObject, fold.sealed, record, signingKey(journal))
  if (unequal) return failure('journal.fold', unequal, compared + 1, sealed)
  const wrongHead = headDifference(journal, record ?? fold.sealed)
  if (wrongHead) return failure('journal.head', wrongHead, compared + 2, sealed)
  const checkpoint = journal.heads.at(-1)?.data.seq
  const passed = { result: 'pass', compared: compared + 1, sealed } as const
  return typeof checkpoint === 'number' ? { ...passed, checkpoint } : passed
}

const failure = (
  code: JournalRule,
  { path, expected, found }: Difference,
  compared: number,
  sealed: boolean,
): JournalCheck => ({ result: 'fail', code, path, expected, found, compared, sealed })

const first = (findings: Journal['findings']) => {
  for (const rule of order) {
    const finding = findings.find(({ code }) => code === rule)
    if (finding) return finding
  }
  return undefined
}

/** Where the fold and what was sealed, or the fold and the record, are not the same in public form. */
const foldDifference = (
  fold: JsonObject,
  sealed: JsonObject | undefined,
  record: JsonObject | undefined,
  key: unknown,
): Difference | undefined => {
  const form = publicForm('run', fold)
  if (sealed !== undefined) {
    const { steps: _, ...header } = form
    const difference = firstDifference(header, sealed, 'run')
    if (difference) return difference
  }
  if (record === undefined) return undefined
  const { eval: _, ...whole } = publicForm('run', record)
  return firstDifference(form, sealed === undefined ? withoutSeal(whole, key) : whole, 'run')
}

/** A journal that stops before `run.sealed` cannot know what the seal adds, but it names the key, if any. */
const withoutSeal = (record: JsonObject, key: unknown): JsonObject => {
  if (!isObject(record.provenance)) return record
  const unknown: readonly string[] =
    key === undefined || record.provenance.signed_by === key ? [...sealMembers, 'signed_by'] : sealMembers
  return {
    ...record,
    provenance: Object.fromEntries(Object.entries(record.provenance).filter(([name]) => !unknown.includes(name))),
  }
}

const signingKey = ({ lines }: Journal): unknown => {
  const provenance = lines[0]?.data.provenance
  return isObject(provenance) ? provenance.signed_by : undefined
}

const headDifference = (journal: Journal, record: JsonObject | undefined): Difference | undefined => {
  const found = isObject(record?.provenance) ? record.provenance.journal_head : undefined
  if (found === undefined) return undefined
  const end = journal.lines.findIndex(({ type }) => type === 'run.sealed')
  const expected = (end === -1 ? journal.lines.at(-1) : journal.lines[end - 1])?.digest ?? 'a line before run.sealed'
  return found === expected ? undefined : { path: '/provenance/journal_head', expected, found: String(found) }
}
