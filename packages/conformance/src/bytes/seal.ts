import { canonicalize } from './canonical.ts'
import { hash, sha256 } from './digest.ts'
import { isObject, type Json, type JsonObject } from './json.ts'

/** Private members of the objects that can be erased (spec/privacy.md). */
const PRIVATE: Readonly<Record<string, readonly string[]>> = {
  run: ['intent', 'input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
  step: ['input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
  approval: ['reason', 'presentation_digest', 'metadata'],
  policy_decision: ['reasons', 'subject_hash', 'metadata'],
  side_effect: ['operation', 'target', 'before_digest', 'after_digest', 'metadata'],
  artifact: ['name', 'content', 'metadata'],
}

const NESTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  run: { steps: 'step', approvals: 'approval', policy_decisions: 'policy_decision', artifacts: 'artifact' },
  step: { side_effects: 'side_effect' },
}

/** An object as hashes see it: without salt and private members where it has a `private_hash` (spec/bytes.md). */
export const publicForm = (kind: string, object: JsonObject): JsonObject => {
  const hidden = typeof object.private_hash === 'string' ? ['salt', ...(PRIVATE[kind] ?? [])] : []
  const members = Object.entries(object)
    .filter(([name]) => !hidden.includes(name))
    .map(([name, value]): [string, Json] => {
      const itemKind = NESTED[kind]?.[name]
      const isList = itemKind !== undefined && Array.isArray(value)
      return [name, isList ? value.map((item: Json) => (isObject(item) ? publicForm(itemKind, item) : item)) : value]
    })
  return Object.fromEntries(members)
}

/** A copy with the `private_hash` over its salt and private members; the salt must be there (AR-PRIV-002). */
export const protect = (kind: string, object: JsonObject): JsonObject => {
  const names = ['salt', ...(PRIVATE[kind] ?? [])]
  const covered = Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)))
  return { ...object, private_hash: hash('private', covered) }
}

/** `run_hash` of a record: bare hexadecimal digits (AR-BYTES-011). */
export const runHash = (record: JsonObject): string => {
  const provenance = isObject(record.provenance) ? record.provenance : {}
  const tools = Array.isArray(record.tools_available) ? record.tools_available : []
  const inputs = {
    agent_id: record.agent_id ?? null,
    model: record.model ?? null,
    tools: [...new Set(tools)].sort() as Json[],
    config_hash: provenance.config_hash ?? null,
    trigger: record.trigger ?? null,
  }
  return hash('run-inputs', inputs).slice('sha256:'.length)
}

/** Root of the step tree (RFC 6962 over the public forms, spec/seal.md). */
export const stepsRoot = (steps: readonly Json[]): string => {
  const leaves = steps.map((step) => Buffer.from(canonicalize(isObject(step) ? publicForm('step', step) : step)))
  return `sha256:${root(leaves)}`
}

const root = (leaves: readonly Uint8Array[]): string => {
  if (leaves.length === 0) return sha256('')
  if (leaves.length === 1) return sha256(Buffer.concat([Uint8Array.of(0), leaves[0]!]))
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  const parts = [root(leaves.slice(0, half)), root(leaves.slice(half))]
  return sha256(Buffer.from(`01${parts.join('')}`, 'hex'))
}

/** A copy with the right `run_hash`. */
export const fingerprint = (record: JsonObject): JsonObject => ({
  ...record,
  provenance: { ...(isObject(record.provenance) ? record.provenance : {}), run_hash: runHash(record) },
})

/**
 * A sealed copy of a finished record, without a signature: `run_hash`, `steps_count`, `steps_root` and `record_hash` are
 * computed; `nonce` and `sealed_at` have to be in its provenance already.
 */
export const seal = (record: JsonObject): JsonObject => {
  const covered = coveredBySeal(record)
  const { provenance } = covered
  const sealed = { ...(provenance as JsonObject), record_hash: hash('run', covered) }
  return { ...record, provenance: sealed }
}

/** What a seal of a finished record covers (AR-SEAL-005), with what it computes. */
export const coveredBySeal = (record: JsonObject): JsonObject => {
  const steps = Array.isArray(record.steps) ? (record.steps as readonly Json[]) : []
  const finished = fingerprint(record)
  const { record_hash: _hash, signature: _signature, ...named } = finished.provenance as JsonObject
  const provenance = { ...named, steps_count: steps.length, steps_root: stepsRoot(steps) }
  const { steps: _steps, eval: _eval, ...covered } = publicForm('run', { ...finished, provenance })
  return covered
}
