import { actionHash } from '@agent-run/core'
import type { ApprovalTerms, ProposedCall, RefusalReason } from './decisions.ts'

/** Why a call may not run. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly message: string
  readonly stops_run?: boolean
}

/** A call, and what its approver needs beside it. */
export interface Proposal {
  readonly call: ProposedCall
  readonly nonce: string
  readonly salt: string
  /** What the caller itself wants to be asked. */
  readonly terms: ApprovalTerms | undefined
  /** `arguments_hash` of other arguments. */
  readonly hashOf: (args: unknown) => string
}

/** `action_hash` of a proposed call with these arguments. */
export const actionOf = ({ call, nonce }: Proposal, argumentsHash: string): string =>
  actionHash({
    run_id: call.run_id,
    nonce,
    step_id: call.step_id,
    tool_name: call.tool_name,
    mcp_server: call.mcp_server,
    tool_hash: call.tool_hash,
    arguments_hash: argumentsHash,
  })
