import { isGiven, isObject, type JsonObject } from '../semantics/object.ts'
import { verifyWithDid } from '../sign/index.ts'
import { type SignedKind, signedBytes } from './signed-bytes.ts'

/**
 * What a signature is worth: right, wrong, not there, or not there although `signed_by` names the key that made it.
 */
export type SignatureState = 'pass' | 'fail' | 'absent' | 'stripped'

/** Where a signature and the name of its key stand: a run keeps them in `provenance`, all others in themselves. */
export const holderOf = (kind: SignedKind, object: JsonObject): JsonObject => {
  if (kind !== 'run') return object
  return isObject(object.provenance) ? object.provenance : {}
}

/**
 * Checks the signature of a run, approval, eval, statement or journal head (AR-SEAL-004, AR-SEAL-012 to AR-SEAL-014).
 * Only the signature: what the object says, and whether its key may say it, is for others to check.
 * @param bytes the signed bytes, for a caller who has them already
 * @throws {TypeError} if the object is not JSON
 */
export const checkSignature = (kind: SignedKind, object: object, bytes?: Uint8Array): SignatureState => {
  const holder = holderOf(kind, object as JsonObject)
  if (!isGiven(holder, 'signature')) return isGiven(holder, 'signed_by') ? 'stripped' : 'absent'
  const { signed_by, signature } = holder
  if (typeof signed_by !== 'string' || typeof signature !== 'string') return 'fail'
  return verifyWithDid(signed_by, bytes ?? signedBytes(kind, object), signature) ? 'pass' : 'fail'
}
