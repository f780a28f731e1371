import type { PolicyDecision, Step } from '@agent-run/types'
import type { Moment } from '../../conversion/time.ts'
import type { Denial } from './result.ts'
import type { CallDraft, Turn } from './turn.ts'

/**
 * Writes down who refused a call, as far as the source says: a person's decision becomes an approval event, a machine's
 * a policy decision. Both need a time; without one only the step says that it was refused. All of it is inferred.
 */
export function noteDenial(turn: Turn, step: Step, denial: Denial, at: Moment | undefined): void {
  const { previewer } = turn
  step.approval = { state: 'denied', basis: 'inferred' }
  if (!at || denial.by === 'unknown') return
  const reason = denial.reason === undefined ? undefined : previewer.text(denial.reason, 500)
  const call = step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}
  if (denial.by === 'user') {
    const approvalId = `approval-${step.id}`
    step.approval.approval_id = approvalId
    turn.approvals.push({
      approval_id: approvalId,
      event: 'denied',
      step_id: step.id,
      ...call,
      at: at.text,
      actor: { kind: 'human' },
      ...(reason ? { reason } : {}),
      basis: 'inferred',
    })
    return
  }
  const decision: PolicyDecision = {
    id: `decision-${step.id}`,
    at: at.text,
    step_id: step.id,
    ...call,
    boundary: 'tool_call',
    decider: { kind: denial.by, ...(denial.decider ? { id: previewer.text(denial.decider, 256) } : {}) },
    verdict: denial.by === 'policy' ? 'require_approval' : 'block',
    ...(denial.matched ? { matched: denial.matched } : {}),
    ...(reason ? { reasons: [reason] } : {}),
    enforcement: 'blocked',
    basis: 'inferred',
  }
  step.approval.decision_id = decision.id
  turn.decisions.push(decision)
}

/** The user stopped the turn with a refusal: the refusals of the last answer's calls ended the run. */
export function noteStop(turn: Turn): void {
  const last = [...turn.modelCalls.values()].at(-1)?.draft.step.id
  const calls = new Set(
    turn.calls.filter(({ draft }) => draft.step.model_call_id === last).map(({ draft }) => draft.step.id),
  )
  for (const event of turn.approvals) {
    if (event.event === 'denied' && event.step_id !== undefined && calls.has(event.step_id)) event.stops_run = true
  }
}

/** Whether all that tells of a person's refusal is its sentence. */
export const isBareRefusal = (turn: Turn, { id, status }: Step): boolean =>
  status === 'denied' &&
  turn.approvals.some(({ step_id, event, reason }) => step_id === id && event === 'denied' && !reason)

/** Takes back a refusal that was none: the call was broken off while it ran, for which the client writes the same sentence. */
export function breakOff(turn: Turn, { draft: { step }, use }: CallDraft): void {
  step.status = 'cancelled'
  step.error = 'interrupted by the user'
  step.error_type = 'cancelled'
  delete step.approval
  const refusal = turn.approvals.findIndex(({ step_id, event }) => step_id === step.id && event === 'denied')
  if (refusal >= 0) turn.approvals.splice(refusal, 1)
  if (use.shell) for (const effect of step.side_effects ?? []) effect.basis = 'inferred'
}

/** The user interrupted an answer whose calls were at work: the client names it then, and not where a dialog was refused. */
export function noteBreak(turn: Turn, messageId: string): void {
  for (const call of turn.calls) {
    const { step } = call.draft
    if (step.model_call_id !== messageId || !isBareRefusal(turn, step)) continue
    breakOff(turn, call)
    call.brokenOff = true
  }
}
