import { canonicalize, type Signer, signObject } from '@agent-run/core'
import type { Statement } from '@agent-run/types'
import type { NewDocument } from '../store/store.ts'
import { digestOf } from './record.ts'

/**
 * The server's word that it had a sealed record at a time: a statement of the kind `countersignature`
 * (spec/trust.md, AR-TRUST-008).
 * @param recordHash of the record
 * @param at RFC 3339
 */
export const countersign = (signer: Signer, recordHash: string, at: string): Promise<Statement> =>
  signObject('statement', { kind: 'countersignature', about: recordHash, at, body: {} }, signer)

/**
 * The server's word that it erased private members of a record: a statement of the kind `tombstone`
 * (spec/privacy.md, AR-PRIV-011).
 * @param about `record_hash` of a sealed record, `document_hash` of another one
 * @param privateHashes of every object that was erased; absent where the whole record is gone
 */
export const signTombstone = (
  signer: Signer,
  about: string,
  at: string,
  body: { readonly private_hashes?: readonly string[]; readonly reason: string },
): Promise<Statement> =>
  signObject('statement', { kind: 'tombstone', about, at, body: { ...body } }, signer) as Promise<Statement>

/** A statement as it is kept with its run. */
export const statementDocument = (statement: Statement): NewDocument => {
  const body = Buffer.from(canonicalize(statement))
  return { kind: 'statement', topic: statement.kind, body, digest: digestOf(body) }
}
