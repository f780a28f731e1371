import { actionHash } from '../bytes/covered.ts'
import { at, type Check, type Compared, must } from './check.ts'
import { isBefore } from './instant.ts'
import { type Decisions, isDecision, type Rested } from './resting.ts'
import { isKnown } from './subject.ts'
import type { Thing } from './view.ts'

const NEEDED = ['approval_id', 'run_id', 'step_id', 'action_hash', 'request_hash', 'actor', 'at', 'signed_by']

function* noNonce({ decisions, subject }: Decisions): Generator<Compared> {
  if (decisions.length === 0) return
  const right = isKnown(subject.provenance.nonce)
  yield right ? undefined : at('/provenance/nonce', 'a nonce in a record with signed decisions', 'none')
}

function* incomplete({ decisions }: Decisions): Generator<Compared> {
  for (const event of decisions) {
    const missing = NEEDED.filter((name) => !event.has(name))
    if (missing.length === 0) yield undefined
    for (const name of missing) yield at(`${event.path}/${name}`, 'a member that every signed decision has', 'none')
  }
}

function* stripped({ events }: Decisions): Generator<Compared> {
  for (const event of events) {
    if (!event.has('signed_by')) continue
    yield event.has('signature') ? undefined : at(`${event.path}/signature`, 'a signature beside signed_by', 'none')
  }
}

function* signature(view: Decisions): Generator<Compared> {
  for (const event of view.signed) {
    const right = view.isRightlySigned(event)
    yield right ? undefined : at(`${event.path}/signature`, 'a signature by the key of signed_by', 'another one')
  }
}

function* otherRun(view: Decisions): Generator<Compared> {
  for (const event of view.signed) {
    if (!event.has('run_id') || view.isCopied(event)) continue
    const right = event.text('run_id') === view.subject.view.id
    yield right ? undefined : at(`${event.path}/run_id`, 'the id of this run', 'another id')
  }
}

function* request(view: Decisions): Generator<Compared> {
  for (const event of view.decisions) {
    if (view.isCopied(event) || !event.has('request_hash')) continue
    const requests = view.of(event.text('approval_id'), 'requested')
    const right = requests.some((each) => view.hashOf(each) === event.text('request_hash'))
    yield right ? undefined : at(`${event.path}/request_hash`, 'that of a request under the approval_id', 'another')
  }
}

function* contradiction(view: Decisions): Generator<Compared> {
  const first = new Map<string, string>()
  const closed = new Map<string, Thing | undefined>()
  for (const event of view.events.filter(isDecision)) {
    const [id, said] = [event.text('approval_id') ?? '', event.text('event') ?? '']
    const before = first.get(id) ?? said
    first.set(id, before)
    if (!closed.has(id)) closed.set(id, firstOf(view, view.of(id, 'cancelled', 'expired')))
    const closing = closed.get(id)
    if (before !== said) yield at(event.path, `${before}, as before`, said)
    else if (said === 'approved' && closing !== undefined && comesBefore(view, closing, event))
      yield at(event.path, 'no approval of a request that is closed', 'one')
    else yield undefined
  }
}

/** The earliest of events. */
const firstOf = (view: Decisions, events: readonly Thing[]): Thing | undefined =>
  events.reduce<Thing | undefined>(
    (one, other) => (one === undefined || comesBefore(view, other, one) ? other : one),
    undefined,
  )

/** Whether an event is earlier than another one; at the same time, whether it stands before it. */
const comesBefore = (view: Decisions, one: Thing, other: Thing): boolean =>
  isBefore(one.value.at, other.value.at) ||
  (!isBefore(other.value.at, one.value.at) && view.indexOf(one) < view.indexOf(other))

function* afterExpiry(view: Decisions): Generator<Compared> {
  for (const event of view.events.filter(isDecision)) {
    const requests = view.isCopied(event) ? [] : view.of(event.text('approval_id'), 'requested')
    const named = event.has('request_hash')
      ? requests.filter((each) => view.hashOf(each) === event.text('request_hash'))
      : []
    const answered = named.length > 0 ? named : requests
    if (answered.length === 0 && !event.has('expires_at')) continue
    const late = answered.length > 0 && answered.every((each) => isBefore(each.value.expires_at, event.value.at))
    const right = !late && !isBefore(event.value.expires_at, event.value.at)
    yield right ? undefined : at(`${event.path}/at`, 'a time before the request or decision expires', 'a later one')
  }
}

