import { canonicalize, digest, documentHash, readJson } from '@agent-run/core'
import type { AgentRun, RunReceipt } from '@agent-run/types'
import { RequestError } from './request-error.ts'

/** A record: a value, or its JSON text as it stands in a file. */
export type RecordInput = AgentRun | Uint8Array | string

/** A record as it is sent. */
export interface RecordBody {
  readonly octets: Uint8Array
  /** SHA-256 of the record in canonical form; undefined for a text that is no record. */
  readonly digest: string | undefined
  /** Hash of kind `document`. */
  readonly documentHash: string | undefined
}

/**
 * A record as it is sent: a value in canonical form, a text as it is.
 * @throws TypeError if a value is not JSON
 */
export function bodyOf(record: RecordInput): RecordBody {
  const isText = typeof record === 'string' || record instanceof Uint8Array
  const read = isText ? readJson(record) : { ok: true as const, value: record as unknown }
  const value = read.ok ? read.value : undefined
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const canonical = isObject || !isText ? new TextEncoder().encode(canonicalize(value)) : undefined
  return {
    octets: typeof record === 'string' ? new TextEncoder().encode(record) : isText ? record : canonical!,
    digest: canonical && digest(canonical),
    documentHash: isObject ? documentHash(value) : undefined,
  }
}

/**
 * Makes sure that a receipt is about what was sent. A server that had the record before may hold it with another eval: then
 * the digests differ, and the hashes of the documents do not.
 * @throws RequestError `client.digest`
 */
export function confirm(receipt: RunReceipt, sent: RecordBody, status: number): RunReceipt {
  const isSame =
    sent.digest === undefined ||
    receipt.etag === sent.digest ||
    (status === 200 && receipt.document_hash === sent.documentHash)
  if (isSame) return receipt
  throw new RequestError(
    'client.digest',
    `the server acknowledged another record than was sent; expected ${sent.digest}, found ${shown(receipt.etag)}`,
    { status },
  )
}

const shown = (found: unknown): string =>
  typeof found === 'string' && /^sha256:[0-9a-f]{64}$/.test(found) ? found : 'no digest'

/**
 * Makes sure that an answer has the octets that its ETag names. A proxy may take the ETag away, then nothing is compared.
 * @throws RequestError `client.digest`
 */
export function checkTag(octets: Uint8Array, header: string | null): string | undefined {
  const named = header === null ? undefined : /^(?:W\/)?"(sha256:[0-9a-f]{64})"$/.exec(header)?.[1]
  if (named === undefined) return undefined
  const found = digest(octets)
  if (found === named) return named
  throw new RequestError('client.digest', `the answer is not what its ETag names; expected ${named}, found ${found}`)
}
