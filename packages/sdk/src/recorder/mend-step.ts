import type { Step } from '@agent-run/types'
import { hasRun } from './approval-events.ts'
import { toolKey } from './begin-run.ts'
import type { Context } from './context.ts'
import { errorsOf, keepSound } from './sound.ts'

/** What stands in for what a type of step cannot do without (AR-STEP-007): one of the members, or the members to add. */
const needed: Partial<
  Record<Step['type'], { readonly oneOf: readonly (keyof Step)[]; readonly otherwise: Partial<Step> }>
> = {
  tool_call: { oneOf: ['tool_name'], otherwise: { tool_name: 'unknown' } },
  tool_result: { oneOf: ['tool_call_id', 'tool_name'], otherwise: { tool_name: 'unknown' } },
  handoff: { oneOf: ['child_run_id', 'delegation_id', 'agent_id'], otherwise: { agent_id: 'unknown' } },
  handoff_result: { oneOf: ['child_run_id', 'delegation_id', 'agent_id'], otherwise: { agent_id: 'unknown' } },
  // Nobody can say whose words they are.
  message: { oneOf: ['role'], otherwise: { type: 'other' } },
  error: { oneOf: ['error', 'error_type'], otherwise: { error_type: 'unknown' } },
}

/**
 * A step that keeps to the semantic rules, whatever its caller said: what is missing is stood in for, what contradicts is
 * left out, each a fault. A valid step with right references comes in.
 *
 * @param approvalIsOwn whether the recorder itself asked for the approval, so that it agrees with its events
 */
export function mendStep(step: Step, context: Context, approvalIsOwn: boolean): Step | undefined {
  const { faults, state } = context
  const refuse = (what: string): void => faults.report('recorder.member_refused', `step: ${what}`)
  const mended = { ...step }

  const { tool_hash, tool_name } = mended
  const tools = state.run.inventory?.tools ?? []
  if (tool_hash !== undefined && typeof tool_name === 'string' && tools.length > 0) {
    const offered = state.toolHashes.get(toolKey(tool_name, mended.mcp_server ?? undefined))
    if (offered !== tool_hash) {
      refuse('tool_hash is not that of the tool in the inventory and is left out')
      delete mended.tool_hash
    }
  }
  if (mended.attempt !== undefined && mended.retry_of !== undefined) {
    const before = state.steps.findLast(({ id }) => id === mended.retry_of)?.attempt
    if (before !== undefined && mended.attempt !== before + 1) {
      refuse('attempt is not one more than that of the step named by retry_of and is left out')
      delete mended.attempt
    }
  }
  if (state.begun.get(step.id)?.isBlocked && hasRun(mended.status)) {
    refuse('it ended as if it had run, and a decision blocked it; its status is unknown')
    mended.status = 'unknown'
  }
  const need = needed[mended.type]
  if (need !== undefined && !need.oneOf.some((member) => (mended[member] ?? undefined) !== undefined)) {
    refuse(`a ${mended.type} step lacks ${need.oneOf.join(' or ')}`)
    Object.assign(mended, need.otherwise)
  }

  if (mended.approval !== undefined && !approvalIsOwn && !isSoundApproval(mended, context)) {
    refuse('approval does not agree with its events and is left out')
    delete mended.approval
  }
  const around = (object: Step) => ({ steps: [object] })
  const essential = ['id', 'type', 'started_at', 'ended_at']
  return keepSound('step', mended, { around, path: '/steps/0', essential }, faults)
}

/** Whether an approval that a caller names agrees with its events, its decision and the other steps that rest on it. */
const isSoundApproval = (step: Step, { state }: Context): boolean => {
  const { approval_id, decision_id } = step.approval ?? {}
  const found = errorsOf({
    id: state.run.id,
    approvals: state.approvals.filter((event) => event.approval_id === approval_id),
    policy_decisions: state.policyDecisions.filter(({ id }) => id === decision_id),
    steps: [
      ...state.steps.filter(({ approval }) => approval_id !== undefined && approval?.approval_id === approval_id),
      step,
    ],
  })
  return !found.some(({ code }) => /^(?:approval|decision|grant)\./.test(code))
}
