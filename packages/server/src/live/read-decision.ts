import { checkSignature, privateStates, validate } from '@agent-run/core'
import type { AgentRun, ApprovalEvent } from '@agent-run/types'
import { problem, problemErrors } from '../app/problem.ts'

/** An approval event that decides, with all that a signed decision has (AR-APPR-021). */
export interface Decision extends ApprovalEvent {
  readonly event: 'approved' | 'denied'
  readonly run_id: string
  readonly step_id: string
  readonly action_hash: string
  readonly request_hash: string
  readonly signed_by: string
}

const MEMBERS = ['approval_id', 'run_id', 'step_id', 'action_hash', 'request_hash', 'actor', 'at'] as const

/**
 * Reads a signed decision and checks what can be checked of it alone (AR-HTTP-090).
 * @param runId and
 * @param approvalId of the path: the decision has to name them
 * @throws Problem 400 body.malformed; 422 approval.invalid, approval.signature
 */
export const readDecision = (octets: Uint8Array, runId: string, approvalId: string): Decision => {
  const { ok, value, findings } = validate(octets, { schema: 'approval' })
  const errors = problemErrors(findings.filter(({ severity }) => severity === 'error'))
  if (errors.some(({ code }) => code.startsWith('json.')))
    throw problem(400, 'body.malformed', { detail: 'expected JSON of the record profile', errors })
  if (!ok) throw problem(422, 'approval.invalid', { detail: 'expected an ApprovalEvent', errors })
  const event = value as ApprovalEvent
  if (event.event !== 'approved' && event.event !== 'denied')
    throw invalidDecision('/event', 'found an event that decides nothing; expected approved or denied')
  for (const name of MEMBERS)
    if (event[name] === undefined) throw invalidDecision(`/${name}`, 'found nothing; a signed decision names it')
  if (event.approval_id !== approvalId) throw invalidDecision('/approval_id', 'found another one than that of the path')
  if (event.run_id !== runId) throw invalidDecision('/run_id', 'found another one than that of the path')
  const [broken] = privateStates({ approvals: [event] } as unknown as AgentRun).filter(
    ({ state }) => state === 'broken',
  )
  if (broken) throw invalidDecision('/private_hash', 'found private members that it is not the hash of')
  if (checkSignature('approval', event) !== 'pass')
    throw problem(422, 'approval.signature', {
      detail: 'expected a right signature by the key in signed_by',
      errors: [{ code: 'approval.signature', pointer: '/signature', message: 'found no right signature' }],
    })
  return event as Decision
}

/** 422 for a decision that cannot be one about this run. */
export const invalidDecision = (pointer: string, message: string): Error =>
  problem(422, 'approval.invalid', {
    detail: 'the decision does not fit what was asked',
    errors: [{ code: 'approval.invalid', pointer, message }],
  })
