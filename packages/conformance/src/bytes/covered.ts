import { canonicalize } from './canonical.ts'
import { digest, hash, sha256, signedBytes } from './digest.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { publicForm } from './seal.ts'

/** What a hash and a signature of a kind are taken of, from an object as it was read (AR-SEAL-005, AR-SEAL-006). */
export const covered = (kind: string, object: JsonObject): JsonObject => {
  if (kind !== 'run') return omit(publicForm(kind, object), 'signature')
  const { provenance, ...rest } = publicForm(kind, omit(object, 'steps', 'eval'))
  if (provenance === undefined) return rest
  return { ...rest, provenance: isObject(provenance) ? omit(provenance, 'record_hash', 'signature') : provenance }
}

/** A copy of an object without some members. */
export const omit = (object: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

/** The bytes that a hash and a signature of this kind are taken of (AR-SEAL-004). */
export const sealedBytes = (kind: string, object: JsonObject): Uint8Array => signedBytes(kind, covered(kind, object))

/** Hash of the covered part: `record_hash` of a run, `request_hash` of a request, `statement` of a batch proof. */
export const sealHash = (kind: string, object: JsonObject): string => digest(sealedBytes(kind, object))

/** Name of a record that is not sealed: hash of its public form without `eval`. */
export const documentHash = (record: JsonObject): string => hash('document', omit(publicForm('run', record), 'eval'))

/** `action_hash` of the call that a step of a record is. */
export const actionHash = (record: JsonObject, step: JsonObject): string => {
  const nonce = isObject(record.provenance) ? (record.provenance.nonce ?? null) : null
  const names = ['tool_name', 'mcp_server', 'tool_hash', 'arguments_hash']
  const call = Object.fromEntries(names.map((name) => [name, step[name] ?? null]))
  return hash('action', { run_id: record.id ?? null, nonce, step_id: step.id ?? null, ...call })
}

/** The fingerprint by the formula of 0.1 (spec/bytes.md, run_hash): only recognised, never made. */
export const legacyRunHash = (record: JsonObject): string => {
  const tools = Array.isArray(record.tools_available) ? ([...record.tools_available].sort() as Json[]) : []
  const config = isObject(record.provenance) ? record.provenance.config_hash : null
  const parts = [record.agent_id, record.model, canonicalize(tools), config, record.trigger]
  return sha256(parts.map((part) => (typeof part === 'string' ? part : '')).join('|'))
}
