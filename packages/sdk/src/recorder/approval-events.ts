import { validate } from '@agent-run/core'
import type { ApprovalEvent, PolicyDecision } from '@agent-run/types'
import type { Context } from './context.ts'
import { protect } from './protect.ts'
import { keepPlace } from './references.ts'
import { keepValid } from './valid.ts'

/** Records an event of an approval, cleaned and protected; the event as recorded. */
export function recordApproval(context: Context, event: ApprovalEvent): ApprovalEvent | undefined {
  const { cleaner, faults, log, random, state } = context
  const valid = keepValid('approval', cleaner.value(event) as ApprovalEvent, faults)
  if (valid === undefined || state.ended) return undefined
  // A grant of another run keeps the places it had there (AR-APPR-006).
  const isCopy = valid.grant !== undefined && valid.run_id !== undefined && valid.run_id !== state.run.id
  const whole = protect('approval', isCopy ? valid : keepPlace(valid, context), random)
  state.approvals.push(whole)
  log.add('approval', whole)
  return whole
}

/** Records an event that somebody signed, as it is: whatever were changed in it would break the signature. */
export function recordSigned({ faults, log, state }: Context, event: ApprovalEvent): ApprovalEvent | undefined {
  if (state.ended) return undefined
  if (!validate(event, { schema: 'approval' }).ok) {
    faults.report('recorder.object_refused', 'what was given is no approval and is not recorded')
    return undefined
  }
  state.approvals.push(event)
  log.add('approval', event)
  return event
}

/** Records a decision of a policy; the decision as recorded. */
export function recordDecision(
  context: Context,
  decision: Omit<PolicyDecision, 'id' | 'at'> & Partial<Pick<PolicyDecision, 'id' | 'at'>>,
): PolicyDecision | undefined {
  const { cleaner, clock, faults, ids, log, random, state } = context
  const full = { id: ids.next('policy_decision'), at: clock.time(), basis: 'observed', ...decision }
  const valid = keepValid('policy-decision', cleaner.value(full) as PolicyDecision, faults)
  if (valid === undefined || state.ended) return undefined
  const whole = protect('policy_decision', keepPlace(valid, context), random)
  state.policyDecisions.push(whole)
  log.add('policy_decision', whole)
  return whole
}
