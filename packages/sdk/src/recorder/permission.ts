import type { StepApproval } from '@agent-run/types'
import { type Asked, askPerson } from './approval.ts'
import { recordDecision } from './approval-events.ts'
import type { Context } from './context.ts'
import type { PolicyVerdict, ProposedCall, RefusalReason } from './decisions.ts'
import { findGrant } from './grants.ts'
import type { Proposal, Refusal } from './proposal.ts'

/** What came of asking whether a call may run. */
export interface Permission {
  /** What the step says about its approval; absent if nobody was asked. */
  readonly approval?: StepApproval
  /** The arguments that somebody put in the place of the caller's. */
  readonly changed?: { readonly arguments: unknown }
  readonly refusal?: Refusal
}

const asking = new Set(['require_approval', 'review'])
const changing = new Set(['modify', 'redact'])

/** Asks the policy, then a standing grant, then a person, as far as each is needed. What fails refuses. */
export async function seekPermission(context: Context, proposal: Proposal): Promise<Permission> {
  const verdict = await askPolicy(context, proposal.call)
  const isShadow = verdict?.enforcement === 'none'
  const terms = verdict && asking.has(verdict.verdict) && !isShadow ? (verdict.request ?? {}) : undefined
  const grant = terms || proposal.terms ? findGrant(context, proposal.call) : undefined
  const decision = verdict && record(context, proposal.call, verdict, grant !== undefined)
  if (verdict && !decision) return refused('blocked', 'the decision of the policy cannot be recorded')
  const basis = {
    ...(decision === undefined ? {} : { decision_id: decision.id }),
    ...(decision?.policy?.id === undefined ? {} : { policy_id: decision.policy.id }),
    basis: 'observed' as const,
  }
  if (decision?.verdict === 'block' && !isShadow)
    return { ...refused('blocked', 'the policy blocked the call'), approval: { state: 'denied', ...basis } }

  const changed = verdict && changing.has(verdict.verdict) && !isShadow ? { arguments: verdict.arguments } : undefined
  if (!terms && !proposal.terms)
    return {
      ...(decision === undefined ? {} : { approval: { state: 'not_required', ...basis } }),
      ...(changed === undefined ? {} : { changed }),
    }
  if (grant) return { approval: { state: 'auto_approved', approval_id: grant.approval_id, ...basis } }
  const asked = await askPerson(
    context,
    changedProposal(proposal, changed),
    { ...proposal.terms, ...terms },
    decision?.id,
  )
  return permissionOf(asked, basis, changed)
}

const permissionOf = (
  { approvalId, state, changed, refusal }: Asked,
  basis: Omit<StepApproval, 'state' | 'approval_id'>,
  before: Permission['changed'],
): Permission => {
  const now = changed ?? before
  return {
    ...(approvalId === undefined ? {} : { approval: { state, approval_id: approvalId, ...basis } }),
    ...(now === undefined ? {} : { changed: now }),
    ...(refusal === undefined ? {} : { refusal }),
  }
}

const refused = (reason: RefusalReason, message: string): Permission => ({ refusal: { reason, message } })

/** A person is asked about the call as the policy left it. */
const changedProposal = (proposal: Proposal, changed: Permission['changed']): Proposal => {
  if (changed === undefined) return proposal
  const call = { ...proposal.call, arguments: changed.arguments, arguments_hash: proposal.hashOf(changed.arguments) }
  return { ...proposal, call }
}

/** What the policy says; what it cannot say is no. */
async function askPolicy({ faults, options }: Context, call: ProposedCall): Promise<PolicyVerdict | undefined> {
  if (options.policy === undefined) return undefined
  try {
    const verdict = await options.policy(call)
    if (verdict && changing.has(verdict.verdict) && !Object.hasOwn(verdict, 'arguments'))
      return failedPolicy('changed arguments were announced and not given')
    return verdict
  } catch (error) {
    faults.guard('recorder.policy_failed', 'the policy failed, so the call is not run', () => {
      throw error
    })
    return failedPolicy('the policy failed')
  }
}

const failedPolicy = (reason: string): PolicyVerdict => ({
  verdict: 'block',
  matched: 'error',
  decider: { kind: 'policy' },
  reasons: [reason],
})

function record(context: Context, call: ProposedCall, verdict: PolicyVerdict, isGranted: boolean) {
  const { arguments: _, request: __, ...said } = verdict
  return recordDecision(context, {
    ...said,
    enforcement: verdict.enforcement ?? enforcementOf(verdict.verdict, isGranted),
    boundary: 'tool_call',
    step_id: call.step_id,
    ...(call.tool_call_id === undefined ? {} : { tool_call_id: call.tool_call_id }),
  })
}

const enforcementOf = (verdict: PolicyVerdict['verdict'], isGranted: boolean) => {
  if (verdict === 'block') return 'blocked'
  if (asking.has(verdict)) return isGranted ? 'executed' : 'asked'
  if (verdict === 'modify') return 'modified'
  return verdict === 'redact' ? 'redacted' : 'executed'
}
