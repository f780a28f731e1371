import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign as signBytes } from 'node:crypto'
import { signedBytes } from './digest.ts'
import type { JsonObject } from './json.ts'
import { coveredBySeal, publicForm, seal } from './seal.ts'

/** DER around a raw Ed25519 seed (RFC 8410). */
const SEED_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
/** The digits of base58btc. */
export const DIGITS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/**
 * Ed25519 seed (32 bytes) of a person or program in the cases. Everybody can compute it, so such a key proves nothing
 * outside of them.
 */
export const seedOf = (name: string): Uint8Array =>
  createHash('sha256').update(`agent-run conformance key ${name}`).digest()

const privateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([SEED_PREFIX, seed]), format: 'der', type: 'pkcs8' })

/** The did:key of a seed (Ed25519, multibase base58btc). */
export const didKey = (seed: Uint8Array): string => {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
  return `did:key:z${base58(Buffer.concat([Uint8Array.of(0xed, 0x01), der.subarray(-32)]))}`
}

/** A copy with `signed_by` and `signature` of the kind `approval`, `eval`, `statement` or `head` (AR-SEAL-004, AR-SEAL-006). */
export const sign = (kind: string, seed: Uint8Array, object: JsonObject): JsonObject => {
  const { signature: _signature, ...named } = { ...object, signed_by: didKey(seed) } as JsonObject
  const signature = signBytes(null, signedBytes(kind, publicForm(kind, named)), privateKey(seed))
  return { ...named, signature: signature.toString('base64') }
}

/** A copy that is sealed and signed with such a key. */
export const signSeal = (record: JsonObject, seed: Uint8Array): JsonObject => {
  const named = { ...record, provenance: { ...(record.provenance as JsonObject), signed_by: didKey(seed) } }
  const signature = signBytes(null, signedBytes('run', coveredBySeal(named)), privateKey(seed)).toString('base64')
  const sealed = seal(named)
  return { ...sealed, provenance: { ...(sealed.provenance as JsonObject), signature } }
}

/** base58btc of bytes that begin with none that is zero. */
export const base58 = (bytes: Uint8Array): string => {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (; number > 0n; number /= 58n) text = DIGITS[Number(number % 58n)] + text
  return text
}
