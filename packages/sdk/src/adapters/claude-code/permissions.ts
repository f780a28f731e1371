import type { ApprovalEvent, PolicyDecision, StepApproval } from '@agent-run/types'
import { type Moment, momentAt, readTime } from '../../conversion/time.ts'
import { breakOff, isBareRefusal } from './denials.ts'
import type { Ruling, Testimony } from './testimony.ts'
import type { CallDraft, Turn } from './turn.ts'

/** Statuses of a call that was carried out. */
const carriedOut = new Set(['succeeded', 'failed', 'timeout'])

/**
 * Writes down who allowed or refused a call, from what hooks and telemetry saw. Where it was seen it takes the place of
 * what was concluded from the transcript; what nobody saw stays open.
 */
export function settlePermission(turn: Turn, call: CallDraft, said: Testimony): void {
  const { step } = call.draft
  if (wasBlocked(call, said)) block(call)
  else if (wasInterrupted(turn, call, said)) breakOff(turn, call)
  const decisions = said.rulings.map((ruling) => ruleOn(turn, call, ruling)).filter((one) => one !== undefined)
  if (step.status === 'denied') refuse(turn, call, said, decisions)
  else if (call.resolved && carriedOut.has(step.status ?? '')) allow(turn, call, said, decisions)
  else if (said.choice?.answer === 'aborted' && step.status === 'cancelled')
    decide(turn, call, said, 'cancelled', said.choice.at, said.choice.basis)
  else if (said.asked && call.brokenOff) decide(turn, call, said, 'approved', undefined, 'inferred')
  else if (said.asked && !call.resolved) ask(turn, call, said)
}

/** A hook said no, and the client gave its words as the result: that reads like the failure of a call that ran. */
const wasBlocked = ({ draft: { step } }: CallDraft, { ran, rulings }: Testimony): boolean =>
  step.status === 'failed' &&
  step.exit_code === undefined &&
  ran === undefined &&
  rulings.some(({ answered }) => answered === 'deny')

function block({ draft: { step } }: CallDraft): void {
  step.status = 'denied'
  step.error_type = 'permission_denied'
  step.approval = { state: 'denied', basis: 'inferred' }
  delete step.output_preview
  for (const effect of step.side_effects ?? []) effect.basis = 'declared'
}

/** A person's refusal by its sentence, where no dialog was shown that could have been refused: the call was broken off. */
const wasInterrupted = (
  turn: Turn,
  { draft: { step } }: CallDraft,
  { watched, asked, choice, ran, rulings }: Testimony,
): boolean =>
  step.status === 'denied' &&
  watched &&
  !asked &&
  !choice &&
  !ran &&
  rulings.every(({ answered }) => answered !== 'deny') &&
  isBareRefusal(turn, step)

interface Decided {
  readonly ruling: Ruling
  readonly decision: PolicyDecision
}

/** A machine's decision. It needs a time; a decision that the client was not told changed nothing. */
function ruleOn(turn: Turn, { draft: { step } }: CallDraft, ruling: Ruling): Decided | undefined {
  const at = ruling.at ?? readTime(step.started_at)
  if (!at) return undefined
  const ran = step.status !== 'denied'
  const enforcement =
    ruling.answered === 'allow' && ran
      ? 'executed'
      : ruling.answered === 'ask'
        ? 'asked'
        : ruling.answered === 'deny' && !ran
          ? 'blocked'
          : 'none'
  const text = (value: string, length = 256): string => turn.previewer.text(value, length)
  const { id, kind } = ruling.decider
  const decision: PolicyDecision = {
    id: freeId(turn, `decision-${step.id}`),
    at: at.text,
    step_id: step.id,
    ...(step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}),
    boundary: 'tool_call',
    ...(ruling.policy ? { policy: { ...ruling.policy, id: text(ruling.policy.id) } } : {}),
    decider: { kind, ...(id ? { id: text(id) } : {}) },
    verdict: ruling.verdict,
    ...(ruling.matched ? { matched: ruling.matched } : {}),
    ...(ruling.ruleIds ? { rule_ids: ruling.ruleIds.map((rule) => text(rule)) } : {}),
    ...(ruling.reason ? { reasons: [text(ruling.reason, 500)] } : {}),
    enforcement,
    basis: ruling.basis,
  }
  // What was concluded from the sentence in the transcript is the same decision.
  const concluded = turn.decisions.findIndex(
    (other) => other.step_id === step.id && other.basis === 'inferred' && enforcement === 'blocked',
  )
  if (concluded >= 0) {
    const [old] = turn.decisions.splice(concluded, 1)
    if (old) decision.id = old.id
    if (old?.reasons && !decision.reasons) decision.reasons = old.reasons
    if (old?.matched && !decision.matched) decision.matched = old.matched
  }
  turn.decisions.push(decision)
  return { ruling, decision }
}

const freeId = (turn: Turn, id: string): string => {
  let free = id
  for (let copy = 2; turn.decisions.some((decision) => decision.id === free); copy++) free = `${id}~${copy}`
  return free
}

