import { decodeBase58, encodeBase58 } from './base58.ts'

// Multicodec ed25519-pub as a varint.
const CODEC = [0xed, 0x01]

/** The did:key of an Ed25519 public key (32 bytes): `did:key:z6Mk…`. Throws RangeError for another length. */
export const didKeyOf = (publicKey: Uint8Array): string => {
  if (publicKey.length !== 32) throw new RangeError(`an Ed25519 public key has 32 bytes, not ${publicKey.length}`)
  return `did:key:z${encodeBase58(Uint8Array.from([...CODEC, ...publicKey]))}`
}

/** The 32 bytes of the Ed25519 public key that a did:key names; `undefined` if it names none. One key has one spelling. */
export const publicKeyOf = (did: string): Uint8Array | undefined => {
  if (!did.startsWith('did:key:z')) return undefined
  const bytes = decodeBase58(did.slice('did:key:z'.length))
  if (bytes?.length !== 34 || bytes[0] !== CODEC[0] || bytes[1] !== CODEC[1]) return undefined
  return bytes.slice(2)
}
