import type { Context } from './context.ts'
import { isCopiedGrant } from './grants.ts'
import { compareInstants, type Instant } from './instant.ts'
import { type Place, textOf } from './object.ts'
import { instantOf } from './places.ts'
import { quote } from './quote.ts'
import type { Report, Rule } from './rule.ts'

const NAMED_EVENTS = new Set(['requested', 'approved', 'denied', 'expired', 'cancelled'])
const DECISIONS = new Set(['approved', 'denied'])
const ANSWERS = new Set(['approved', 'denied', 'expired', 'cancelled'])
const NEEDS_BASIS = new Set(['approved', 'auto_approved', 'not_required'])
const REFUSED = new Set(['denied', 'expired', 'cancelled'])
const REFUSING_VERDICTS = new Set(['block', 'require_approval', 'review'])
const RAN = new Set(['running', 'succeeded', 'failed', 'timeout'])

/** Rules about the approval of a step and the events and decisions it rests on. */
export const approvalRules: readonly Rule[] = [
  {
    code: 'approval.state',
    severity: 'error',
    requirement: 'AR-APPR-003',
    summary: "a step's approval state agrees with the event or decision it names",
    check: checkStates,
  },
  {
    code: 'approval.basis_missing',
    severity: 'warning',
    requirement: 'AR-APPR-004',
    summary: 'approved, auto_approved and not_required name the approval, decision or policy they rest on',
    check: ({ steps }, report) => {
      for (const step of steps) {
        const { approval } = step
        const state = approval?.state
        if (state === undefined || !NEEDS_BASIS.has(state)) continue
        if (!approval?.restsOnOne)
          report(
            `${step.path}/approval`,
            `state is ${state} and rests on nothing; expected approval_id, decision_id or policy_id`,
          )
      }
    },
  },
  {
    code: 'approval.contradiction',
    severity: 'error',
    requirement: 'AR-APPR-005',
    summary: 'one approval is not both approved and denied',
    check: ({ approvalsById }, report) => {
      for (const events of approvalsById.values()) {
        const decided = events.filter(({ value }) => DECISIONS.has(textOf(value, 'event') ?? ''))
        const other = decided.find(({ value }) => value.event !== decided[0]!.value.event)
        if (other) report(`${other.path}/event`, 'the approval is approved and denied; expected one of the two')
      }
    },
  },
  {
    code: 'approval.other_run',
    severity: 'error',
    requirement: 'AR-APPR-006',
    summary: "an approval's run_id is the run's id, unless it is a grant copied from another run",
    check: ({ id, approvals }, report) => {
      for (const approval of approvals) {
        const runId = textOf(approval.value, 'run_id')
        if (runId !== undefined && id !== undefined && runId !== id && !isCopiedGrant(approval, id))
          report(`${approval.path}/run_id`, `the approval is for ${quote(runId)}; expected the id of this run`)
      }
    },
  },
  {
    code: 'approval.other_step',
    severity: 'error',
    requirement: 'AR-APPR-007',
    summary: 'a decision names the step that rests on it, and an approval approves one step',
    check: checkStepOfDecision,
  },
  {
    code: 'approval.after_expiry',
    severity: 'error',
    requirement: 'AR-APPR-008',
    summary: 'a decision does not come after its request has expired',
    check: ({ approvalsById }, report) => {
      for (const events of approvalsById.values()) {
        const expiries = events.filter(isRequest).map(({ value }) => instantOf(value, 'expires_at'))
        // A request without an end is open for as long as it takes.
        const end = expiries.includes(undefined) ? undefined : extreme(expiries, 1)
        if (!end) continue
        for (const event of events) {
          const at = instantOf(event.value, 'at')
          if (DECISIONS.has(textOf(event.value, 'event') ?? '') && at && compareInstants(at, end) > 0)
            report(`${event.path}/at`, 'the decision comes after expires_at of its request; expected it before')
        }
      }
    },
  },
  {
    code: 'approval.order',
    severity: 'error',
    requirement: 'AR-APPR-013',
    summary: 'a decision, expiry or cancellation does not come before its request',
    check: ({ approvalsById }, report) => {
      for (const events of approvalsById.values()) {
        const asked = extreme(
          events.filter(isRequest).map(({ value }) => instantOf(value, 'at')),
          -1,
        )
        if (!asked) continue
        for (const event of events) {
          const at = instantOf(event.value, 'at')
          if (ANSWERS.has(textOf(event.value, 'event') ?? '') && at && compareInstants(at, asked) < 0)
            report(`${event.path}/at`, 'the answer comes before its request; expected it at the same time or later')
        }
      }
    },
  },
  {
    code: 'approval.denied_ran',
    severity: 'error',
    requirement: 'AR-APPR-011',
    summary: 'a step whose approval was denied, expired or cancelled did not run',
    check: ({ steps }, report) => {
      for (const step of steps) {
        const { status } = step
        const state = step.approval?.state
        if (state !== undefined && REFUSED.has(state) && status !== undefined && RAN.has(status))
          report(
            `${step.path}/status`,
            `status is ${status} and the approval is ${state}; expected a step that did not run`,
          )
      }
    },
  },
  {
    code: 'decision.blocked_ran',
    severity: 'error',
    requirement: 'AR-APPR-012',
    summary: 'a step that a policy decision blocked did not run',
    check: checkBlocked,
  },
]

