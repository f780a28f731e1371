import { engine } from '#ed25519'
import { didKeyOf } from './did-key.ts'

/** Something that signs: a key in memory, a hardware token, a remote service. */
export interface Signer {
  /** The key that signs, as a did:key. */
  readonly did: string
  /** 64-byte Ed25519 signature over the message. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** A signer with the key in memory. The seed (32 bytes, the private key of RFC 8032) is copied and cannot be read back. */
export const createSigner = (seed: Uint8Array): Signer => {
  if (seed.length !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`)
  const key = Uint8Array.from(seed)
  return { did: didKeyOf(engine.publicKey(key)), sign: (message) => engine.sign(key, message) }
}

/** A fresh seed of 32 random bytes: the private key. */
export const generateSeed = (): Uint8Array => engine.random(32)
