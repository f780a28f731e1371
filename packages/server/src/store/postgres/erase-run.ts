import type { Change, Erasure } from '../store.ts'
import { findErased, findRun, type KeyedRun } from './find-run.ts'
import type { Transaction } from './transaction.ts'
import { addDocument, replaceDocument } from './write-documents.ts'
import { clearFacts } from './write-facts.ts'
import { contentOf, followUp, journalOf, rewriteRun } from './write-run.ts'

/**
 * Removes a run, or what is private of it. PostgreSQL gives the octets of removed rows back when it next vacuums their
 * tables, and its log keeps them until it is recycled; no reader sees them any more.
 */
export const eraseRun = async (
  transaction: Transaction,
  tenant: string,
  id: string,
  erasure: Erasure,
  change: Change,
): Promise<'erased' | 'changed' | 'unknown' | 'already'> => {
  const old = await findRun(transaction, tenant, id)
  if (old === undefined) return (await findErased(transaction, tenant, id)) === undefined ? 'unknown' : 'already'
  if (erasure.scope === 'private') return erasePrivate(transaction, old, erasure, change)
  await eraseRecord(transaction, old, erasure)
  await transaction.addEvents(tenant, change.events ?? [])
  return 'erased'
}

const BLANK = `UPDATE events SET data = $1 WHERE tenant = $2 AND run_id = $3 AND position BETWEEN $4 AND $5`
const OF_A_RUN = ['documents', 'scores', 'idempotency', 'journal_lines', 'private_hashes', 'bodies', 'runs'] as const
const ERASED = 'INSERT INTO erased_runs (tenant, id, erased_at, tombstone) VALUES ($1, $2, $3, $4)'

const eraseRecord = async (
  transaction: Transaction,
  old: KeyedRun,
  { tombstone }: Extract<Erasure, { readonly scope: 'record' }>,
): Promise<void> => {
  const { tenant, run } = old
  if (old.first_event !== null && old.last_event !== null) {
    // That they happened remains, so that nobody's position is lost.
    const data = Buffer.from(JSON.stringify({ id: old.id }))
    transaction.send(BLANK, [data, tenant, old.id, old.first_event, old.last_event])
  }
  await clearFacts(transaction, { tenant, run, sortAt: old.sort_at })
  for (const table of OF_A_RUN) transaction.send(`DELETE FROM ${table} WHERE tenant = $1 AND run = $2`, [tenant, run])
  const body = tombstone === undefined ? null : Buffer.from(tombstone.body)
  transaction.send(ERASED, [tenant, old.id, transaction.at, body])
}

const PRIVATE_LINES = 'DELETE FROM journal_lines WHERE tenant = $1 AND run = $2 AND seq IS NULL'
const PRIVATE_HASHES = 'DELETE FROM private_hashes WHERE tenant = $1 AND run = $2'
const ANSWERS = 'DELETE FROM idempotency WHERE tenant = $1 AND run = $2'

const erasePrivate = async (
  transaction: Transaction,
  old: KeyedRun,
  { etag, next, documents, tombstone }: Extract<Erasure, { readonly scope: 'private' }>,
  change: Change,
): Promise<'erased' | 'changed'> => {
  if (old.etag !== etag || old.state === 'live') return 'changed'
  for (const text of [PRIVATE_LINES, PRIVATE_HASHES, ANSWERS]) transaction.send(text, [old.tenant, old.run])
  await rewriteRun(transaction, old, contentOf(next, journalOf(old)))
  for (const document of documents) replaceDocument(transaction, old, document, document.replaces)
  if (tombstone !== undefined) addDocument(transaction, old, tombstone)
  await followUp(transaction, old, { documents: next.documents, events: change.events ?? [] })
  return 'erased'
}
