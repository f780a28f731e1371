import { omit } from '../bytes/covered.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { NESTED, privateMembers, publicForm } from '../bytes/seal.ts'
import { at, type Check, type Compared, must } from './check.ts'
import { fold } from './fold.ts'
import { headsOf, SEALS } from './journal.ts'
import type { Journal } from './journal-lines.ts'
import { member } from './pointer.ts'
import type { JournalEntry } from './resting.ts'
import { isKnown, provenanceOf, type Subject } from './subject.ts'

/** A journal whose lines hold, and the record beside which it was given, if any. */
export interface Told {
  readonly journal: Journal
  readonly subject: Subject | undefined
}

const GOING_ON = new Set<Json | undefined>(['pending', 'running', 'paused'])

/** The data of `run.sealed`, which is the last chained line where there is one. */
const sealedOf = ({ chained }: Journal): JsonObject | undefined => {
  const last = chained.at(-1)
  return last?.type === 'run.sealed' ? last.data : undefined
}

function* folds({ journal, subject }: Told): Generator<Compared> {
  const sealed = sealedOf(journal)
  if (sealed === undefined && subject === undefined) return
  const folded = publicForm('run', fold(journal, GOING_ON.has(subject?.record.status)))
  const place =
    (sealed === undefined ? undefined : firstDifference(omit(folded, 'steps'), sealed, 'run')) ??
    (subject === undefined ? undefined : firstDifference(folded, comparable(journal, subject), 'run'))
  yield place === undefined ? undefined : at(place, 'what the journal tells', 'something else')
}

/** A record as it is compared with the fold. */
const comparable = (journal: Journal, { record }: Subject): JsonObject => {
  const form = omit(publicForm('run', record), 'eval')
  if (sealedOf(journal) !== undefined) return form
  const provenance = provenanceOf(record)
  const key = provenanceOf(journal.chained[0]!.data).signed_by
  const ownKey = !isKnown(key) || provenance.signed_by === key
  return { ...form, provenance: omit(provenance, ...SEALS, ...(ownKey ? ['signed_by'] : [])) }
}

function* journalHead({ journal, subject }: Told): Generator<Compared> {
  const sealed = sealedOf(journal)
  const stated = provenanceOf(subject?.record ?? sealed ?? {}).journal_head
  if (!isKnown(stated)) return
  const end = journal.chained.at(sealed === undefined ? -1 : -2)
  const right = end !== undefined && stated === end.digest
  yield right ? undefined : at('/provenance/journal_head', end?.digest ?? 'the end of the journal', String(stated))
}

/** What a journal and the record that it tells have to say alike. */
export const toldChecks: readonly Check<Told>[] = [
  must('journal.fold', 'AR-JRNL-011', 'journal', 'The fold of a journal is the record.', folds),
  must('journal.head', 'AR-JRNL-012', 'journal', 'journal_head is the end of the journal.', journalHead),
]

/**
 * Where two values differ first, as a JSON Pointer; undefined if they are equal.
 * @param kind that of the objects, if they can have private members: these differ as a whole, so that no path leads into them
 */
const firstDifference = (one: Json, other: Json, kind?: string): string | undefined => {
  if (isObject(one) && isObject(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort()
    for (const name of names) {
      if (!Object.hasOwn(one, name) || !Object.hasOwn(other, name)) return member(name)
      const inner = firstDifference(one[name]!, other[name]!, NESTED[kind ?? '']?.[name])
      const hidden = name === 'salt' || privateMembers(kind ?? '').includes(name)
      if (inner !== undefined) return member(name) + (hidden ? '' : inner)
    }
    return undefined
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    for (let index = 0; index < Math.max(one.length, other.length); index++) {
      if (index >= one.length || index >= other.length) return member(index)
      const inner = firstDifference(one[index], other[index], kind)
      if (inner !== undefined) return member(index) + inner
    }
    return undefined
  }
  return one === other ? undefined : ''
}

/** Whether a journal that holds is that of a sealed record (AR-JRNL-015). */
export const isBound = (journal: Journal, { provenance }: Subject): boolean =>
  isKnown(provenance.journal_head) || headsOf(journal).some(([, { data }]) => data.signed_by === provenance.signed_by)

/** The lines of a journal that prove an order for a record: those of a bound one (spec/journal.md). */
export const provenLines = (journal: Journal, subject: Subject): readonly JournalEntry[] => {
  const { sealed, provenance, keys, record } = subject
  if (sealed && isKnown(provenance.journal_head)) return journal.chained
  if (sealed && !isBound(journal, subject)) return []
  // Without journal_head only a head speaks for the lines, and only for those before it.
  const last = headsOf(journal).at(-1)
  const signer = provenanceOf(journal.chained[0]!.data).signed_by
  const answered = sealed || keys.countsNow(signer, ['runtime', 'recorder'], record)
  return last !== undefined && answered ? journal.chained.slice(0, last[0]) : []
}
