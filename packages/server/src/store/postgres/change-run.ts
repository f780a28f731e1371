import type { Change, NewDocument, NewRun } from '../store.ts'
import { findErased, findRun } from './find-run.ts'
import type { Transaction } from './transaction.ts'
import { countDocuments, hasDocument, addDocument as writeDocument } from './write-documents.ts'
import { contentOf, followUp, journalOf, rewriteRun } from './write-run.ts'

/** Puts a run in the place of what has its id and that etag. */
export const replaceRun = async (
  transaction: Transaction,
  tenant: string,
  etag: string,
  next: NewRun,
  change: Change,
): Promise<'replaced' | 'changed' | 'unknown'> => {
  const old = await findRun(transaction, tenant, next.id)
  if (old === undefined) return (await findErased(transaction, tenant, next.id)) === undefined ? 'unknown' : 'changed'
  if (old.state === 'live' || old.etag !== etag) return 'changed'
  await rewriteRun(transaction, old, contentOf(next, journalOf(old)))
  await followUp(transaction, old, { documents: next.documents, events: change.events ?? [] })
  return 'replaced'
}

/** Adds a document to a run that is stored or live, if the caller has seen those that are there. */
export const addDocument = async (
  transaction: Transaction,
  tenant: string,
  id: string,
  document: NewDocument,
  change: Change,
  seen: number | undefined,
): Promise<'added' | 'same' | 'changed' | 'unknown'> => {
  const found = await findRun(transaction, tenant, id)
  if (found === undefined) return 'unknown'
  if (await hasDocument(transaction, found, document)) return 'same'
  if (seen !== undefined && seen !== (await countDocuments(transaction, found, document))) return 'changed'
  writeDocument(transaction, found, document)
  await followUp(transaction, found, { documents: [], events: change.events ?? [] })
  return 'added'
}
