import { validate } from '@agent-run/core'
import type { ApprovalEvent, PolicyDecision, Step } from '@agent-run/types'
import type { Context } from './context.ts'
import { isRightlySigned } from './grants.ts'
import { protect } from './protect.ts'
import { keepPlace } from './references.ts'
import { keepSound } from './sound.ts'
import { keepValid } from './valid.ts'

/** A decision as those who make it describe it. */
export type DecisionMade = Omit<PolicyDecision, 'id' | 'at'> & Partial<Pick<PolicyDecision, 'id' | 'at'>>

/** Records an event of an approval of this recorder's own, cleaned and protected; the event as recorded. */
export function recordApproval(context: Context, event: ApprovalEvent): ApprovalEvent | undefined {
  const { cleaner, faults, random, state } = context
  const valid = keepValid('approval', cleaner.value(event) as ApprovalEvent, faults)
  if (valid === undefined || state.ended) return undefined
  return add(context, protect('approval', keepPlace(valid, context), random))
}

/** Records an event that its approver signed, as it is: whatever were changed in it would break the signature. */
export function recordSigned(context: Context, event: ApprovalEvent): ApprovalEvent | undefined {
  const { faults, state } = context
  if (state.ended) return undefined
  const refuse = (why: string): undefined =>
    void faults.report('recorder.object_refused', `what was given is no approval and is not recorded: ${why}`)
  if (!validate(event, { schema: 'approval' }).ok) return refuse('it is not valid')
  if (!isRightlySigned(event, state.run.id)) return refuse('its signature is not right')
  return isSound(context, event) ? add(context, event) : withdraw(context, event)
}

/** Records an event that happened elsewhere: in another run only if it is a grant, and signed. */
export function recordForeign(context: Context, given: ApprovalEvent): ApprovalEvent | undefined {
  const event = structuredClone(given)
  if (event.signature !== undefined) return recordSigned(context, event)
  const { cleaner, faults, state } = context
  const valid = keepValid('approval', cleaner.value(event) as ApprovalEvent, faults)
  if (valid === undefined || state.ended) return undefined
  if (valid.run_id !== undefined && valid.run_id !== state.run.id) {
    faults.report(
      'recorder.object_refused',
      'an unsigned approval of another run counts for nothing and is not recorded',
    )
    return undefined
  }
  return isSound(context, valid) ? recordApproval(context, valid) : withdraw(context, valid)
}

/** A no that cannot stand beside an earlier yes still takes that yes back. */
const withdraw = (context: Context, { approval_id, event }: ApprovalEvent): undefined => {
  const { clock, state } = context
  const isNo = event !== 'approved' && event !== 'requested' && event !== 'escalated'
  if (isNo && state.approvals.some((other) => other.approval_id === approval_id && other.event === 'approved'))
    recordApproval(context, {
      approval_id,
      event: 'revoked',
      run_id: state.run.id,
      at: clock.time(),
      basis: 'observed',
    })
}

const add = ({ log, state }: Context, event: ApprovalEvent): ApprovalEvent => {
  state.approvals.push(event)
  log.add('approval', event)
  return event
}

/** Whether an event agrees with the others of its approval and with the steps that rest on it. */
const isSound = ({ faults, state }: Context, event: ApprovalEvent): boolean => {
  const { approval_id } = event
  const approvals = state.approvals.filter((other) => other.approval_id === approval_id)
  const steps = state.steps.filter(({ id, approval }) => id === event.step_id || approval?.approval_id === approval_id)
  const around = (object: ApprovalEvent) => ({ id: state.run.id, steps, approvals: [...approvals, object] })
  const path = `/approvals/${approvals.length}`
  return keepSound('approval', event, { around, path, essential: Object.keys(event) }, faults) !== undefined
}

/** Records a decision of a policy; the decision as recorded. */
export function recordDecision(context: Context, decision: DecisionMade): PolicyDecision | undefined {
  const { cleaner, clock, faults, log, random, state } = context
  const { id, at, ...said } = cleaner.value(decision) as Partial<PolicyDecision>
  const own = { id: decisionId(context, id), at: at ?? clock.time(), basis: 'observed' }
  const valid = keepValid('policy-decision', { ...own, ...said } as PolicyDecision, faults)
  if (valid === undefined || state.ended) return undefined
  const placed = keepBlockedStep(keepPlace(valid, context), context)
  const around = (object: PolicyDecision) => ({ policy_decisions: [object] })
  const sound = keepSound('policy-decision', placed, { around, path: '/policy_decisions/0' }, faults)
  if (sound === undefined) return undefined
  const whole = protect('policy_decision', { ...sound, at: sound.at ?? clock.time() }, random)
  state.policyDecisions.push(whole)
  log.add('policy_decision', whole)
  return whole
}

/** The id asked for, if no other decision has it (AR-RUN-010). */
const decisionId = ({ faults, ids, state }: Context, asked: unknown): string => {
  if (asked === undefined) return ids.next('policy_decision')
  if (typeof asked === 'string' && asked !== '' && !state.policyDecisions.some(({ id }) => id === asked)) {
    ids.reserve(asked)
    return asked
  }
  faults.report('recorder.member_refused', 'policy-decision: id is not one of its own and is replaced')
  return ids.next('policy_decision')
}

/** A decision that blocked a step names it only if that step did not run (AR-APPR-012). */
const keepBlockedStep = (decision: PolicyDecision, { faults, state }: Context): PolicyDecision => {
  const { step_id, ...others } = decision
  const entry = step_id === undefined ? undefined : state.begun.get(step_id)
  if (step_id === undefined || entry === undefined || !isBlock(decision)) return decision
  const final = state.steps.findLast(({ id }) => id === step_id)
  if (final === undefined) {
    // What becomes of the step is known when it ends.
    state.begun.set(step_id, { ...entry, isBlocked: true })
    return decision
  }
  if (!hasRun(final.status)) return decision
  faults.report('recorder.member_refused', 'policy-decision: step_id names a step that ran, and is left out')
  return others
}

/** What a model or a tool put out is blocked after its step; every other block keeps a step from running. */
const isBlock = ({ enforcement, boundary }: PolicyDecision): boolean =>
  enforcement === 'blocked' && boundary !== 'model_output' && boundary !== 'tool_result'

/** Whether a step of this status was executed, as rules about blocked and denied steps see it. */
export const hasRun = (status: Step['status']): boolean =>
  status === 'running' || status === 'succeeded' || status === 'failed' || status === 'timeout'
