import type { Change, Erasure } from '../store.ts'
import type { Connection } from './connection.ts'
import { findErased, findRun, type KeyedRun } from './find-run.ts'
import { indexPending } from './index-runs.ts'
import { noteErasure } from './scrub.ts'
import { replaceDocument, writeDocument } from './write-documents.ts'
import { blankEvents, writeEvents } from './write-events.ts'
import { clearFacts } from './write-facts.ts'
import { contentOf, followUp, rewriteRun } from './write-run.ts'

/** Removes a run, or what is private of it. The caller scrubs the file afterwards: only then the octets are gone. */
export const eraseRun = (
  connection: Connection,
  tenant: string,
  id: string,
  erasure: Erasure,
  change: Change,
  at: string,
): 'erased' | 'changed' | 'unknown' | 'already' => {
  const old = findRun(connection, tenant, id)
  if (old === undefined) return findErased(connection, tenant, id) === undefined ? 'unknown' : 'already'
  noteErasure(connection, at)
  indexPending(connection)
  if (erasure.scope === 'private') return erasePrivate(connection, tenant, old, erasure, change, at)
  eraseRecord(connection, tenant, old, erasure, at)
  writeEvents(connection, tenant, change.events ?? [], at)
  return 'erased'
}

const ERASED = 'INSERT INTO erased_runs (tenant, id, erased_at, tombstone) VALUES (?, ?, ?, ?)'

const eraseRecord = (
  connection: Connection,
  tenant: string,
  old: KeyedRun,
  erasure: Extract<Erasure, { readonly scope: 'record' }>,
  at: string,
): void => {
  const { run } = old
  if (old.first_event !== null && old.last_event !== null) {
    blankEvents(connection, tenant, old.id, { first: old.first_event, last: old.last_event })
  }
  clearFacts(connection, { tenant, run, sortAt: old.sort_at })
  connection.run('DELETE FROM documents WHERE run = ?', run)
  connection.run('DELETE FROM scores WHERE tenant = ? AND run = ?', tenant, run)
  connection.run('DELETE FROM idempotency WHERE run = ?', run)
  connection.run('DELETE FROM journal_lines WHERE run = ?', run)
  connection.run('DELETE FROM private_hashes WHERE run = ?', run)
  connection.run('DELETE FROM bodies WHERE run = ?', run)
  connection.run('DELETE FROM runs WHERE run = ?', run)
  connection.run(ERASED, tenant, old.id, at, erasure.tombstone?.body ?? null)
}

const erasePrivate = (
  connection: Connection,
  tenant: string,
  old: KeyedRun,
  erasure: Extract<Erasure, { readonly scope: 'private' }>,
  change: Change,
  at: string,
): 'erased' | 'changed' => {
  if (old.etag !== erasure.etag || old.state === 'live') return 'changed'
  const { run } = old
  const { next, tombstone } = erasure
  connection.run('DELETE FROM journal_lines WHERE run = ? AND seq IS NULL', run)
  connection.run('DELETE FROM private_hashes WHERE run = ?', run)
  connection.run('DELETE FROM idempotency WHERE run = ?', run)
  rewriteRun(connection, tenant, old, contentOf(next, old.journal === null ? undefined : JSON.parse(old.journal)))
  for (const document of erasure.documents) replaceDocument(connection, run, document, document.replaces)
  if (tombstone !== undefined) writeDocument(connection, run, tombstone, at)
  followUp(connection, tenant, run, { documents: next.documents, events: change.events ?? [] }, at)
  return 'erased'
}
