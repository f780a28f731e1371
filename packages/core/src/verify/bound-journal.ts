import { type ChainedLine, checkJournal, type Journal, type JournalCheck } from '../journal/index.ts'
import { isGiven, type JsonObject, objectOf } from '../semantics/object.ts'
import { type KeyStates, restrictionOf } from '../trust/index.ts'

/** What the journal that was given proves about the record. */
export interface BoundJournal {
  /** How it comes out beside the record (AR-JRNL-001 to AR-JRNL-012). */
  readonly outcome: JournalCheck
  /**
   * Whether somebody answers for it who also answers for the record: anybody can write a journal that folds to a record
   * (AR-JRNL-015). Never of one that fails.
   */
  readonly bound: boolean
  /** The lines of a bound journal that nobody but that party can have written or put in another order; else none. */
  readonly lines: readonly ChainedLine[]
}

const none: readonly never[] = []

/**
 * Looks whether a journal holds and is bound to the record: to a sealed one by its `journal_head`, for all lines, or by a
 * signed head of the record's own key, for the lines before; to one that is not sealed by a signed head of a key that is
 * trusted as runtime or recorder.
 * @param run the record, valid by its schema
 */
export const bindJournal = (journal: Journal, run: JsonObject, sealed: boolean, keys: KeyStates): BoundJournal => {
  const outcome = checkJournal(journal, run)
  if (outcome.result === 'fail') return { outcome, bound: false, lines: none }
  const provenance = objectOf(run, 'provenance') ?? {}
  if (sealed && isGiven(provenance, 'journal_head')) return { outcome, bound: true, lines: journal.lines }
  const signer = objectOf(journal.lines[0]?.data ?? {}, 'provenance')?.signed_by
  const bound =
    outcome.checkpoint !== undefined && (sealed ? signer === provenance.signed_by : isTrusted(signer, run, keys))
  return { outcome, bound, lines: bound ? journal.lines.slice(0, (outcome.checkpoint ?? -1) + 1) : none }
}

const isTrusted = (key: unknown, run: JsonObject, keys: KeyStates): boolean => {
  const entry = keys.entryOf(key)
  if (entry === undefined || restrictionOf(entry, run) !== undefined) return false
  return (entry.roles.includes('runtime') || entry.roles.includes('recorder')) && keys.stateOf(key) === 'trusted'
}