const isRequest = ({ value }: Place): boolean => value.event === 'requested'

/** The earliest (direction -1) or latest (1) of the known times. */
const extreme = (instants: readonly (Instant | undefined)[], direction: 1 | -1): Instant | undefined => {
  let found: Instant | undefined
  for (const instant of instants) {
    if (instant && (!found || Math.sign(compareInstants(instant, found)) === direction)) found = instant
  }
  return found
}

function checkStates({ steps, approvalsById, decisionsById }: Context, report: Report): void {
  const eventsById = new Map(
    [...approvalsById].map(([id, events]) => [id, new Set(events.map(({ value }) => value.event))]),
  )
  for (const step of steps) {
    const { approval } = step
    const state = approval?.state
    if (approval === undefined || state === undefined || !NAMED_EVENTS.has(state)) continue
    const events = eventsById.get(approval.approvalId ?? '')
    if (events && !events.has(state))
      report(
        `${step.path}/approval/state`,
        `state is ${state} and the approval named has no such event; expected the state of its events`,
      )
    if (state !== 'denied' || approval.namesApproval) continue
    const decision = decisionsById.get(approval.decisionId ?? '')
    if (decision && !REFUSING_VERDICTS.has(textOf(decision.value, 'verdict') ?? ''))
      report(
        `${step.path}/approval/state`,
        'state is denied and the decision named let it pass; expected a decision that refuses or asks',
      )
  }
}

function checkStepOfDecision({ id: runId, steps, stepsById, approvalsById }: Context, report: Report): void {
  const resting = new Map<string, Set<string>>()
  const approved = new Set<string>()
  for (const step of steps) {
    const { id, approval } = step
    const state = approval?.state
    const approvalId = approval?.approvalId
    if (state === undefined || approvalId === undefined || !DECISIONS.has(state)) continue
    const ids = resting.get(approvalId) ?? new Set()
    resting.set(approvalId, ids)
    if (id !== undefined) ids.add(id)
    if (state !== 'approved') continue
    if (approved.has(approvalId))
      report(
        `${step.path}/approval/approval_id`,
        'the approval approved an earlier step; expected an approval for one step',
      )
    approved.add(approvalId)
  }
  for (const [approvalId, ids] of resting) {
    for (const event of approvalsById.get(approvalId) ?? []) {
      const { value } = event
      const stepId = textOf(value, 'step_id')
      if (!DECISIONS.has(textOf(value, 'event') ?? '') || isCopiedGrant(event, runId)) continue
      if (stepId !== undefined && stepsById.has(stepId) && !ids.has(stepId))
        report(`${event.path}/step_id`, `${quote(stepId)} does not rest on this approval; expected the step that does`)
    }
  }
}

function checkBlocked({ steps, decisions, decisionsById }: Context, report: Report): void {
  if (decisions.length === 0) return
  const blocked = new Set<string>()
  for (const decision of decisions) {
    const stepId = textOf(decision.value, 'step_id')
    if (stepId !== undefined && isBlock(decision)) blocked.add(stepId)
  }
  for (const step of steps) {
    const { id, status } = step
    const named = decisionsById.get(step.approval?.decisionId ?? '')
    const isBlocked = (id !== undefined && blocked.has(id)) || (named !== undefined && isBlock(named))
    if (isBlocked && status !== undefined && RAN.has(status))
      report(
        `${step.path}/status`,
        `status is ${status} and a policy decision blocked the step; expected a step that did not run`,
      )
  }
}

/** A block of what a model or a tool put out comes after the step; only one before it keeps the step from running. */
const isBlock = ({ value }: Place): boolean =>
  value.enforcement === 'blocked' && value.boundary !== 'model_output' && value.boundary !== 'tool_result'
