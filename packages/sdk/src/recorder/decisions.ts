import type { Actor, ApprovalEvent, Grant, PolicyDecision } from '@agent-run/types'

/** A tool call that is about to run, as a policy or a person sees it. */
export interface ProposedCall {
  readonly run_id: string
  readonly step_id: string
  readonly tool_name: string
  readonly tool_call_id?: string
  readonly mcp_server?: string
  readonly tool_hash?: string
  readonly arguments_hash: string
  /** The arguments as they will be run: a frozen copy, and another one for whoever looks next. */
  readonly arguments: unknown
}

/** What a policy says about a call: members of a PolicyDecision; the recorder adds the others. */
export interface PolicyVerdict
  extends Partial<
    Omit<PolicyDecision, 'id' | 'at' | 'step_id' | 'tool_call_id' | 'boundary' | 'verdict' | 'salt' | 'private_hash'>
  > {
  readonly verdict: PolicyDecision['verdict']
  /** For `modify` and `redact`: the arguments to run instead, plain JSON. */
  readonly arguments?: unknown
  /** For `require_approval` and `review`: what the request says. */
  readonly request?: ApprovalTerms
}

/**
 * Decides about a call before it runs: `block` keeps it from running, `require_approval` and `review` ask a person, `modify`
 * and `redact` change its arguments, the others let it run. `undefined`: it has nothing to say. If it throws, or gives anything
 * else, the call is not run. Of `enforcement` it may only say `none`: it decides on trial, and nothing is enforced.
 */
export type Policy = (call: ProposedCall) => PolicyVerdict | undefined | Promise<PolicyVerdict | undefined>

/** Terms of a request for an approval. */
export interface ApprovalTerms
  extends Pick<ApprovalEvent, 'required_role' | 'risk' | 'reason' | 'presentation_digest'> {
  /** How long the answer is waited for, in milliseconds. */
  readonly expires_in_ms?: number
}

/** A request for an approval, with all that an approver needs to check and to sign the answer. */
export interface ApprovalRequest {
  /** The event `requested`, as it stands in the record. */
  readonly event: ApprovalEvent
  /** Hash of the request, which a signed answer names. */
  readonly request_hash: string
  readonly call: ProposedCall
  readonly nonce: string
  /** Salt of `arguments_hash`. */
  readonly salt: string
  /** `action_hash` of the call with other arguments, for a person who changes it. @throws TypeError if they are not plain JSON */
  actionHash(args: unknown): string
}

/** The answer of a person, as the runtime heard it. */
export interface Answer {
  readonly decision: 'approved' | 'denied' | 'cancelled'
  readonly actor?: Actor
  readonly reason?: string
  /** The arguments as the person changed them, plain JSON; absent or `undefined` where they are unchanged. */
  readonly arguments?: unknown
  /** A standing permission given with the decision; tool, server and definition are those of the call unless said otherwise. */
  readonly grant?: Pick<Grant, 'scope' | 'rule' | 'expires_at'> & Partial<Grant>
  /** Whether a denial ends the whole run. */
  readonly stops_run?: boolean
}

/** An answer that the approver signed. */
export interface SignedAnswer {
  /** The decision as an ApprovalEvent with signature; it is recorded as it is. */
  readonly event: ApprovalEvent
  /** The arguments as the person changed them, where the event has a modified_action_hash. */
  readonly arguments?: unknown
}

/** Asks a person. If it throws, or answers too late, the call is not run. */
export type Ask = (request: ApprovalRequest) => Answer | SignedAnswer | Promise<Answer | SignedAnswer>

/** Why a call did not run. */
export type RefusalReason = 'denied' | 'blocked' | 'expired' | 'cancelled' | 'changed'

/** Thrown by `toolCall` for a call that a person or a policy, asked by the caller's own wish, kept from running. */
export class CallRefused extends Error {
  readonly code = 'recorder.call_refused'
  /** Why. `changed`: its arguments are no longer those that were approved. */
  readonly reason: RefusalReason
  /** The step that records the refusal. */
  readonly step_id: string
  /** Whether the person ended the whole run. */
  readonly stops_run: boolean

  constructor(message: string, reason: RefusalReason, stepId: string, stopsRun: boolean) {
    super(message)
    this.name = 'CallRefused'
    this.reason = reason
    this.step_id = stepId
    this.stops_run = stopsRun
  }
}
