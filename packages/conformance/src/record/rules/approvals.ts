import { at, type Check, type Compared, must, should } from '../check.ts'
import { named, type RecordView, type Thing } from '../view.ts'

const EVENT_STATES = new Set(['requested', 'approved', 'denied', 'expired', 'cancelled'])
const ANSWERS = new Set(['approved', 'denied', 'expired', 'cancelled'])
const ALLOWED = new Set(['approved', 'auto_approved', 'not_required'])
const REFUSED = new Set(['denied', 'expired', 'cancelled'])
const REFUSING = new Set(['block', 'require_approval', 'review'])
const RAN = new Set(['running', 'succeeded', 'failed', 'timeout'])
/** Where a decision stands after the step has run. */
const AFTERWARDS = new Set(['model_output', 'tool_result'])

const isDecision = (event: Thing): boolean => event.text('event') === 'approved' || event.text('event') === 'denied'

function* state(view: RecordView): Generator<Compared> {
  for (const { approval, state: said } of view.approvalsOfSteps()) {
    if (said === undefined) continue
    const path = `${approval.path}/state`
    const events = named(view.eventsById, approval.text('approval_id'))
    if (events !== undefined && EVENT_STATES.has(said)) {
      const right = events.some((event) => event.text('event') === said)
      yield right ? undefined : at(path, `an event ${said} under the approval_id`, 'none')
    }
    const decision = named(view.decisionsById, approval.text('decision_id'))
    if (said !== 'denied' || approval.has('approval_id') || decision === undefined) continue
    const right = REFUSING.has(decision.text('verdict') ?? '')
    yield right ? undefined : at(path, 'a decision that refuses or asks', 'another verdict')
  }
}

function* basisMissing(view: RecordView): Generator<Compared> {
  for (const { approval, state: said } of view.approvalsOfSteps()) {
    if (said === undefined || !ALLOWED.has(said)) continue
    const right = ['approval_id', 'decision_id', 'policy_id'].some((name) => approval.has(name))
    yield right ? undefined : at(approval.path, `what the state ${said} rests on`, 'no approval, decision or policy')
  }
}

function* contradiction({ eventsById }: RecordView): Generator<Compared> {
  for (const events of eventsById.values()) {
    const [first, ...others] = events.filter(isDecision)
    if (first === undefined) continue
    const other = others.find((event) => event.text('event') !== first.text('event'))
    yield other === undefined
      ? undefined
      : at(`${other.path}/event`, `${first.text('event')}, as before`, 'the opposite')
  }
}

function* otherRun({ approvals, id }: RecordView): Generator<Compared> {
  for (const event of approvals) {
    const runId = event.text('run_id')
    if (event.thing('grant') !== undefined || runId === undefined) continue
    yield runId === id ? undefined : at(`${event.path}/run_id`, 'the id of this run', 'another id')
  }
}

function* otherStep(view: RecordView): Generator<Compared> {
  const resting = new Map<string, Set<string | undefined>>()
  const approved = new Set<string>()
  for (const { step, approval, state: said } of view.approvalsOfSteps()) {
    const id = approval.text('approval_id')
    if (id === undefined || (said !== 'approved' && said !== 'denied')) continue
    resting.set(id, (resting.get(id) ?? new Set()).add(step.text('id')))
    if (said === 'denied') continue
    const again = approved.has(id)
    yield again ? at(`${approval.path}/approval_id`, 'one step for one approval', 'a second step') : undefined
    approved.add(id)
  }
  for (const [id, steps] of resting) {
    for (const event of named(view.eventsById, id) ?? []) {
      const about = event.text('step_id')
      if (!isDecision(event) || view.isCopiedGrant(event) || about === undefined || !view.stepsById.has(about)) continue
      yield steps.has(about) ? undefined : at(`${event.path}/step_id`, 'the step that rests on it', 'another step')
    }
  }
}

function* afterExpiry({ eventsById }: RecordView): Generator<Compared> {
  for (const events of eventsById.values()) {
    const requests = events.filter((event) => event.text('event') === 'requested')
    const ends = requests.map((event) => event.time('expires_at'))
    // Of several requests the one that stays open longest counts.
    const last = ends.reduce(
      (one, other) => (one === undefined || other === undefined ? undefined : max(one, other)),
      0n,
    )
    if (requests.length === 0 || last === undefined) continue
    for (const event of events.filter(isDecision)) {
      const time = event.time('at')
      if (time === undefined) continue
      yield time > last
        ? at(`${event.path}/at`, 'a time up to the expires_at of the request', 'a later one')
        : undefined
    }
  }
}

const max = (one: bigint, other: bigint): bigint => (one > other ? one : other)

