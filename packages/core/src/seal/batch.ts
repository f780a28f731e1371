import type { AgentRun, BatchProof, Statement } from '@agent-run/types'
import { AgentRunError } from '../errors.ts'
import { digestBytes, digestText } from '../hash/index.ts'
import type { Signer } from '../sign/index.ts'
import { createProver, hashLeaf, treeRoot, verifyInclusion } from '../tree/index.ts'
import { validateValue } from '../validate/validate.ts'
import { checkSignature } from './check-signature.ts'
import { signObject } from './sign-object.ts'
import { recordHash, sealHash } from './signed-bytes.ts'

const utf8 = new TextEncoder()

/** A statement that signs many records at once, and for each record the proof that it is among them, in the same order. */
export interface Batch {
  readonly statement: Statement
  readonly proofs: readonly BatchProof[]
}

/**
 * Signs many sealed records with one signature: a batch statement over the RFC 6962 tree whose leaves are the
 * 71 octets of their `record_hash` (AR-SEAL-017). The records were sealed with `signedBy`: they name the key, and the
 * statement and the proof stand in the bundle.
 * @param at when, RFC 3339
 * @throws {RangeError} without a record; {@link AgentRunError} `seal.batch` for a record that does not name the key, is
 * signed already or whose `record_hash` is wrong
 */
export const sealBatch = async (runs: readonly AgentRun[], signer: Signer, at: string): Promise<Batch> => {
  if (runs.length === 0) throw new RangeError('a batch has at least one record')
  const hashes = runs.map((run, index) => hashOf(run, index, signer))
  const leaves = hashes.map((hash) => hashLeaf(utf8.encode(hash)))
  const root = digestText(treeRoot(leaves))
  const unsigned = { kind: 'batch', about: root, at, body: { root, count: runs.length } }
  const statement = await signObject('statement', unsigned, signer)
  const name = sealHash('statement', statement)
  const prove = createProver(leaves)
  const proofs = hashes.map((record_hash, index) => ({
    statement: name,
    record_hash,
    index,
    path: prove(index).map(digestText),
  }))
  return { statement, proofs }
}

const hashOf = (run: AgentRun, index: number, signer: Signer): string => {
  const { record_hash, signed_by, signature } = run.provenance
  if (signed_by !== signer.did)
    throw new AgentRunError(
      'seal.batch',
      `found a record (${index}) that does not name the signer; expected signed_by to`,
    )
  if (signature !== undefined && signature !== null)
    throw new AgentRunError('seal.batch', `found a record (${index}) that is signed already; expected one that is not`)
  if (record_hash === undefined || record_hash !== recordHash(run))
    throw new AgentRunError(
      'seal.batch',
      `found a record (${index}) without its right record_hash; expected a sealed one`,
    )
  return record_hash
}

/** Whether a batch proof holds, and why it does not. */
export type BatchVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/**
 * Whether a proof leads from a record to a batch statement that the record's own key signed (AR-SEAL-017). What the
 * record says was checked elsewhere: here it is only its `record_hash` and `signed_by`. Never throws for bad content.
 */
export const verifyBatchProof = (
  proof: BatchProof,
  statement: Statement,
  record: { readonly record_hash: string; readonly signed_by: string },
): BatchVerdict => {
  if (!validateValue(proof, { schema: 'batch-proof', limit: 1 }).ok) return no('the proof has not the right form')
  if (!validateValue(statement, { schema: 'statement', limit: 1 }).ok) return no('the statement has not the right form')
  const { root, count } = statement.body ?? {}
  if (proof.record_hash !== record.record_hash) return no('the proof is about another record')
  if (statement.kind !== 'batch') return no('the statement is not of kind batch')
  if (sealHash('statement', statement) !== proof.statement) return no('the proof names another statement')
  if (statement.signed_by !== record.signed_by) return no("the statement is not signed by the record's key")
  if (checkSignature('statement', statement) !== 'pass') return no("the statement's signature is wrong")
  if (root !== statement.about) return no('the root is not what the statement is about')
  if (typeof count !== 'number' || !(proof.index < count)) return no('the index is not below the count')
  const path = proof.path.map(digestBytes)
  const rootBytes = digestBytes(root)
  if (rootBytes === undefined || !path.every((hash) => hash !== undefined)) return no('a hash is not spelled as one')
  const leaf = hashLeaf(utf8.encode(record.record_hash))
  return verifyInclusion(leaf, proof.index, count, path, rootBytes)
    ? { ok: true }
    : no('the path does not lead to the root')
}

const no = (reason: string): BatchVerdict => ({ ok: false, reason })
