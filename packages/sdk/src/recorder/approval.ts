import { checkSignature, requestHash, validate } from '@agent-run/core'
import type { ApprovalEvent, StepApproval } from '@agent-run/types'
import { recordApproval, recordSigned } from './approval-events.ts'
import type { Context } from './context.ts'
import type { Answer, ApprovalTerms, SignedAnswer } from './decisions.ts'
import { actionOf, type Proposal, type Refusal } from './proposal.ts'

/** What came of asking a person. */
export interface Asked {
  /** Absent if the request could not even be recorded. */
  readonly approvalId?: string
  readonly state: StepApproval['state']
  /** The arguments as the person changed them. */
  readonly changed?: { readonly arguments: unknown }
  readonly refusal?: Refusal
}

/** How far the clock of an approver may be ahead of the recorder's, in milliseconds. */
const skew = 60_000

/** Longest time that a timer can wait. */
const longest = 2_147_483_647

/** A request that was made: what its answer is held against. */
interface Open {
  readonly proposal: Proposal
  readonly request: ApprovalEvent
  readonly requestHash: string
}

/** Asks a person for one call, records the request and the answer. Anything but a fitting yes refuses. */
export async function askPerson(
  context: Context,
  proposal: Proposal,
  terms: ApprovalTerms,
  decisionId: string | undefined,
): Promise<Asked> {
  const request = recordRequest(context, proposal, terms, decisionId)
  if (request === undefined)
    return { state: 'requested', refusal: { reason: 'cancelled', message: 'the request cannot be recorded' } }
  const open = { proposal, request, requestHash: requestHash(request) }
  const { ask } = context.options
  if (ask === undefined) return cancel(context, open, 'nobody can be asked')

  const answer = await answerOf(context, open)
  if (answer === 'failed') return cancel(context, open, 'asking failed')
  if (answer === 'late') return expire(context, open)
  return 'event' in answer ? takeSigned(context, open, answer) : takePlain(context, open, answer)
}

function recordRequest(
  context: Context,
  proposal: Proposal,
  { expires_in_ms, ...terms }: ApprovalTerms,
  decisionId: string | undefined,
): ApprovalEvent | undefined {
  const { clock, ids, state } = context
  const { call } = proposal
  const now = clock.milliseconds()
  const expires = expires_in_ms === undefined ? {} : { expires_at: new Date(now + expires_in_ms).toISOString() }
  return recordApproval(context, {
    ...terms,
    ...expires,
    approval_id: ids.next('approval'),
    event: 'requested',
    run_id: call.run_id,
    step_id: call.step_id,
    ...(call.tool_call_id === undefined ? {} : { tool_call_id: call.tool_call_id }),
    at: clock.time(),
    actor: { kind: 'agent', id: state.run.agent_id },
    action_hash: actionOf(proposal, call.arguments_hash),
    ...(decisionId === undefined ? {} : { decision_id: decisionId }),
    basis: 'observed',
  })
}

/** The answer, if it comes in time. */
async function answerOf(
  { clock, faults, log, options }: Context,
  { proposal, request, requestHash: hash }: Open,
): Promise<Answer | SignedAnswer | 'failed' | 'late'> {
  await log.acknowledged()
  let timer: unknown
  const end = request.expires_at === undefined ? undefined : Date.parse(request.expires_at)
  const late = new Promise<'late'>((resolve) => {
    if (end !== undefined)
      timer = setTimeout(() => resolve('late'), Math.min(Math.max(0, end - clock.milliseconds()), longest))
  })
  const { call, nonce, salt, hashOf } = proposal
  try {
    const asked = Promise.resolve(
      options.ask?.({
        event: structuredClone(request),
        request_hash: hash,
        call,
        nonce,
        salt,
        actionHash: (args) => actionOf(proposal, hashOf(args)),
      }),
    )
    const answer = await Promise.race([asked, late])
    if (answer !== 'late' && (typeof answer !== 'object' || answer === null)) return 'failed'
    return answer !== 'late' && end !== undefined && clock.milliseconds() > end ? 'late' : answer
  } catch (error) {
    faults.guard('recorder.ask_failed', 'asking for an approval failed, so the call is not run', () => {
      throw error
    })
    return 'failed'
  } finally {
    clearTimeout(timer)
  }
}

/** Members that every event of the approval shares with its request. */
const shared = ({ request, requestHash: hash }: Open): Omit<ApprovalEvent, 'event' | 'at'> => {
  const { event: _, at: __, actor: ___, reason: ____, presentation_digest: _____, salt: ______, ...members } = request
  const { private_hash: _______, risk: ________, ...kept } = members
  return { ...kept, request_hash: hash, basis: 'observed' }
}

