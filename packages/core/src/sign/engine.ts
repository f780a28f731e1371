/** What an Ed25519 engine does; two of them give identical verdicts (RFC 8032). Chosen by the `#ed25519` import condition. */
export interface Ed25519 {
  /** The cofactorless equation: encode([S]B − [k]A) equals the 32 bytes of R. The form was checked before. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** 64-byte signature with a 32-byte seed. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array
  /** 32-byte public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array
  /** Random bytes of the platform's generator. */
  random(length: number): Uint8Array
}
