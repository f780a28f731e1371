import { AgentRunError } from '../errors.ts'
import { mediaType } from '../hash/index.ts'
import { readJson } from '../read/index.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import { decodeBase64, decodeSignature, encodeBase64 } from '../sign/index.ts'
import { holderOf } from './check-signature.ts'
import { type SignedKind, sealedPayload, sealHash } from './signed-bytes.ts'

/** A DSSE envelope (github.com/secure-systems-lab/dsse, version 1.0.2); `payload` and `sig` are base64. */
export interface DsseEnvelope {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly keyid?: string; readonly sig: string }[]
}

const utf8 = new TextEncoder()
const kinds: readonly SignedKind[] = ['run', 'approval', 'eval', 'statement', 'head']
const kindOfType = new Map(kinds.map((kind) => [mediaType(kind), kind]))

/**
 * The seal of an object as a DSSE envelope. It is the same signature: the payload is the canonical part that it covers, so any
 * DSSE library verifies it (AR-SEAL-004). Private members, the steps of a run and its eval are not in it.
 * @throws {AgentRunError} `dsse.unsigned` if it has no signature
 */
export const toDsse = (kind: SignedKind, object: object): DsseEnvelope => {
  const { signed_by, signature } = holderOf(kind, object as JsonObject)
  if (typeof signature !== 'string' || typeof signed_by !== 'string')
    throw new AgentRunError('dsse.unsigned', `found a ${kind} without signature; expected a signed one`)
  return {
    payload: encodeBase64(utf8.encode(sealedPayload(kind, object))),
    payloadType: mediaType(kind),
    signatures: [{ keyid: signed_by, sig: signature }],
  }
}

/** An object taken out of an envelope. */
export interface Opened {
  readonly kind: SignedKind
  /** What the signature covers, with `signature` (of a run: and `record_hash`) put back. A run is without its steps. */
  readonly object: JsonObject
}

/**
 * Takes the object out of an envelope that `toDsse` made. Says nothing about the signature: `checkSignature` does. The key is
 * `signed_by` of the payload; `keyid` is not signed and not looked at.
 * @throws {AgentRunError} `dsse.type` for a payload that is no object of this standard, `dsse.payload` for one that is not
 * strict JSON in canonical form, `dsse.signature` unless there is one signature of 64 bytes
 */
export const fromDsse = (envelope: DsseEnvelope): Opened => {
  const { payloadType, payload, signatures } = isObject(envelope) ? (envelope as Partial<DsseEnvelope>) : {}
  const kind = typeof payloadType === 'string' ? kindOfType.get(payloadType) : undefined
  if (kind === undefined)
    throw new AgentRunError('dsse.type', 'found another payloadType; expected application/vnd.agent-run.<kind>.v1+json')
  const only: unknown = Array.isArray(signatures) && signatures.length === 1 ? signatures[0] : undefined
  const sig = isObject(only) && typeof only.sig === 'string' ? toStandard(only.sig) : ''
  if (decodeSignature(sig) === undefined)
    throw new AgentRunError('dsse.signature', 'found no Ed25519 signature, or several; expected one of 64 bytes')
  const text = typeof payload === 'string' ? toStandard(payload) : ''
  const object = payloadOf(text)
  if (kind !== 'run') return withCanonicalCheck(kind, text, { ...object, signature: sig })
  if (!isObject(object.provenance))
    throw new AgentRunError('dsse.payload', 'found a run without provenance; expected it')
  const provenance = { ...object.provenance, record_hash: sealHash('run', object), signature: sig }
  return withCanonicalCheck(kind, text, { ...object, provenance })
}

// DSSE lets an envelope use either alphabet of RFC 4648.
const toStandard = (base64: string): string => base64.replaceAll('-', '+').replaceAll('_', '/')

const payloadOf = (base64: string): JsonObject => {
  const bytes = decodeBase64(base64)
  const read = bytes && readJson(bytes)
  if (read?.ok === true && isObject(read.value)) return read.value
  throw new AgentRunError('dsse.payload', 'found a payload that is no JSON object of the record profile; expected one')
}

// A payload in another form, or with members that are not covered, would not be what its signature is taken of.
const withCanonicalCheck = (kind: SignedKind, payload: string, object: JsonObject): Opened => {
  if (encodeBase64(utf8.encode(sealedPayload(kind, object))) !== payload)
    throw new AgentRunError(
      'dsse.payload',
      'found a payload that is not canonical; expected exactly what a seal covers',
    )
  return { kind, object }
}
