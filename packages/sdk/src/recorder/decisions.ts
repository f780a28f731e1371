import type { Actor, ApprovalEvent, Grant, PolicyDecision } from '@agent-run/types'
import type { Cancellation } from '../client/platform.ts'

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
  /** The run that asks: what a trust file restricts keys to, and the key that signs for it. */
  readonly run: { readonly agent_id: string; readonly workspace_id?: string; readonly signed_by?: string }
  /** Aborted once no answer is waited for any more. */
  readonly signal: Cancellation
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
export interface Ask {
  (request: ApprovalRequest): Answer | SignedAnswer | Promise<Answer | SignedAnswer>
  /** Milliseconds that a request waits where nobody says how long; for ever unless given. */
  readonly expiresIn?: number | undefined
}

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
  /**
   * What the person or the policy gave as the reason, as it stands in the record, cut at 2,000 code points; it is in the
   * message, too. Somebody else's words: mind what they are shown or fed to.
   */
  readonly explanation?: string
  /** The person who refused, as the record names it. */
  readonly by?: Actor

  constructor(message: string, reason: RefusalReason, stepId: string, stopsRun: boolean, said: RefusalWords = {}) {
    const { by } = said
    const explanation = cut(said.explanation, 2000)
    const name = cut(by?.id ?? by?.name, 200)
    super(`${message}${name === undefined ? '' : ` by ${name}`}${explanation === undefined ? '' : `: ${explanation}`}`)
    this.name = 'CallRefused'
    this.reason = reason
    this.step_id = stepId
    this.stops_run = stopsRun
    if (explanation !== undefined) this.explanation = explanation
    if (by !== undefined) this.by = by
  }

  /** For JSON, as an agent reads it: the message, too. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { name, message, ...members } = this
    return { name: this.name, message: this.message, ...members }
  }
}

/** Who refused a call, and why, in the words of the record. */
export interface RefusalWords {
  readonly explanation?: string | undefined
  readonly by?: Actor | undefined
}

/** Its first code points; nothing of an empty text. */
const cut = (text: string | undefined, most: number): string | undefined => {
  if (text === undefined || text === '') return undefined
  // A code point has at most two units: more than that need not be looked at.
  const points = [...text.slice(0, 2 * most + 2)]
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : text
}
