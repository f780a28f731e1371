import type { TrustedKey } from '@agent-run/types'
import { objectOf, textOf } from '../../semantics/object.ts'
import { fits } from '../../trust/index.ts'
import type { Approval, Approvals, ApprovedStep, EventPlace } from './gather.ts'

/**
 * Whether a person is known to have approved a step: a signed `approved` event about it, by a key that the caller trusts
 * with the role approver, for the role that was asked for, and that is not the runtime's (AR-APPR-035). Otherwise the
 * approval is only claimed. The signatures were checked before.
 */
export const isByPerson = (approvals: Approvals, step: ApprovedStep): boolean => {
  const approval = approvals.byId.get(step.approvalId ?? '')
  return approval?.approved.some((event) => isPersons(approvals, approval, step, event)) ?? false
}

const isPersons = (
  { context }: Approvals,
  { requiredRoles }: Approval,
  step: ApprovedStep,
  { value, isSigned, isCopied }: EventPlace,
): boolean => {
  if (!isSigned || isCopied || textOf(value, 'step_id') !== step.id) return false
  const { keys, run, provenance } = context
  const entry = keys.entryOf(value.signed_by)
  if (entry === undefined || !entry.roles.includes('approver') || objectOf(value, 'actor')?.kind === 'agent')
    return false
  if (value.signed_by === provenance.signed_by || entry.identity === keys.entryOf(provenance.signed_by)?.identity)
    return false
  if (!isFor(entry.agents, textOf(run, 'agent_id')) || !isFor(entry.workspaces, textOf(run, 'workspace_id')))
    return false
  if (!mayApprove(entry, textOf(value, 'required_role'))) return false
  // The request says which role is needed; a decision cannot ask for less.
  if (entry.approves !== undefined) for (const role of requiredRoles) if (!mayApprove(entry, role)) return false
  return keys.stateOf(value.signed_by, context.vouched?.at) === 'trusted'
}

const mayApprove = ({ approves }: TrustedKey, role: string | undefined): boolean =>
  role === undefined || (approves?.includes(role) ?? true)

const isFor = (patterns: readonly string[] | undefined, name: string | undefined): boolean =>
  patterns === undefined || (name !== undefined && patterns.some((pattern) => fits(pattern, name)))
