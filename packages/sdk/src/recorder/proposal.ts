import { actionHash } from '@agent-run/core'
import { freshCopy, type Snapshot, snapshot } from './arguments.ts'
import type { ApprovalTerms, Ask, ProposedCall, RefusalReason, RefusalWords } from './decisions.ts'

/** Why a call may not run. */
export interface Refusal extends RefusalWords {
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
  /** Who is asked, where it is not whom the recorder asks. */
  readonly ask?: Ask | undefined
}

/** The call for others to look at: what they do with it reaches neither the call nor the next who looks. */
export const shown = ({ call }: Proposal): ProposedCall =>
  Object.freeze({ ...call, arguments: freshCopy(call.arguments) })

/** Other arguments for the call, as they are now. */
export const snapshotFor = ({ salt }: Proposal, args: unknown): Snapshot => snapshot(args, salt)

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