function refuse(turn: Turn, call: CallDraft, said: Testimony, decisions: readonly Decided[]): void {
  const { step } = call.draft
  const blocked = decisions.find(({ decision }) => decision.enforcement === 'blocked')
  if (blocked && !said.choice) {
    if (said.asked) noteRequest(turn, call, said)
    const approvals = turn.approvals.filter(({ step_id, event }) => step_id === step.id && event === 'denied')
    // A person's refusal that was concluded from a sentence, where a machine was seen to refuse.
    for (const event of approvals) turn.approvals.splice(turn.approvals.indexOf(event), 1)
    step.approval = { state: 'denied', decision_id: blocked.decision.id, basis: blocked.decision.basis ?? 'inferred' }
    return
  }
  if (said.asked) noteRequest(turn, call, said)
  if (!said.choice || said.choice.answer === 'accepted') return
  const denied = turn.approvals.find(({ step_id, event }) => step_id === step.id && event === 'denied')
  if (!denied) {
    decide(turn, call, said, 'denied', said.choice.at, said.choice.basis)
    return
  }
  denied.basis = said.choice.basis
  if (said.choice.at) denied.at = said.choice.at.text
  if (step.approval) step.approval.basis = said.choice.basis
}

function allow(turn: Turn, call: CallDraft, said: Testimony, decisions: readonly Decided[]): void {
  const { choice, asked } = said
  const begun = executionStart(said)
  const allowed = decisions.find(({ decision }) => decision.enforcement === 'executed')
  const byPerson = choice?.answer === 'accepted' && (asked !== undefined || !choice.standing)
  if (byPerson) {
    decide(turn, call, said, 'approved', choice.at ?? begun, choice.basis)
    return
  }
  if (choice?.answer === 'accepted') {
    const rule = { decider: { kind: 'rule' as const }, verdict: 'allow' as const, answered: 'allow' as const }
    const given = ruleOn(turn, call, { ...rule, insteadOfPerson: true, at: choice.at, basis: choice.basis })
    rest(call, 'auto_approved', choice.basis, given)
    return
  }
  if (allowed) {
    if (asked) noteRequest(turn, call, said)
    const isStandIn = asked !== undefined || allowed.ruling.insteadOfPerson
    rest(call, isStandIn ? 'auto_approved' : 'not_required', allowed.ruling.basis, allowed)
    return
  }
  if (asked) decide(turn, call, said, 'approved', begun, said.ran ? 'observed' : 'inferred')
  else if (said.watched && said.ran) {
    const mode = said.mode ?? turn.mode
    const policy = mode ? `permission-mode:${turn.previewer.text(mode, 64)}` : 'permission-settings'
    call.draft.step.approval = { state: 'not_required', policy_id: policy, basis: 'observed' }
  }
}

const rest = (
  { draft: { step } }: CallDraft,
  state: StepApproval['state'],
  basis: NonNullable<StepApproval['basis']>,
  by: Decided | undefined,
): void => {
  step.approval = { state, ...(by ? { decision_id: by.decision.id } : {}), basis }
}

/** When a call began to run: its end, less the time that it took. */
function executionStart({ ran }: Testimony): Moment | undefined {
  return ran?.at && ran.durationMs !== undefined ? momentAt(ran.at.ms - ran.durationMs) : undefined
}

const approvalIdOf = ({ draft: { step } }: CallDraft): string => `approval-${step.id}`

function eventOf(
  call: CallDraft,
  event: ApprovalEvent['event'],
  at: Moment,
  basis: ApprovalEvent['basis'],
): ApprovalEvent {
  const { step } = call.draft
  return {
    approval_id: approvalIdOf(call),
    event,
    step_id: step.id,
    ...(step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}),
    at: at.text,
    ...(event === 'requested' ? {} : { actor: { kind: 'human' } }),
    ...(basis ? { basis } : {}),
  }
}

/** Somebody was asked: seen, when the hook was called. Without a time of its own it is that of the call. */
function noteRequest(turn: Turn, call: CallDraft, { asked }: Testimony): Moment | undefined {
  const { step } = call.draft
  const at = asked?.at ?? readTime(step.started_at)
  const answer = turn.approvals.find(({ step_id }) => step_id === step.id)
  if (!at || (answer && Date.parse(answer.at) < at.ms)) return undefined
  turn.approvals.push(eventOf(call, 'requested', at, 'observed'))
  return at
}

/** Asked, and nothing tells of an answer. */
function ask(turn: Turn, call: CallDraft, said: Testimony): void {
  if (!noteRequest(turn, call, said)) return
  call.draft.step.approval = { state: 'requested', approval_id: approvalIdOf(call), basis: 'observed' }
}

/**
 * A person decided. A call does not start before it is allowed: its beginning is the end of the wait, or unknown if only
 * its end is known.
 */
function decide(
  turn: Turn,
  call: CallDraft,
  said: Testimony,
  event: 'approved' | 'denied' | 'cancelled',
  when: Moment | undefined,
  basis: NonNullable<ApprovalEvent['basis']>,
): void {
  const { draft } = call
  const { step } = draft
  const requested = said.asked ? noteRequest(turn, call, said) : undefined
  const ended = readTime(step.ended_at)
  const begun = executionStart(said)
  let at = when ?? said.ran?.at ?? ended
  if (at && ended && at.ms > ended.ms) at = ended
  if (at && requested && at.ms < requested.ms) at = requested
  step.approval = { state: event, ...(at ? { approval_id: approvalIdOf(call) } : {}), basis }
  if (!at) return
  turn.approvals.push(eventOf(call, event, at, basis))
  if (event !== 'approved') return
  const start = begun && begun.ms >= at.ms ? begun : when ? at : undefined
  step.started_at = start?.text ?? null
  delete step.duration_ms
  if (!start) return
  draft.begun = start.ms
  if (ended) step.duration_ms = Math.max(0, ended.ms - start.ms)
}
