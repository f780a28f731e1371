import type { JsonObject } from '../semantics/object.ts'

/** A chained line of a journal (AR-JRNL-001). */
export interface JournalLine {
  readonly seq: number
  /** Digest of the chained line before, {@link ORIGIN} in line 0. */
  readonly prev: string
  readonly at: string
  /** Types that nobody has defined yet are chained like all others and say nothing about the record. */
  readonly type: LineType | (string & {})
  readonly data: JsonObject
}

/** What a chained line can say about a run (spec/journal.md). */
export type LineType =
  | 'run.started'
  | 'step.started'
  | 'step.ended'
  | 'approval'
  | 'policy_decision'
  | 'artifact'
  | 'evidence'
  | 'run.updated'
  | 'run.paused'
  | 'run.resumed'
  | 'head'
  | 'run.sealed'

/** An unchained line: salt and private members of one object that the chain knows by its `private_hash` (AR-JRNL-008). */
export interface PrivateLine extends JsonObject {
  readonly private: string
  readonly salt: string
}

/** What stands before the first line: 64 zeros (AR-JRNL-003). */
export const ORIGIN: string = `sha256:${'0'.repeat(64)}`

/** Members of a run that `run.updated` may give a new value. The others are fixed at the start or have lines of their own. */
export const updatable: ReadonlySet<string> = new Set([
  'session_id',
  'turn_id',
  'task_id',
  'job_id',
  'related',
  'links',
  'tags',
  'agent_name',
  'agent_version',
  'agent_role',
  'runtime',
  'runtime_version',
  'model',
  'provider',
  'model_config',
  'prompt_version',
  'status',
  'outcome',
  'ended_at',
  'duration_ms',
  'error',
  'error_type',
  'input_preview',
  'output_preview',
  'input_refs',
  'output_refs',
  'intent',
  'tools_available',
  'inventory',
  'permissions',
  'sandbox',
  'policies',
  'scope',
  'git_branch',
  'git_commit',
  'setup',
  'checkpoints',
  'recovery',
  'cost',
  'private_hash',
  'metadata',
])

/** Members of `provenance` that `run.updated` may give a new value. */
export const updatableProvenance: ReadonlySet<string> = new Set([
  'config_hash',
  'model_version',
  'prompt_digest',
  'inventory_hash',
  'runtime',
  'metadata',
])

/** Members of a run that come from lines of their own, or after the run. */
export const collected = ['steps', 'approvals', 'policy_decisions', 'artifacts', 'evidence', 'eval'] as const

/** Members of `provenance` that exist only once the record is sealed. */
export const sealMembers = [
  'steps_count',
  'steps_root',
  'journal_head',
  'sealed_at',
  'record_hash',
  'signature',
] as const
