import type { AgentRun, Provenance, Step } from '@agent-run/types'
import type { Delegation } from './delegation.ts'

/** A tool as it is offered to the model. */
export interface OfferedTool {
  readonly name: string
  readonly description?: string
  /** JSON Schema of its arguments. */
  readonly input_schema?: unknown
  readonly mcp_server?: string
  readonly kind?: string
  /** The privilege it needs, in the runtime's words. */
  readonly permission?: string
  /** What the tool says about itself: a claim, never evaluated. */
  readonly annotations?: Readonly<Record<string, unknown>>
}

/** Members of a run that the recorder writes itself. */
type Own =
  | 'spec_version'
  | 'status'
  | 'outcome'
  | 'started_at'
  | 'ended_at'
  | 'duration_ms'
  | 'error'
  | 'error_type'
  | 'steps'
  | 'approvals'
  | 'policy_decisions'
  | 'artifacts'
  | 'evidence'
  | 'checkpoints'
  | 'cost'
  | 'eval'
  | 'source'
  | 'salt'
  | 'private_hash'
  | 'provenance'
  | 'agent_id'

/** What is known when a run starts: members of the record, of which only `agent_id` is needed. */
export interface RunStart extends Partial<Omit<AgentRun, Own>> {
  /** Who works; `unknown` is reserved for those who do not know (AR-RUN-003). */
  readonly agent_id: string
  /** What was asked: its beginning becomes `input_preview`. */
  readonly input?: unknown
  /** The tools offered to the model. They become `tools_available` and the tools of the inventory, with their hashes. */
  readonly tools?: readonly OfferedTool[]
  readonly provenance?: Pick<Provenance, 'config_hash' | 'model_version' | 'prompt_digest' | 'parents' | 'metadata'>
  /** For a run that another one delegated: what `delegate` returned there. */
  readonly delegation?: Delegation
}

/** What a run ends with. */
export interface RunEnd
  extends Partial<Pick<AgentRun, 'output_preview' | 'output_refs' | 'error_type' | 'recovery' | 'metadata'>> {
  /** `completed` unless said otherwise or an `error` is given. */
  readonly status?: Extract<
    AgentRun['status'],
    'completed' | 'failed' | 'cancelled' | 'timeout' | 'interrupted' | 'unknown'
  >
  readonly outcome?: NonNullable<AgentRun['outcome']>
  /** Why it did not succeed: a text, or what was thrown. */
  readonly error?: unknown
  /** The answer: its beginning becomes `output_preview`. */
  readonly output?: unknown
  /** What the run consumed, where that is known better than by adding up its model calls. */
  readonly cost?: AgentRun['cost']
}

/** Members of a step that the recorder writes itself. */
type OwnOfStep =
  | 'id'
  | 'type'
  | 'seq'
  | 'started_at'
  | 'ended_at'
  | 'duration_ms'
  | 'salt'
  | 'private_hash'
  | 'arguments_hash'
  | 'success'
  | 'tokens_used'

/** Members of a step that its caller can say. */
export interface StepMembers extends Partial<Omit<Step, OwnOfStep>> {
  /** What went in: its beginning becomes `input_preview`. */
  readonly input?: unknown
  /** What came out: its beginning becomes `output_preview`. */
  readonly output?: unknown
}
