import { createPrivateKey, createPublicKey, type KeyObject, randomFillSync, sign, verify } from 'node:crypto'
import type { Ed25519 } from './engine.ts'

// DER around the 32 bytes: RFC 8410 sections 4 and 7.
const SPKI = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00)
const PKCS8 = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x70,
  0x04,
  0x22,
  0x04,
  0x20,
)

const der = (prefix: Uint8Array, bytes: Uint8Array): Uint8Array => Uint8Array.from([...prefix, ...bytes])

// Making a key object costs half as much as a verification, and the same few keys come again and again.
const MAX_KEYS = 256
const keys = new Map<string, KeyObject>()

const publicKeyObject = (publicKey: Uint8Array): KeyObject => {
  const id = String.fromCharCode(...publicKey)
  const known = keys.get(id)
  if (known !== undefined) return known
  const key = createPublicKey({ key: der(SPKI, publicKey), format: 'der', type: 'spki' })
  if (keys.size >= MAX_KEYS) keys.clear()
  keys.set(id, key)
  return key
}

/** Ed25519 by node:crypto: OpenSSL's equation is the cofactorless one, its looseness about encodings is caught before. */
export const engine: Ed25519 = {
  verify(publicKey, message, signature) {
    try {
      return verify(null, message, publicKeyObject(publicKey), signature)
    } catch {
      // The key is not a point of the curve.
      return false
    }
  },
  sign(seed, message) {
    const key = createPrivateKey({ key: der(PKCS8, seed), format: 'der', type: 'pkcs8' })
    return new Uint8Array(sign(null, message, key))
  },
  publicKey(seed) {
    const key = createPrivateKey({ key: der(PKCS8, seed), format: 'der', type: 'pkcs8' })
    return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length))
  },
  random(length) {
    return randomFillSync(new Uint8Array(length))
  },
}
