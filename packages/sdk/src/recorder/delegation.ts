import { runHash, stepLeaf } from '@agent-run/core'
import type { AgentRun, ParentRef, Step } from '@agent-run/types'
import type { Context } from './context.ts'
import { beginStep } from './live-step.ts'
import type { StepMembers } from './run-start.ts'

/**
 * What a child run is given, so that both records name each other. Plain JSON: it can be sent to another process, whose
 * recorder takes it as `delegation`.
 */
export interface Delegation {
  /** Id of the child run. */
  readonly run_id: string
  /** Into the child's `provenance.parents`: names the parent's handoff step by its leaf. */
  readonly parent: ParentRef & { readonly delegation_id: string; readonly handoff_leaf: string }
  /** The parent's handoff step. */
  readonly step_id: string
  readonly agent_id: string
  readonly session_id?: string
  readonly turn_id?: string
  readonly workspace_id?: string
  /** For readers of 0.1: fingerprints of the parent and of all ancestors, root first. */
  readonly parent_run_hash: string
  readonly lineage: readonly string[]
}

/** Whom work is given to, and what it is. */
export interface Handoff
  extends Pick<
    StepMembers,
    | 'input'
    | 'input_preview'
    | 'input_refs'
    | 'tool_call_id'
    | 'model_call_id'
    | 'caused_by'
    | 'parent_step_id'
    | 'approval'
    | 'metadata'
  > {
  /** The agent that does the work. */
  readonly agent_id: string
  /** Id of its run; a fresh one unless given. */
  readonly run_id?: string
}

/** What came back. */
export interface HandoffResult
  extends Pick<StepMembers, 'output' | 'output_preview' | 'output_refs' | 'error' | 'error_type' | 'metadata'> {
  readonly status?: Extract<
    Step['status'],
    'succeeded' | 'failed' | 'cancelled' | 'timeout' | 'interrupted' | 'unknown'
  >
  /** `record_hash` of the child's sealed record. */
  readonly child_record_hash?: string
}

/** Ancestors that are named for readers of 0.1. */
const mostAncestors = 32

/** Records the handing over of work; the step is final before the child starts, so that the child can name its leaf. */
export function delegate(context: Context, { agent_id, run_id, ...members }: Handoff): Delegation | undefined {
  const { cleaner, faults, ids, state } = context
  if (state.ended) {
    faults.report('recorder.too_late', 'a handoff that comes after the end of its run is not recorded')
    return undefined
  }
  const delegationId = ids.next('delegation')
  const isOther = typeof run_id === 'string' && run_id !== '' && run_id !== state.run.id
  const child = isOther ? cleaner.text(run_id) : ids.next('run')
  const step = beginStep(context, 'handoff', {
    ...members,
    agent_id,
    child_run_id: child,
    delegation_id: delegationId,
    side_effects: [{ kind: 'none' }],
  })
  step.start()
  const final = step.finish({})
  if (final === undefined) return undefined
  const { run } = state
  const hash = runHash(run)
  return {
    run_id: child,
    agent_id,
    step_id: final.id,
    parent: { run_id: run.id, delegation_id: delegationId, handoff_leaf: stepLeaf(final) },
    ...(run.session_id === undefined ? {} : { session_id: run.session_id }),
    ...(run.turn_id === undefined ? {} : { turn_id: run.turn_id }),
    ...(typeof run.workspace_id === 'string' ? { workspace_id: run.workspace_id } : {}),
    parent_run_hash: hash,
    lineage: [...(run.provenance.lineage ?? []), hash].slice(-mostAncestors),
  }
}

/** Records what came back from a delegated run. */
export function recordHandoffResult(context: Context, delegation: Delegation, result: HandoffResult): void {
  const { faults, state } = context
  if (state.ended) {
    faults.report('recorder.too_late', 'the result of a handoff that comes after the end of its run is not recorded')
    return
  }
  const step = beginStep(context, 'handoff_result', {
    ...result,
    agent_id: delegation.agent_id,
    child_run_id: delegation.run_id,
    delegation_id: delegation.parent.delegation_id,
    caused_by: [delegation.step_id],
  })
  step.start()
  step.finish({})
}

/** The members of a child's record that come from its delegation. */
export const inherited = ({
  parent,
  agent_id: _,
  step_id: __,
  run_id,
  parent_run_hash,
  lineage,
  ...members
}: Delegation): {
  readonly run: Partial<AgentRun> & { readonly id: string }
  readonly provenance: Pick<AgentRun['provenance'], 'parents' | 'parent_run_hash' | 'lineage'>
} => ({
  run: { ...members, id: run_id, parent_run_id: parent.run_id, trigger: 'agent' },
  provenance: { parents: [parent], parent_run_hash, lineage: [...lineage] },
})
