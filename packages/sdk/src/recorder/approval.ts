import { checkSignature, requestHash, validate } from '@agent-run/core'
import type { ApprovalEvent, StepApproval } from '@agent-run/types'
import { type ReadAnswer, readAnswer } from './answer.ts'
import { recordApproval, recordSigned } from './approval-events.ts'
import type { Context } from './context.ts'
import type { ApprovalRequest, ApprovalTerms, Ask } from './decisions.ts'
import { isWait } from './policy-verdict.ts'
import { actionOf, type Proposal, type Refusal, shown, snapshotFor } from './proposal.ts'

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
  const ask = whomToAsk(context, proposal)
  if (ask === undefined) return cancel(context, open, 'nobody can be asked')

  const answer = await answerOf(context, open, ask)
  if (answer === 'failed') return cancel(context, open, 'asking failed')
  if (answer === 'late') return expire(context, open)
  return answer.event === undefined ? takePlain(context, open, answer) : takeSigned(context, open, answer, answer.event)
}

function recordRequest(
  context: Context,
  proposal: Proposal,
  { expires_in_ms = usualWait(context, proposal), ...terms }: ApprovalTerms,
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

const whomToAsk = ({ options }: Context, { ask }: Proposal): Ask | undefined => ask ?? options.ask

/** How long a request waits where nobody says how long, in milliseconds; `undefined`: for ever. */
const usualWait = (context: Context, proposal: Proposal): number | undefined => {
  const { faults, options } = context
  const given: unknown = options.approvalExpiresIn ?? whomToAsk(context, proposal)?.expiresIn
  if (given === undefined || given === false) return undefined
  if (isWait(given)) return given
  faults.report(
    'recorder.option_refused',
    'approvalExpiresIn is no number of milliseconds from 0 to a hundred years, and an hour is taken',
  )
  return anHour
}

const anHour = 60 * 60 * 1000

/** The answer, if it comes in time. */
async function answerOf(
  { clock, faults, log, state }: Context,
  { proposal, request, requestHash: hash }: Open,
  ask: Ask,
): Promise<ReadAnswer | 'failed' | 'late'> {
  await log.acknowledged()
  let timer: unknown
  const end = request.expires_at === undefined ? undefined : Date.parse(request.expires_at)
  const late = new Promise<'late'>((resolve) => {
    if (end !== undefined)
      timer = setTimeout(() => resolve('late'), Math.min(Math.max(0, end - clock.milliseconds()), longest))
  })
  const { nonce, salt } = proposal
  const waiting = new AbortController()
  try {
    const asked = Promise.resolve(
      ask({
        event: structuredClone(request),
        request_hash: hash,
        call: shown(proposal),
        nonce,
        salt,
        run: whoAsks(state),
        signal: waiting.signal,
        actionHash: (args) => actionHashOf(proposal, args),
      }),
    )
    const answer = await Promise.race([asked, late])
    if (answer === 'late' || (end !== undefined && clock.milliseconds() > end)) return 'late'
    return readAnswer(answer, proposal)
  } catch (error) {
    faults.guard('recorder.ask_failed', 'asking for an approval failed, so the call is not run', () => {
      throw error
    })
    return 'failed'
  } finally {
    clearTimeout(timer)
    waiting.abort()
  }
}

/** What an approver's key may be restricted to. */
const whoAsks = ({ run: { agent_id, workspace_id, provenance } }: Context['state']): ApprovalRequest['run'] => ({
  agent_id,
  ...(typeof workspace_id === 'string' ? { workspace_id } : {}),
  ...(typeof provenance.signed_by === 'string' ? { signed_by: provenance.signed_by } : {}),
})

/** `action_hash` of the call with other arguments. @throws TypeError if they are not plain JSON */
const actionHashOf = (proposal: Proposal, args: unknown): string => {
  const taken = snapshotFor(proposal, args)
  if (!taken.isExact) throw new TypeError(`found ${taken.found}; expected arguments that are plain JSON`)
  return actionOf(proposal, taken.hash)
}

/** Members that every event of the approval shares with its request. */
const shared = ({ request, requestHash: hash }: Open): Omit<ApprovalEvent, 'event' | 'at'> => {
  const { event: _, at: __, actor: ___, reason: ____, presentation_digest: _____, salt: ______, ...members } = request
  const { private_hash: _______, risk: ________, ...kept } = members
  return { ...kept, request_hash: hash, basis: 'observed' }
}

function cancel(context: Context, open: Open, reason: string): Asked {
  const { clock } = context
  const event = recordApproval(context, { ...shared(open), event: 'cancelled', at: clock.time(), reason })
  const why = event?.reason ?? 'the reason cannot be recorded'
  const refusal = { reason: 'cancelled' as const, message: `the request for an approval was withdrawn: ${why}` }
  return { approvalId: open.request.approval_id, state: 'cancelled', refusal }
}

function expire(context: Context, open: Open): Asked {
  recordApproval(context, { ...shared(open), event: 'expired', at: context.clock.time() })
  const refusal = { reason: 'expired' as const, message: 'nobody decided in time' }
  return { approvalId: open.request.approval_id, state: 'expired', refusal }
}

function takePlain(context: Context, open: Open, { said, changed }: ReadAnswer): Asked {
  const { clock, state } = context
  const { tool_name, mcp_server, tool_hash } = open.proposal.call
  const { decision, actor, reason, stops_run } = said
  if (decision !== 'approved' && decision !== 'denied')
    return cancel(context, open, typeof reason === 'string' ? reason : 'no decision was made')
  const isApproved = decision === 'approved'
  const session = state.run.session_id
  const grant = isApproved &&
    said.grant && {
      tool_name,
      ...(mcp_server === undefined ? {} : { mcp_server }),
      ...(tool_hash === undefined ? {} : { tool_hash }),
      ...(said.grant.scope === 'session' && session !== undefined ? { session_id: session } : {}),
      ...said.grant,
    }
  // A request ends soon; what was granted with its answer ends when the grant says so.
  const { expires_at, ...members } = shared(open)
  const event = recordApproval(context, {
    ...members,
    ...(expires_at === undefined || grant ? {} : { expires_at }),
    event: decision,
    at: clock.time(),
    actor: actor ?? { kind: 'unknown' },
    ...(reason === undefined ? {} : { reason }),
    ...(isApproved && changed ? { modified_action_hash: actionOf(open.proposal, changed.hash) } : {}),
    ...(grant ? { grant } : {}),
    ...(stops_run === undefined ? {} : { stops_run }),
  })
  if (event === undefined) return cancel(context, open, 'the answer cannot be recorded')
  return outcome(open.request.approval_id, event, isApproved ? changed : undefined)
}

/** An event that its approver signed counts only if it is about exactly this request and this call. */
function takeSigned(context: Context, open: Open, { changed }: ReadAnswer, event: ApprovalEvent): Asked {
  const { clock, faults } = context
  const fault = misfit(open, event, changed, clock.milliseconds())
  if (fault !== undefined) {
    faults.report('recorder.answer_refused', `the signed answer does not count: ${fault}`)
    return cancel(context, open, 'the signed answer does not fit the request')
  }
  clock.advanceTo(Date.parse(event.at))
  const recorded = recordSigned(context, event)
  if (recorded === undefined) return cancel(context, open, 'the answer cannot be recorded')
  return outcome(open.request.approval_id, recorded, changed)
}

/** What keeps a signed answer from counting. */
function misfit(
  { proposal, request, requestHash: hash }: Open,
  event: ApprovalEvent,
  changed: ReadAnswer['changed'],
  now: number,
): string | undefined {
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
    return changed === undefined ? undefined : 'it has no modified_action_hash for the arguments given'
  return changed !== undefined && event.modified_action_hash === actionOf(proposal, changed.hash)
    ? undefined
    : 'its modified_action_hash is not that of the arguments given'
}

const outcome = (approvalId: string, event: ApprovalEvent, changed: Asked['changed'] | undefined): Asked => {
  if (event.event === 'approved') return { approvalId, state: 'approved', ...(changed ? { changed } : {}) }
  const refusal: Refusal = {
    reason: 'denied',
    message: 'the call was denied',
    explanation: event.reason ?? undefined,
    by: event.actor ?? undefined,
    ...(event.stops_run === true ? { stops_run: true } : {}),
  }
  return { approvalId, state: 'denied', refusal }
}
