import { createPublicKey, type KeyObject, verify as verifyBytes } from 'node:crypto'
import { sealedBytes } from './covered.ts'
import type { Json, JsonObject } from './json.ts'
import { base58, DIGITS } from './sign.ts'

/** DER around a raw Ed25519 public key (RFC 8410). */
const KEY_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const SIGNATURE = /^[A-Za-z0-9+/]{85}[AQgw]==$/
/** Order of the field, and of the group of the base point (RFC 8032, section 5.1). */
const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
/** The y coordinate of points of order 8; that of their opposites is P less it. */
const EIGHTH = 2707385501144840649318225287225658788936804267575313519463743609750303402022n
/** The y coordinates of the points of order 1, 2, 4 and 8. */
const SMALL: ReadonlySet<bigint> = new Set([0n, 1n, P - 1n, EIGHTH, P - EIGHTH])

/** The 32 bytes of the key that a did:key names; undefined if it is not the one canonical did:key (AR-SEAL-001). */
export const keyOf = (did: Json | undefined): Uint8Array | undefined => {
  if (typeof did !== 'string' || !did.startsWith('did:key:z6Mk') || did.length !== 56) return undefined
  let number = 0n
  for (const digit of did.slice('did:key:z'.length)) {
    const value = DIGITS.indexOf(digit)
    if (value === -1) return undefined
    number = number * 58n + BigInt(value)
  }
  const octets = Buffer.from(number.toString(16).padStart(68, '0'), 'hex')
  if (octets.length !== 34 || octets[0] !== 0xed || octets[1] !== 0x01) return undefined
  return `did:key:z${base58(octets)}` === did ? octets.subarray(2) : undefined
}

/** The 64 bytes of a signature; undefined if it is not written in its one way (AR-SEAL-002). */
export const signatureOf = (text: Json | undefined): Uint8Array | undefined =>
  typeof text === 'string' && SIGNATURE.test(text) ? Buffer.from(text, 'base64') : undefined

/**
 * Whether an Ed25519 signature is right by the strict rule (AR-SEAL-003). What libraries differ on is looked at here; the
 * equation is that of OpenSSL, without cofactor and compared as bytes.
 */
export const verify = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  if (key.length !== 32 || signature.length !== 64) return false
  if (!isStrict(key) || !isStrict(signature.subarray(0, 32)) || numberOf(signature.subarray(32)) >= L) return false
  try {
    return verifyBytes(null, message, keyObject(key), signature)
  } catch {
    // A key that is no point of the curve.
    return false
  }
}

/** To make one takes OpenSSL longer than to verify a signature, and most signatures are by few keys. */
const keyObjects = new Map<string, KeyObject>()

const keyObject = (key: Uint8Array): KeyObject => {
  const name = Buffer.from(key).toString('hex')
  const der = Buffer.concat([KEY_PREFIX, key])
  const object = keyObjects.get(name) ?? createPublicKey({ key: der, format: 'der', type: 'spki' })
  if (keyObjects.size < 1000) keyObjects.set(name, object)
  return object
}

/** Whether a signature of a kind over an object is right for a key, all in their one spelling. */
export const isRight = (
  kind: string,
  object: JsonObject,
  signedBy: Json | undefined,
  signature: Json | undefined,
): boolean => {
  const [key, octets] = [keyOf(signedBy), signatureOf(signature)]
  return key !== undefined && octets !== undefined && verify(key, sealedBytes(kind, object), octets)
}

/** Whether an approval event, eval, statement or head is rightly signed by the key that it names. */
export const isSigned = (kind: string, object: JsonObject): boolean =>
  isRight(kind, object, object.signed_by, object.signature)

const numberOf = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`)

/** Canonical, and not of small order whatever the sign bit says. */
const isStrict = (point: Uint8Array): boolean => {
  const y = numberOf(point) & (2n ** 255n - 1n)
  return y < P && !SMALL.has(y)
}