function cancel(context: Context, open: Open, reason: string): Asked {
  const { clock } = context
  recordApproval(context, { ...shared(open), event: 'cancelled', at: clock.time(), reason })
  const refusal = { reason: 'cancelled' as const, message: `the request for an approval was withdrawn: ${reason}` }
  return { approvalId: open.request.approval_id, state: 'cancelled', refusal }
}

function expire(context: Context, open: Open): Asked {
  recordApproval(context, { ...shared(open), event: 'expired', at: context.clock.time() })
  const refusal = { reason: 'expired' as const, message: 'nobody decided in time' }
  return { approvalId: open.request.approval_id, state: 'expired', refusal }
}

function takePlain(context: Context, open: Open, answer: Answer): Asked {
  const { clock, state } = context
  const { call, hashOf } = open.proposal
  const approvalId = open.request.approval_id
  if (answer.decision !== 'approved' && answer.decision !== 'denied')
    return cancel(context, open, answer.reason ?? 'no decision was made')
  const isApproved = answer.decision === 'approved'
  const isChanged = isApproved && Object.hasOwn(answer, 'arguments')
  const { tool_name, mcp_server, tool_hash } = call
  const session = state.run.session_id
  const grant = answer.grant && {
    tool_name,
    ...(mcp_server === undefined ? {} : { mcp_server }),
    ...(tool_hash === undefined ? {} : { tool_hash }),
    ...(answer.grant.scope === 'session' && session !== undefined ? { session_id: session } : {}),
    ...answer.grant,
  }
  const event = recordApproval(context, {
    ...shared(open),
    event: answer.decision,
    at: clock.time(),
    actor: answer.actor ?? { kind: 'unknown' },
    ...(answer.reason === undefined ? {} : { reason: answer.reason }),
    ...(isChanged ? { modified_action_hash: actionOf(open.proposal, hashOf(answer.arguments)) } : {}),
    ...(isApproved && grant !== undefined ? { grant } : {}),
    ...(answer.stops_run === undefined ? {} : { stops_run: answer.stops_run }),
  })
  if (event === undefined) return cancel(context, open, 'the answer cannot be recorded')
  return outcome(approvalId, event, isChanged ? { arguments: answer.arguments } : undefined)
}

/** An event that its approver signed counts only if it is about exactly this request and this call. */
function takeSigned(context: Context, open: Open, answer: SignedAnswer): Asked {
  const { clock, faults } = context
  const { event } = answer
  const fault = misfit(open, answer, clock.milliseconds())
  if (fault !== undefined) {
    faults.report('recorder.answer_refused', `the signed answer does not count: ${fault}`)
    return cancel(context, open, 'the signed answer does not fit the request')
  }
  clock.advanceTo(Date.parse(event.at))
  const recorded = recordSigned(context, structuredClone(event))
  if (recorded === undefined) return cancel(context, open, 'the answer cannot be recorded')
  return outcome(
    open.request.approval_id,
    recorded,
    event.modified_action_hash === undefined ? undefined : { arguments: answer.arguments },
  )
}

/** What keeps a signed answer from counting. */
function misfit({ proposal, request, requestHash: hash }: Open, answer: SignedAnswer, now: number): string | undefined {
  const { event } = answer
  if (!validate(event, { schema: 'approval' }).ok) return 'it is no valid ApprovalEvent'
  const at = Date.parse(event.at)
  if (event.event !== 'approved' && event.event !== 'denied') return 'it is no decision; expected approved or denied'
  if (event.actor === undefined) return 'it names no actor'
  for (const member of ['approval_id', 'run_id', 'step_id', 'action_hash'] as const)
    if (event[member] !== request[member]) return `its ${member} is not that of the request`
  if (event.request_hash !== hash) return 'its request_hash is not that of the request'
  if (checkSignature('approval', event) !== 'pass') return 'its signature is not right'
  if (!(at >= Date.parse(request.at))) return 'it was made before the request; expected a later time'
  if (at > now + skew) return "it was made in the future by the recorder's clock"
  if (request.expires_at !== undefined && at > Date.parse(request.expires_at))
    return 'it was made after the request expired'
  if (event.modified_action_hash === undefined)
    return Object.hasOwn(answer, 'arguments') ? 'it has no modified_action_hash for the arguments given' : undefined
  const changed = actionOf(proposal, proposal.hashOf(answer.arguments))
  return event.modified_action_hash === changed
    ? undefined
    : 'its modified_action_hash is not that of the arguments given'
}

const outcome = (approvalId: string, event: ApprovalEvent, changed: Asked['changed'] | undefined): Asked => {
  if (event.event === 'approved') return { approvalId, state: 'approved', ...(changed ? { changed } : {}) }
  const refusal: Refusal = {
    reason: 'denied',
    message: 'the call was denied',
    ...(event.stops_run === true ? { stops_run: true } : {}),
  }
  return { approvalId, state: 'denied', refusal }
}
