import type { StepApproval } from '@agent-run/types'
import { type Asked, askPerson } from './approval.ts'
import { recordDecision } from './approval-events.ts'
import type { Context } from './context.ts'
import type { RefusalReason } from './decisions.ts'
import { findGrant } from './grants.ts'
import { askPolicy, type Verdict } from './policy-verdict.ts'
import { type Proposal, type Refusal, snapshotFor } from './proposal.ts'

/** What came of asking whether a call may run. */
export interface Permission {
  /** What the step says about its approval; absent if nobody was asked. */
  readonly approval?: StepApproval
  /** The arguments that somebody put in the place of the caller's: plain JSON, frozen. */
  readonly changed?: { readonly arguments: unknown }
  readonly refusal?: Refusal
}

/**
 * Asks the policy, then a standing grant, then a person, as far as each is needed. Without a policy the person is asked
 * about every call; a caller's own wish to have a person asked is met by no grant. What fails refuses.
 */
export async function seekPermission(context: Context, proposal: Proposal): Promise<Permission> {
  const { options } = context
  const verdict = await askPolicy(context, proposal)
  const isAsked = options.policy === undefined && options.ask !== undefined
  const terms = verdict?.terms ?? (isAsked ? {} : undefined)
  const grant = terms && !proposal.terms ? findGrant(context, proposal.call) : undefined
  const decision = verdict && record(context, proposal, verdict, grant !== undefined)
  if (verdict && !decision) return refused('blocked', 'the decision of the policy cannot be recorded')
  const basis = {
    ...(decision === undefined ? {} : { decision_id: decision.id }),
    ...(decision?.policy?.id === undefined ? {} : { policy_id: decision.policy.id }),
    basis: 'observed' as const,
  }
  if (verdict?.enforcement === 'blocked')
    return {
      refusal: {
        reason: 'blocked',
        message: 'the policy blocked the call',
        explanation: decision?.reasons?.join('; '),
      },
      approval: { state: 'denied', ...basis },
    }

  const changed = verdict?.changed
  if (!terms && !proposal.terms)
    return {
      ...(decision === undefined ? {} : { approval: { state: 'not_required', ...basis } }),
      ...(changed === undefined ? {} : { changed }),
    }
  if (grant) return { approval: { state: 'auto_approved', approval_id: grant.approval_id, ...basis } }
  const left = changedProposal(proposal, changed)
  if (left === undefined) return refused('cancelled', 'the changed arguments cannot be described')
  return permissionOf(await askPerson(context, left, { ...proposal.terms, ...terms }, decision?.id), basis, changed)
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
const changedProposal = (proposal: Proposal, changed: Permission['changed']): Proposal | undefined => {
  if (changed === undefined) return proposal
  const taken = snapshotFor(proposal, changed.arguments)
  return taken.isExact
    ? { ...proposal, call: { ...proposal.call, arguments: taken.copy, arguments_hash: taken.hash } }
    : undefined
}

function record(context: Context, { call }: Proposal, { said, enforcement }: Verdict, isGranted: boolean) {
  return recordDecision(context, {
    ...said,
    enforcement: enforcement === 'asked' && isGranted ? 'executed' : enforcement,
    boundary: 'tool_call',
    step_id: call.step_id,
    ...(call.tool_call_id === undefined ? {} : { tool_call_id: call.tool_call_id }),
  })
}
