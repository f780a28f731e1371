import type { JournalState } from '@agent-run/core'
import { distinctFacts, EVERY_RUN, sortTime } from '../sql/facts.ts'
import type { AppendResult, JournalAppend } from '../store.ts'
import { findErased, findRun, type KeyedRun } from './find-run.ts'
import { firstUnannounced, insertLines } from './journal-lines.ts'
import type { Transaction } from './transaction.ts'
import { addFacts, clearFacts, dropFacts, moveFacts } from './write-facts.ts'
import { contentOf, createRuns, followUp, type RunContent, rewriteRun, updateRow } from './write-run.ts'

/** Appends all lines or none. Its work does not grow with the journal. */
export const appendJournal = async (
  transaction: Transaction,
  tenant: string,
  append: JournalAppend,
): Promise<AppendResult> => {
  const old = await findRun(transaction, tenant, append.id)
  const refusal = await refuse(transaction, tenant, append, old)
  if (refusal !== undefined) return refusal
  const unannounced = await firstUnannounced(transaction, old, append.lines)
  if (unannounced !== undefined) return { outcome: 'private', index: unannounced }

  if (old !== undefined && append.sealed === undefined) await continueRun(transaction, old, append)
  const row = old ?? (await begin(transaction, tenant, append))
  if (append.sealed !== undefined) {
    const { sealed, replaceFacts, state } = append
    await rewriteRun(transaction, row, { ...contentOf(sealed, state), facts: replaceFacts ?? sealed.facts })
  }
  await insertLines(transaction, row, append.lines)
  await followUp(transaction, row, { documents: append.sealed?.documents ?? [], events: append.events })
  return { outcome: 'appended' }
}

const begin = async (transaction: Transaction, tenant: string, append: JournalAppend): Promise<KeyedRun> => {
  await createRuns(transaction, [{ tenant, content: liveContent(append), documents: [], events: [] }])
  return (await findRun(transaction, tenant, append.id))!
}

const refuse = async (
  transaction: Transaction,
  tenant: string,
  { id, expected }: JournalAppend,
  old: KeyedRun | undefined,
): Promise<AppendResult | undefined> => {
  if (old === undefined) {
    if ((await findErased(transaction, tenant, id)) !== undefined) return { outcome: 'erased' }
    return expected === undefined ? undefined : { outcome: 'fork', head: undefined }
  }
  if (old.journal === null) return { outcome: 'exists' }
  if (old.state === 'stored') return { outcome: 'sealed' }
  const { seq, head } = JSON.parse(old.journal) as JournalState
  if (expected?.seq === seq && expected.digest === head) return undefined
  return { outcome: 'fork', head: { seq, digest: head } }
}

const liveContent = (append: JournalAppend): RunContent => ({
  id: append.id,
  etag: append.etag,
  recordHash: undefined,
  summary: append.summary,
  facts: append.replaceFacts ?? append.addFacts,
  score: undefined,
  stored: undefined,
  journal: append.state,
})

const continueRun = async (transaction: Transaction, old: KeyedRun, append: JournalAppend): Promise<void> => {
  const { tenant, run } = old
  const before = { tenant, run, sortAt: old.sort_at }
  const after = { tenant, run, sortAt: sortTime(append.summary, old.received_at) }
  updateRow(transaction, old, liveContent(append))
  if (append.replaceFacts !== undefined) {
    await clearFacts(transaction, before)
    addFacts(transaction, after, distinctFacts([EVERY_RUN, ...append.replaceFacts]))
    return
  }
  if (after.sortAt !== before.sortAt) await moveFacts(transaction, before, after.sortAt)
  dropFacts(transaction, after, append.dropFacts)
  addFacts(transaction, after, append.addFacts)
}
