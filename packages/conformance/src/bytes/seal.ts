import { canonicalize } from './canonical.ts'
import { hash } from './digest.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { leafHash, treeRoot } from './tree.ts'

/** What can be erased. */
export type ErasableKind = 'run' | 'step' | 'approval' | 'policy_decision' | 'side_effect' | 'artifact'

/** Private members of the objects that can be erased (spec/privacy.md). */
export const PRIVATE: Readonly<Record<ErasableKind, readonly string[]>> = {
  run: ['intent', 'input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
  step: ['input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
  approval: ['reason', 'presentation_digest', 'metadata'],
  policy_decision: ['reasons', 'subject_hash', 'metadata'],
  side_effect: ['operation', 'target', 'before_digest', 'after_digest', 'metadata'],
  artifact: ['name', 'content', 'metadata'],
}

/** Members that hold objects which can be erased by themselves. */
export const NESTED: Readonly<Record<string, Readonly<Record<string, ErasableKind>>>> = {
  run: { steps: 'step', approvals: 'approval', policy_decisions: 'policy_decision', artifacts: 'artifact' },
  step: { side_effects: 'side_effect' },
}

/** An object as hashes see it: without salt and private members where it has a `private_hash` (spec/bytes.md). */
export const publicForm = (kind: string, object: JsonObject): JsonObject => {
  const isErasable = Object.hasOwn(PRIVATE, kind) && typeof object.private_hash === 'string'
  const hidden = isErasable ? ['salt', ...privateMembers(kind)] : []
  const members = Object.entries(object)
    .filter(([name]) => !hidden.includes(name))
    .map(([name, value]): [string, Json] => {
      const itemKind = NESTED[kind]?.[name]
      const isList = itemKind !== undefined && Array.isArray(value)
      return [name, isList ? value.map((item: Json) => (isObject(item) ? publicForm(itemKind, item) : item)) : value]
    })
  return Object.fromEntries(members)
}

/** Names of the private members of a kind; of one that can't be erased, none. */
export const privateMembers = (kind: string): readonly string[] =>
  Object.hasOwn(PRIVATE, kind) ? PRIVATE[kind as ErasableKind] : []

/** `private_hash` of an object, over its salt and its private members (AR-PRIV-002). */
export const privateHash = (kind: string, object: JsonObject): string => {
  const names = ['salt', ...privateMembers(kind)]
  return hash('private', Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name))))
}

/** A copy with the `private_hash` over its salt and private members; the salt must be there. */
export const protect = (kind: string, object: JsonObject): JsonObject => ({
  ...object,
  private_hash: privateHash(kind, object),
})

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

/** The leaf of a step, in lower-case hexadecimal (AR-BYTES-012). */
export const stepLeaf = (step: Json): string =>
  leafHash(Buffer.from(canonicalize(isObject(step) ? publicForm('step', step) : step)))

/** Root of the step tree (AR-SEAL-007). */
export const stepsRoot = (steps: readonly Json[]): string => `sha256:${treeRoot(steps.map(stepLeaf))}`

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
