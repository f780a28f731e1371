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

  const proofs = context.evidence.proofsOf(textOf(provenance, 'record_hash') ?? '')
  const trees = proofs.map((proof) => treeOf(proof, context))
  const tree = trees.find((each) => each !== undefined)
  if (signature === undefined && tree === undefined)
    return fail({
      code: 'signature.stripped',
      path,
      detail: 'the record names a key and has no signature, and no batch covers it',
      expected: 'a signature by signed_by, or a batch statement by it that covers the record',
      found: proofs.length === 0 ? 'neither' : 'a batch proof that does not hold',
    })
  if (signature !== undefined && (signedBy === undefined || publicKeyOf(signedBy) === undefined))
    return fail({
      code: 'signature.key',
      path: '/provenance/signed_by',
      detail: 'there is a signature, and nothing names its key',
      expected: 'the did:key of an Ed25519 public key',
      found: signedBy === undefined ? 'nothing' : 'another text',
    })
  if (signature !== undefined && !verifyWithDid(signedBy ?? '', context.signedBytes, signature))
    return fail({
      code: 'signature.invalid',
      path,
      detail: 'the signature is not by that key over this record',
      expected: `a signature by ${signedBy} over ${context.recordHash}`,
      found: 'another one',
    })
  const wrong = proofs[trees.indexOf(undefined)]
  if (wrong)
    return fail({
      code: 'signature.batch',
      path,
      detail: 'a batch proof names this record and does not hold',
      expected: 'a path to the root of a batch statement by signed_by',
      found: `a proof with index ${wrong.index} that leads elsewhere`,
    })
  return signature === undefined
    ? pass(`in a batch of ${tree?.count}, ${signedBy}`, proofs.length)
    : pass(`Ed25519, ${signedBy}`, 1 + proofs.length)
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
