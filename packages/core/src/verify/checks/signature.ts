import type { BatchProof } from '@agent-run/types'
import { isGiven, textOf } from '../../semantics/object.ts'
import { publicKeyOf, verifyWithDid } from '../../sign/index.ts'
import { hashLeaf } from '../../tree/index.ts'
import type { VerifyContext } from '../context.ts'
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

  const proofs = proofsOf(context)
  if (signature === undefined) {
    const proof = proofs.find((each) => holds(each, context))
    if (proof) return pass(`in a batch of ${countOf(proof, context)}, ${signedBy}`, 1)
    return fail({
      code: 'signature.stripped',
      path,
      detail: 'the record names a key and has no signature, and no batch covers it',
      expected: 'a signature by signed_by, or a batch statement by it that covers the record',
      found: proofs.length === 0 ? 'neither' : 'a batch proof that does not hold',
    })
  }
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
  const wrong = proofs.find((each) => !holds(each, context))
  if (wrong)
    return fail({
      code: 'signature.batch',
      path,
      detail: 'a batch proof names this record and does not hold',
      expected: 'a path to the root of a batch statement by signed_by',
      found: `a proof with index ${wrong.index} that leads elsewhere`,
    })
  return pass(`Ed25519, ${signedBy}`, 1 + proofs.length)
}

/** Proofs about this record: those that name the hash it states. */
const proofsOf = ({ provenance, evidence }: VerifyContext): readonly BatchProof[] => {
  const stated = textOf(provenance, 'record_hash')
  return stated === undefined ? [] : evidence.proofsOf(stated)
}

/** Whether a proof leads from what the record really is to a batch statement that its key signed (AR-SEAL-017). */
const holds = ({ statement, record_hash, index, path }: BatchProof, context: VerifyContext): boolean => {
  const batch = context.evidence.named(statement)
  if (batch === undefined || record_hash !== context.recordHash || batch.signed_by !== context.provenance.signed_by)
    return false
  return context.evidence.treeOf(batch)?.includes(hashLeaf(utf8.encode(record_hash)), index, path) === true
}

const countOf = ({ statement }: BatchProof, { evidence }: VerifyContext): string =>
  String(evidence.named(statement)?.body?.count)
