import type { Change, NewDocument, NewRun } from '../store.ts'
import type { Connection } from './connection.ts'
import { findErased, findRun } from './find-run.ts'
import { indexPending } from './index-runs.ts'
import { countDocuments, hasDocument, writeDocument } from './write-documents.ts'
import { contentOf, followUp, rewriteRun } from './write-run.ts'

/** Puts a run in the place of what has its id and that etag. */
export const replaceRun = (
  connection: Connection,
  tenant: string,
  etag: string,
  next: NewRun,
  change: Change,
  at: string,
): 'replaced' | 'changed' | 'unknown' => {
  const old = findRun(connection, tenant, next.id)
  if (old === undefined) return findErased(connection, tenant, next.id) === undefined ? 'unknown' : 'changed'
  if (old.state === 'live' || old.etag !== etag) return 'changed'
  indexPending(connection)
  rewriteRun(connection, tenant, old, contentOf(next, old.journal === null ? undefined : JSON.parse(old.journal)))
  followUp(connection, tenant, old.run, { documents: next.documents, events: change.events ?? [] }, at)
  return 'replaced'
}

/** Adds a document to a run that is stored or live, if the caller has seen those that are there. */
export const addDocument = (
  connection: Connection,
  tenant: string,
  id: string,
  document: NewDocument,
  change: Change,
  seen: number | undefined,
  at: string,
): 'added' | 'same' | 'changed' | 'unknown' => {
  const found = findRun(connection, tenant, id)
  if (found === undefined) return 'unknown'
  if (hasDocument(connection, found.run, document)) return 'same'
  if (seen !== undefined && seen !== countDocuments(connection, found.run, document)) return 'changed'
  writeDocument(connection, found.run, document, at)
  followUp(connection, tenant, found.run, { documents: [], events: change.events ?? [] }, at)
  return 'added'
}
