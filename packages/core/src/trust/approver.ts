import type { AgentRun, ApprovalEvent, Trust, TrustedKey } from '@agent-run/types'
import { compareInstants, parseInstant } from '../semantics/instant.ts'
import { createKeyStates, keyEntries } from './key-states.ts'
import { restrictionOf } from './restriction.ts'

/** What has to be known of a run to say who may decide about its calls. */
export type ApprovedRun = Pick<AgentRun, 'agent_id' | 'workspace_id' | 'approvals'>

/**
 * Whether a trust file lets the key of a signed decision decide about a run: it is trusted with the role approver, now,
 * for this agent and workspace and for every role that was asked for; it decides as no agent, and it is not the recorder's,
 * nor one of the same identity (AR-APPR-035). The signature itself is checked elsewhere.
 * @param recorder the key that the run is recorded with, if one is known
 * @param now the present time, RFC 3339
 */
export const isApprover = (
  trust: Trust,
  decision: ApprovalEvent,
  run: ApprovedRun,
  { recorder, now }: { readonly recorder?: string | undefined; readonly now: string },
): boolean => {
  const keys = createKeyStates(keyEntries(trust), now)
  const entry = keys.entryOf(decision.signed_by)
  if (entry === undefined || !entry.roles.includes('approver') || decision.actor?.kind === 'agent') return false
  if (entry.key === recorder || entry.identity === keys.entryOf(recorder)?.identity) return false
  if (restrictionOf(entry, run) !== undefined || keys.stateOf(entry.key) !== 'trusted') return false
  return rolesAsked(decision, run).every((role) => mayApprove(entry, role))
}

/** Whether a key may approve what needs a role; every role, unless its entry names some. */
export const mayApprove = ({ approves }: TrustedKey, role: string | undefined): boolean =>
  role === undefined || (approves?.includes(role) ?? true)

/** The roles that the decision, its request and whoever handed the question on before it ask for. */
const rolesAsked = (decision: ApprovalEvent, { approvals }: ApprovedRun): readonly (string | undefined)[] => {
  const asking = (approvals ?? []).filter(
    ({ approval_id, event, at }) =>
      approval_id === decision.approval_id &&
      (event === 'requested' || (event === 'escalated' && !isAfter(at, decision.at))),
  )
  return [decision, ...asking].map(({ required_role }) => required_role ?? undefined)
}

const isAfter = (one: string, other: string): boolean => {
  const [first, second] = [parseInstant(one), parseInstant(other)]
  return first !== undefined && second !== undefined && compareInstants(first, second) > 0
}
