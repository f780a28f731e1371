import { isValid } from '../generated/is-valid.ts'
import type { SchemaName } from '../generated/schema-table.ts'
import { type PrivateKind, publicForm } from '../hash/index.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import { publicKeyOf } from '../sign/index.ts'
import { collected, type JournalLine, type PrivateLine, sealMembers, updatable, updatableProvenance } from './line.ts'

/** Schemas of what a line's `data` is, by the line's type. */
const dataSchemas: ReadonlyMap<string, SchemaName> = new Map([
  ['step.started', 'step'],
  ['step.ended', 'step'],
  ['approval', 'approval'],
  ['policy_decision', 'policy-decision'],
  ['artifact', 'artifact'],
  ['evidence', 'evidence'],
  ['head', 'journal-head'],
])

/** Which object with private members a line's `data` is, by the line's type. */
export const privateKinds: ReadonlyMap<string, PrivateKind> = new Map([
  ['run.started', 'run'],
  ['run.updated', 'run'],
  ['run.sealed', 'run'],
  ['step.started', 'step'],
  ['step.ended', 'step'],
  ['approval', 'approval'],
  ['policy_decision', 'policy_decision'],
  ['artifact', 'artifact'],
])

const accepts = (schema: SchemaName, value: unknown): boolean => isValid[schema](value, { unknown: false })

/** Whether a JSON value is a private line; nothing else may have a member `private`. */
export const isPrivateLine = (value: unknown): value is PrivateLine => accepts('private-line', value)

/**
 * What keeps a JSON value from being a chained line, in words; `undefined` if nothing does (AR-JRNL-001). Its `data` must
 * be valid for its type and in public form: what is private has no place in the chain.
 */
export const lineFault = (value: unknown): string | undefined => {
  if (!accepts('journal-line', value)) return 'neither a chained nor a private line'
  const { type, data } = value as JournalLine
  const kind = privateKinds.get(type)
  if (kind !== undefined && publicForm(kind, data) !== data) return 'salt or private members beside their private_hash'
  const schema = dataSchemas.get(type)
  if (schema !== undefined && !accepts(schema, data)) return `data that are no ${schema}`
  if (type === 'run.sealed' && (data.steps !== undefined || data.eval !== undefined))
    return 'steps or eval in run.sealed'
  return type === 'run.updated' ? updateFault(data) : undefined
}

const blank = { id: '-', agent_id: '-', status: 'running', started_at: null, steps: [] }
const blankCost = { input_tokens: null, output_tokens: null }

const updateFault = (patch: JsonObject): string | undefined => {
  const { provenance = {}, ...members } = patch
  if (!isObject(provenance)) return 'provenance that is no object in run.updated'
  const foreign =
    Object.keys(members).some((name) => !updatable.has(name)) ||
    Object.keys(provenance).some((name) => !updatableProvenance.has(name))
  if (foreign) return 'a member that run.updated may not change'
  if (patch.status === null || patch.cost === null) return 'null for a member that a run cannot be without'
  const trial = {
    ...blank,
    cost: blankCost,
    ...withoutNulls(members),
    provenance: { run_hash: '-', ...withoutNulls(provenance) },
  }
  return accepts('agent-run', trial) ? undefined : 'a value in run.updated that a run cannot have'
}

const withoutNulls = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))

/** What keeps the data of `run.started` from beginning a run. */
export interface StartFault {
  /** Below `data`. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
}

/** The first thing that keeps the data of `run.started` from beginning a run. */
export const startFault = (data: JsonObject): StartFault | undefined => {
  const missing = (pointer: string, name: string): StartFault => ({ pointer, expected: 'one', found: `no ${name}` })
  const found = 'something else'
  for (const name of ['id', 'spec_version', 'agent_id', 'started_at', 'provenance'])
    if (data[name] === undefined) return missing(`/${name}`, name)
  const provenance = isObject(data.provenance) ? data.provenance : {}
  if (provenance.nonce === undefined) return missing('/provenance/nonce', 'nonce')
  if (typeof provenance.nonce !== 'string') return { pointer: '/provenance/nonce', expected: 'a text', found }
  for (const name of collected)
    if (data[name] !== undefined)
      return { pointer: `/${name}`, expected: 'it to come in lines of its own', found: 'it here' }
  for (const name of sealMembers)
    if (provenance[name] !== undefined)
      return { pointer: `/provenance/${name}`, expected: 'it to come with run.sealed', found: 'it here' }
  const { signed_by } = provenance
  if (signed_by !== undefined && (typeof signed_by !== 'string' || publicKeyOf(signed_by) === undefined))
    return { pointer: '/provenance/signed_by', expected: 'an Ed25519 key written did:key:z6Mk…', found }
  const trial = { status: 'running', cost: blankCost, ...data, steps: [], provenance: { run_hash: '-', ...provenance } }
  return accepts('agent-run', trial) ? undefined : { pointer: '', expected: 'what a run can begin with', found }
}
