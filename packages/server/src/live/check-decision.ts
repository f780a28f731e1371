import { actionHash, isApprover, requestHash, sortInstant } from '@agent-run/core'
import type { AgentRun, ApprovalEvent } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { problem } from '../app/problem.ts'
import { type Decision, invalidDecision } from './read-decision.ts'

/** Milliseconds that clocks may differ by, and that a decision may take to arrive, after an approval's end. */
const LATE = 60_000
/** Milliseconds by which the clock of who decides may be ahead. */
const AHEAD = 300_000

/** What a decision is held against. */
export interface Asked {
  readonly record: AgentRun
  /** The key that the run is recorded with, if one is known. */
  readonly recorder: string | undefined
}

/**
 * Refuses a decision that is not about what this run asked, that came at an impossible time, or that cannot be an
 * approver's (AR-HTTP-090; AR-APPR-020, AR-APPR-025, AR-APPR-027, AR-APPR-030, AR-APPR-035).
 * @throws Problem 422 approval.invalid, approval.signer
 */
export const checkDecision = (
  { trust, clock }: Pick<AppContext, 'trust' | 'clock'>,
  decision: Decision,
  { record, recorder }: Asked,
): void => {
  const now = clock()
  refuseTime(decision, requestOf(decision, record), now)
  if (decision.actor?.kind === 'agent')
    throw invalidDecision('/actor/kind', 'found an agent; expected somebody who can answer for it')
  if (decision.signed_by === recorder)
    throw invalidDecision('/signed_by', "found the key of the run's own recorder; expected that of an approver")
  if (trust !== undefined && !isApprover(trust, decision, record, { recorder, now }))
    throw problem(422, 'approval.signer', {
      detail: 'expected a key that the trust file of the server knows as an approver for this run',
      errors: [{ code: 'approval.signer', pointer: '/signed_by', message: 'found a key that may not decide this' }],
    })
}

/** The request that a decision answers: its hashes have to be those of one of this run. */
const requestOf = (decision: Decision, record: AgentRun): ApprovalEvent => {
  const { nonce } = record.provenance
  if (typeof nonce !== 'string')
    throw invalidDecision('/run_id', 'found a run without nonce: nothing can be signed about it')
  const request = (record.approvals ?? []).find(
    (event) =>
      event.event === 'requested' &&
      event.approval_id === decision.approval_id &&
      requestHash(event) === decision.request_hash,
  )
  if (request === undefined) throw invalidDecision('/request_hash', 'found the hash of no request of this approval')
  if (request.step_id !== undefined && request.step_id !== decision.step_id)
    throw invalidDecision('/step_id', 'found another step than that of the request')
  if (decision.action_hash !== actionOf(request, decision, record, nonce))
    throw invalidDecision('/action_hash', 'found the hash of another action than that of the request')
  return request
}

/** The action that the request is about: as it says, or as the step says that it names. */
const actionOf = (
  request: ApprovalEvent,
  { step_id }: Decision,
  record: AgentRun,
  nonce: string,
): string | undefined => {
  if (request.action_hash !== undefined) return request.action_hash
  const step = record.steps.find((each) => each.id === step_id)
  if (step === undefined) return undefined
  const { tool_name, mcp_server, tool_hash, arguments_hash } = step
  return actionHash({ run_id: record.id, nonce, step_id, tool_name, mcp_server, tool_hash, arguments_hash })
}

const refuseTime = (decision: Decision, request: ApprovalEvent, now: string): void => {
  const at = sortInstant(decision.at)
  if (at < sortInstant(request.at)) throw invalidDecision('/at', 'found a decision before its request')
  if (at > shifted(now, AHEAD)) throw invalidDecision('/at', 'found a time that has not come yet')
  for (const { expires_at } of [request, decision]) {
    if (expires_at === undefined) continue
    const end = sortInstant(expires_at)
    if (at > end) throw invalidDecision('/at', 'found a decision after its approval had expired')
    // What is signed says when; only the server's clock says when it came.
    if (shifted(now, -LATE) > end) throw invalidDecision('/at', 'found an approval that has expired by now')
  }
}

const shifted = (now: string, milliseconds: number): string =>
  sortInstant(new Date(Date.parse(now) + milliseconds).toISOString())
