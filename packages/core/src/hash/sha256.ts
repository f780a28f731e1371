import { engine } from '#sha256'

/** What a SHA-256 engine does (FIPS 180-4). Chosen by the `#sha256` import condition; all give the same digests. */
export interface Sha256 {
  /** 32 bytes over some bytes, or over the UTF-8 of a text. */
  bytes(data: Uint8Array | string): Uint8Array
  /** The same as 64 lower-case hexadecimal digits. */
  hex(data: Uint8Array | string): string
  /** A digest that grows piece by piece. */
  start(): { update(data: Uint8Array): void; hex(): string }
}

/** SHA-256 of some bytes, or of the UTF-8 of a text: 32 bytes. */
export const sha256 = (data: Uint8Array | string): Uint8Array => engine.bytes(data)

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Hex = (data: Uint8Array | string): string => engine.hex(data)

/** SHA-256 of bytes as they are stored, as the `*_digest` members spell it: `sha256:` and 64 lower-case hexadecimal digits. */
export const digest = (data: Uint8Array | string): string => `sha256:${engine.hex(data)}`

/** A digest over content that arrives in pieces. */
export interface DigestStream {
  /** Adds the next piece. */
  update(data: Uint8Array): void
  /** The digest as `sha256:` and 64 lower-case hexadecimal digits. Call it once, at the end. */
  digest(): string
}

/** Starts a digest over content that arrives in pieces. */
export const createDigest = (): DigestStream => {
  const state = engine.start()
  return { update: (data) => state.update(data), digest: () => `sha256:${state.hex()}` }
}
