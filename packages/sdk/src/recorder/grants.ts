import type { ApprovalEvent } from '@agent-run/types'
import type { Context } from './context.ts'
import type { ProposedCall } from './decisions.ts'

/**
 * The approval whose standing permission covers a call: approved, not revoked, not expired, for this tool, server and
 * definition and, with the scope `session`, for this session. `grant.rule` is never evaluated.
 */
export function findGrant({ state, clock }: Context, call: ProposedCall): ApprovalEvent | undefined {
  const now = clock.milliseconds()
  return state.approvals.find(({ event, approval_id, grant, at }) => {
    if (event !== 'approved' || grant?.tool_name === undefined) return false
    const isFor = (granted: string | undefined, own: string | undefined) => granted === undefined || granted === own
    return (
      grant.tool_name === call.tool_name &&
      isFor(grant.mcp_server, call.mcp_server) &&
      isFor(grant.tool_hash, call.tool_hash) &&
      (grant.scope !== 'session' || grant.session_id === state.run.session_id) &&
      (grant.expires_at === undefined || now < Date.parse(grant.expires_at)) &&
      now >= Date.parse(at) &&
      !isRevoked(state.approvals, approval_id)
    )
  })
}

/** Whether an approval was taken back. */
export const isRevoked = (approvals: readonly ApprovalEvent[], approvalId: string): boolean =>
  approvals.some(({ event, approval_id }) => event === 'revoked' && approval_id === approvalId)
