import type { BatchProof } from '@agent-run/types'
import { isGiven, textOf } from '../../semantics/object.ts'
import { publicKeyOf, verifyWithDid } from '../../sign/index.ts'
import { hashLeaf } from '../../tree/index.ts'
import type { VerifyContext } from '../context.ts'
import type { BatchTree } from '../evidence.ts'
import { absent, fail, type Outcome, pass, unknown } from '../outcome.ts'

const path = '/provenance/signature'
const utf8 = new TextEncoder()

/** Did the key that the record names sign it, by itself or in a batch? (AR-SEAL-012 to AR-SEAL-015, AR-SEAL-017) */
export const checkSignature = (context: VerifyContext): Outcome => {
  const { run, provenance } = context
  const signedBy = textOf(provenance, 'signed_by')
  const signature = textOf(provenance, 'signature')
  if (!isGiven(run, 'spec_version'))
    return signature === undefined
      ? absent('the record is not signed')
      : unknown({ code: 'signature.scheme', path, detail: 'before 1.0 nothing said what a signature covers' })
  if (signedBy === undefined && signature === undefined) return absent('the record is not signed')

  if (signature === undefined) return inBatch(context)
  if (signedBy === undefined || publicKeyOf(signedBy) === undefined)
    return fail({
      code: 'signature.key',
      path: '/provenance/signed_by',
      detail: 'there is a signature, and nothing names its key',
      expected: 'the did:key of an Ed25519 public key',
      found: signedBy === undefined ? 'nothing' : 'another text',
    })
  if (!verifyWithDid(signedBy, context.signedBytes, signature))
    return fail({
      code: 'signature.invalid',
      path,
      detail: 'the signature is not by that key over this record',
      expected: `a signature by ${signedBy} over ${context.recordHash}`,
      found: 'another one',
    })
  return pass(`Ed25519, ${signedBy}`, 1)
}

/** One proof that holds is enough: anybody can write others. */
const inBatch = (context: VerifyContext): Outcome => {
  const { provenance, evidence } = context
  const proofs = evidence.proofsOf(textOf(provenance, 'record_hash') ?? '')
  for (const proof of proofs) {
    const tree = treeOf(proof, context)
    if (tree !== undefined) return pass(`in a batch of ${tree.count}, ${textOf(provenance, 'signed_by')}`, 1)
  }
  return fail({
    code: 'signature.stripped',
    path,
    detail: 'the record names a key and has no signature, and no batch covers it',
    expected: 'a signature by signed_by, or a batch statement by it that covers the record',
    found: proofs.length === 0 ? 'neither' : 'a batch proof that does not hold',
  })
}

/** The tree that a proof leads to, from the record as it is, of a batch statement that its own key signed (AR-SEAL-017). */
const treeOf = (
  { statement, record_hash, index, path }: BatchProof,
  { evidence, provenance, recordHash }: VerifyContext,
): BatchTree | undefined =>
  evidence
    .named(statement)
    .filter(({ signed_by }) => signed_by === provenance.signed_by)
    .map((batch) => evidence.treeOf(batch))
    .find((tree) => record_hash === recordHash && tree?.includes(hashLeaf(utf8.encode(record_hash)), index, path))