function* replayed(view: Decisions): Generator<Compared> {
  const used = new Set<string>()
  for (const { step, approval, state } of view.subject.view.approvalsOfSteps()) {
    const id = approval.text('approval_id')
    if (state !== 'approved' || id === undefined) continue
    yield used.has(id) ? at(step.path, 'one step for one approval', 'a second step') : undefined
    used.add(id)
  }
  const named = new Map<string, string>()
  for (const event of view.events) {
    const [id, step] = [event.text('approval_id') ?? '', event.text('step_id')]
    if (event.text('event') !== 'approved' || step === undefined || view.isCopied(event)) continue
    const before = named.get(id) ?? step
    named.set(id, before)
    yield before === step ? undefined : at(event.path, 'one step for one approval', 'another step')
  }
}

function* action(view: Decisions): Generator<Compared> {
  const { stepsById } = view.subject.view
  for (const event of view.decisions) {
    const step = stepsById.get(event.text('step_id') ?? '')
    if (event.text('event') !== 'approved' || view.isCopied(event) || step === undefined) continue
    const name = Object.hasOwn(event.value, 'modified_action_hash') ? 'modified_action_hash' : 'action_hash'
    if (!event.has(name)) continue
    const right = actionHash(view.subject.record, step.value)
    yield event.text(name) === right ? undefined : at(`${event.path}/${name}`, right, event.text(name) ?? 'none')
  }
}

function* deniedRan(view: Decisions): Generator<Compared> {
  const resting = new Map(view.rested.filter(({ baseless }) => !baseless).map((each) => [each.step.path, each]))
  for (const step of view.steps) {
    if (view.denialsOf(step).length === 0) continue
    const rested = resting.get(step.path)
    const said = step.thing('approval')?.text('state')
    if (rested?.fault?.code === 'approvals.denied_ran') yield rested.fault
    else if (rested === undefined && said !== 'denied' && view.isDenied(step))
      yield at(`${step.path}/approval`, 'a step that did not run, being denied', 'one that may have run')
    else yield undefined
  }
}

/** Faults of one kind among the steps that rest on a decision. */
const resting = (code: string, isAsked: (rested: Rested) => boolean): Check<Decisions>['compare'] =>
  function* ({ rested }: Decisions): Generator<Compared> {
    for (const each of rested) {
      if (each.fault?.code === code) yield each.fault
      else if (each.fault === undefined && !each.baseless && isAsked(each)) yield undefined
    }
  }

const stateOf = ({ step }: Rested): string | undefined => step.thing('approval')?.text('state')
const isApproved = (rested: Rested): boolean => stateOf(rested) === 'approved'
const isGranted = (rested: Rested): boolean => stateOf(rested) === 'auto_approved'
const always = (): boolean => true

/** Decisions that a third party can check (spec/approval-and-policy.md, AR-APPR-020 to AR-APPR-039). */
export const decisionChecks: readonly Check<Decisions>[] = (
  [
    ['no_nonce', 'AR-APPR-020', 'Signed decisions stand in a record with a nonce.', noNonce],
    ['incomplete', 'AR-APPR-021', 'A signed decision has its eight members.', incomplete],
    ['stripped', 'AR-APPR-022', 'An approval event with a key is signed.', stripped],
    ['signature', 'AR-APPR-023', 'The signature of an approval event is right.', signature],
    ['other_run', 'AR-APPR-024', 'A signed approval event belongs to its run.', otherRun],
    ['request', 'AR-APPR-025', 'A signed decision answers a request of the record.', request],
    ['contradiction', 'AR-APPR-026', 'Nothing is approved that was denied or closed.', contradiction],
    ['after_expiry', 'AR-APPR-027', 'No decision after its request or itself expired.', afterExpiry],
    [
      'step_after_expiry',
      'AR-APPR-036',
      'No step after its decision expired.',
      resting('approvals.after_expiry', isApproved),
    ],
    ['replayed', 'AR-APPR-028', 'An approval approves one step.', replayed],
    [
      'other_step',
      'AR-APPR-029',
      'A decision names the step that rests on it.',
      resting('approvals.other_step', isApproved),
    ],
    ['denied_ran', 'AR-APPR-038', 'A step that a signed decision denies did not run.', deniedRan],
    ['action', 'AR-APPR-030', 'What was approved is the call that the step is.', action],
    ['revoked', 'AR-APPR-031', 'No step on a decision revoked before.', resting('approvals.revoked', always)],
    ['order', 'AR-APPR-032', 'No step before its decision.', resting('approvals.order', always)],
    [
      'grant_tool',
      'AR-APPR-033',
      'A grant is for the call that rests on it.',
      resting('approvals.grant_tool', isGranted),
    ],
    [
      'grant_session',
      'AR-APPR-039',
      'A session grant is for the session.',
      resting('approvals.grant_session', isGranted),
    ],
    ['grant_expired', 'AR-APPR-034', 'No step on an expired grant.', resting('approvals.grant_expired', isGranted)],
  ] as const
).map(([name, requirement, summary, compare]) =>
  must<Decisions>(`approvals.${name}`, requirement, 'approvals', summary, compare),
)
