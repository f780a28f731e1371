import { createHash } from 'node:crypto'
import { canonicalize } from './canonical.ts'
import type { Json } from './json.ts'

/** SHA-256, in lower-case hexadecimal. Text is taken as UTF-8. */
export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')

/** SHA-256 as the standard writes it: `sha256:` and 64 hexadecimal digits. */
export const digest = (data: Uint8Array | string): string => `sha256:${sha256(data)}`

/** The bytes that a hash of a kind is taken of and a signature of that kind is made over (AR-BYTES-010, AR-SEAL-004). */
export const signedBytes = (kind: string, value: Json): Uint8Array => {
  const type = `application/vnd.agent-run.${kind}.v1+json`
  const body = Buffer.from(canonicalize(value))
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${body.length} `), body])
}

/** `hash(kind, value)` (AR-BYTES-010). */
export const hash = (kind: string, value: Json): string => digest(signedBytes(kind, value))
