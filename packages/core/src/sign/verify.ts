import { engine } from '#ed25519'
import { decodeSignature } from './base64.ts'
import { publicKeyOf } from './did-key.ts'
import { isStrictForm } from './strict-form.ts'

/**
 * Whether an Ed25519 signature (64 bytes) over a message is right for a public key (32 bytes), by the one rule that all
 * implementations share: canonical A and R, S < L, neither A nor R of small order in any encoding, cofactorless
 * (section 8 of the standard). Never throws.
 */
export const verifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  isStrictForm(publicKey, signature) && engine.verify(publicKey, message, signature)

/** The same for a did:key and a signature in base64, as records spell them. */
export const verifyWithDid = (did: string, message: Uint8Array, signature: string): boolean => {
  const publicKey = knownKey(did)
  const bytes = decodeSignature(signature)
  return publicKey !== undefined && bytes !== undefined && verifyEd25519(publicKey, message, bytes)
}

// The same few keys come again and again, and base 58 is slow. Bounded, since names come from strangers.
const MAX_KEYS = 256
const keys = new Map<string, Uint8Array | undefined>()

const knownKey = (did: string): Uint8Array | undefined => {
  if (keys.has(did)) return keys.get(did)
  const publicKey = publicKeyOf(did)
  if (keys.size >= MAX_KEYS) keys.clear()
  keys.set(did, publicKey)
  return publicKey
}
