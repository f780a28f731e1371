import { checkSignature } from '@agent-run/core'
import type { ApprovalEvent } from '@agent-run/types'
import type { Context } from './context.ts'
import type { ProposedCall } from './decisions.ts'

/** Events under the same id that take an approval's grant away. */
const ending: ReadonlySet<string> = new Set(['denied', 'revoked', 'cancelled', 'expired'])

/**
 * The approval whose standing permission covers a call: given by somebody who is no agent and before now, not expired,
 * under an id that was not also denied, withdrawn or revoked; for exactly this tool and server, for this definition where
 * it has one and, with the scope `session`, for this session. One of another run must be signed. `grant.rule` is never
 * evaluated.
 */
export function findGrant({ state, clock }: Context, call: ProposedCall): ApprovalEvent | undefined {
  const now = clock.milliseconds()
  const { id, session_id: session } = state.run
  return state.approvals.find((approval) => {
    const { event, approval_id, grant, at, actor, expires_at } = approval
    if (event !== 'approved' || grant?.tool_name === undefined || actor?.kind === 'agent') return false
    return (
      grant.tool_name === call.tool_name &&
      (grant.mcp_server ?? undefined) === call.mcp_server &&
      ((grant.tool_hash ?? undefined) === undefined || grant.tool_hash === call.tool_hash) &&
      (grant.scope === 'always' ||
        (grant.scope === 'session' && typeof session === 'string' && grant.session_id === session)) &&
      now >= Date.parse(at) &&
      isBefore(now, grant.expires_at) &&
      isBefore(now, expires_at) &&
      !state.approvals.some((other) => other.approval_id === approval_id && ending.has(other.event)) &&
      isRightlySigned(approval, id)
    )
  })
}

/** Whether a time is not over; one that cannot be read is. */
const isBefore = (now: number, end: string | undefined): boolean => end === undefined || now < Date.parse(end)

const signatures = new WeakMap<ApprovalEvent, boolean>()

/** Whether the signature of an event is right; without one, whether it was made in this run. */
export function isRightlySigned(event: ApprovalEvent, runId: string): boolean {
  if ((event.signature ?? undefined) === undefined && (event.signed_by ?? undefined) === undefined)
    return event.run_id === undefined || event.run_id === runId
  const known = signatures.get(event)
  if (known !== undefined) return known
  const isRight = checkSignature('approval', event) === 'pass'
  signatures.set(event, isRight)
  return isRight
}

/** Whether an approval was taken back. */
export const isRevoked = (approvals: readonly ApprovalEvent[], approvalId: string): boolean =>
  approvals.some(({ event, approval_id }) => event === 'revoked' && approval_id === approvalId)