function* order({ eventsById }: RecordView): Generator<Compared> {
  for (const events of eventsById.values()) {
    const asked = events.flatMap((event) => (event.text('event') === 'requested' ? (event.time('at') ?? []) : []))
    // Of several requests the first counts.
    const first = asked.reduce<bigint | undefined>(
      (one, other) => (one === undefined || other < one ? other : one),
      undefined,
    )
    if (first === undefined) continue
    for (const event of events) {
      const time = event.time('at')
      if (!ANSWERS.has(event.text('event') ?? '') || time === undefined) continue
      yield time < first ? at(`${event.path}/at`, 'a time not before that of the request', 'an earlier one') : undefined
    }
  }
}

function* deniedRan(view: RecordView): Generator<Compared> {
  for (const { step, state: said } of view.approvalsOfSteps()) {
    if (said === undefined || !REFUSED.has(said)) continue
    const status = step.text('status')
    const ran = status !== undefined && RAN.has(status)
    yield ran ? at(`${step.path}/status`, `a step that did not run, being ${said}`, status) : undefined
  }
}

function* blockedRan(view: RecordView): Generator<Compared> {
  const blocks = view.decisions.filter(
    (each) => each.text('enforcement') === 'blocked' && !AFTERWARDS.has(each.text('boundary') ?? ''),
  )
  const about = new Set(blocks.flatMap((block) => block.text('step_id') ?? []))
  const paths = new Set(blocks.map(({ path }) => path))
  for (const step of view.steps) {
    const decision = named(view.decisionsById, step.thing('approval')?.text('decision_id'))
    if (!about.has(step.text('id') ?? '') && !paths.has(decision?.path ?? '-')) continue
    const status = step.text('status')
    const ran = status !== undefined && RAN.has(status)
    yield ran ? at(`${step.path}/status`, 'a step that did not run, being blocked', status) : undefined
  }
}

function* otherSession({ approvals, run }: RecordView): Generator<Compared> {
  for (const event of approvals) {
    const grant = event.thing('grant')
    if (grant?.text('scope') !== 'session') continue
    const right = grant.text('session_id') === run.text('session_id')
    const path = grant.has('session_id') ? `${grant.path}/session_id` : grant.path
    yield right ? undefined : at(path, 'the session_id of the run', 'another one or none')
  }
}

function* otherTool(view: RecordView): Generator<Compared> {
  for (const { step, approval, state: said } of view.approvalsOfSteps()) {
    const events = named(view.eventsById, approval.text('approval_id')) ?? []
    const grants = events.flatMap((event) => event.thing('grant') ?? [])
    if (said !== 'auto_approved' || grants.length === 0) continue
    const right = grants.some((grant) => covers(grant, step))
    yield right
      ? undefined
      : at(`${approval.path}/approval_id`, 'a grant for this tool, server and definition', 'another')
  }
}

/** Whether a step uses what a grant names; a member that the grant leaves open fits every step. */
const covers = (grant: Thing, step: Thing): boolean =>
  ['tool_name', 'mcp_server', 'tool_hash'].every((name) => {
    const named = grant.text(name)
    return named === undefined || named === step.text(name)
  })

/** How steps, approval events and policy decisions agree (spec/approval-and-policy.md). */
export const approvalRules: readonly Check<RecordView>[] = [
  must('approval.state', 'AR-APPR-003', 'approvals', 'The approval state agrees with what it names.', state),
  should('approval.basis_missing', 'AR-APPR-004', 'approvals', 'An allowed step names what it rests on.', basisMissing),
  must('approval.contradiction', 'AR-APPR-005', 'approvals', 'No approval is both approved and denied.', contradiction),
  must('approval.other_run', 'AR-APPR-006', 'approvals', 'An approval event belongs to its run.', otherRun),
  must('approval.other_step', 'AR-APPR-007', 'approvals', 'An approval is about the step that rests on it.', otherStep),
  must('approval.after_expiry', 'AR-APPR-008', 'approvals', 'No decision after its request expired.', afterExpiry),
  must('approval.order', 'AR-APPR-013', 'approvals', 'No answer before its request.', order),
  must('approval.denied_ran', 'AR-APPR-011', 'approvals', 'A refused step did not run.', deniedRan),
  must('decision.blocked_ran', 'AR-APPR-012', 'approvals', 'A blocked step did not run.', blockedRan),
  should('grant.other_session', 'AR-APPR-009', 'approvals', 'A session grant names the session.', otherSession),
  must('grant.other_tool', 'AR-APPR-010', 'approvals', 'A grant is used for what it was given for.', otherTool),
]
