import type { JsonObject } from '../../bytes/json.ts'
import { at, type Check, type Compared, must, should } from '../check.ts'
import { instant } from '../instant.ts'
import { knownMembers } from '../schema.ts'
import type { RecordView, Thing } from '../view.ts'
import { vocabularies } from '../vocabularies.ts'

/** Statuses of a run that is over. */
const ENDED = new Set(['completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'])
/** Statuses of a run that isn't. */
const GOING_ON = new Set(['pending', 'running', 'paused'])
const TIME_FORM = '^[0-9]{4}-(0[1-9]|1[0-2])-'
const NAME = /^[a-z][a-z0-9_]*$/

function* nullMember({ run }: RecordView): Generator<Compared> {
  for (const { path, value, site, required } of knownMembers(run.value, 'agent-run.json')) {
    if (required || !admitsNull(site.node)) continue
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (name === 'ended_at' || name.endsWith('_tokens')) continue
    yield value === null ? at(path, 'the member with a value or not at all', 'null') : undefined
  }
}

/** A deprecated member is another check's affair, null or not. */
const admitsNull = (node: JsonObject): boolean =>
  node.deprecated !== true && Array.isArray(node.type) && node.type.includes('null')

function* selfReference({ run, id, provenance }: RecordView): Generator<Compared> {
  const names: readonly (readonly [Thing, string])[] = [
    [run, 'parent_run_id'],
    ...[...provenance.things('parents'), ...run.things('related')].map((each) => [each, 'run_id'] as const),
  ]
  for (const [thing, name] of names) {
    if (!thing.has(name)) continue
    yield thing.text(name) === id ? at(`${thing.path}/${name}`, 'the id of another run', 'its own') : undefined
  }
}

function* otherParent({ run, provenance }: RecordView): Generator<Compared> {
  const stated = run.text('parent_run_id')
  const parents = provenance.things('parents').map((parent) => parent.text('run_id'))
  if (stated === undefined || parents.length === 0) return
  const right = parents.includes(stated)
  yield right ? undefined : at('/parent_run_id', 'the run_id of an entry of provenance.parents', 'another id')
}

function* outcomeEarly({ run, status }: RecordView): Generator<Compared> {
  if (status !== 'pending' && status !== 'running') return
  yield run.has('outcome') ? at('/outcome', `no outcome in a run that is ${status}`, 'one') : undefined
}

function* endedAtMissing({ run, status }: RecordView): Generator<Compared> {
  if (status === undefined || !ENDED.has(status)) return
  const message = `expected ended_at, or null for an unknown time, in a run that is ${status}; found neither`
  yield 'ended_at' in run.value ? undefined : { path: '', message }
}

function* endedAtUnexpected({ run, status }: RecordView): Generator<Compared> {
  if (status === undefined || !GOING_ON.has(status)) return
  yield run.has('ended_at') ? at('/ended_at', `no time or null in a run that is ${status}`, 'a time') : undefined
}

function* impossibleTime({ run }: RecordView): Generator<Compared> {
  for (const { path, value, site } of knownMembers(run.value, 'agent-run.json')) {
    const isTime = typeof site.node.pattern === 'string' && site.node.pattern.startsWith(TIME_FORM)
    if (!isTime || typeof value !== 'string') continue
    yield instant(value) === undefined ? at(path, 'a time that exists', 'one that does not') : undefined
  }
}

/** What has a beginning and an end. */
const spansOf = ({ run, steps }: RecordView): readonly Thing[] => [run, ...steps]

function* timeOrder(view: RecordView): Generator<Compared> {
  for (const span of spansOf(view)) {
    const [start, end] = [span.time('started_at'), span.time('ended_at')]
    if (start === undefined || end === undefined) continue
    yield end < start ? at(`${span.path}/ended_at`, 'a time not before started_at', 'an earlier one') : undefined
  }
}

function* duration(view: RecordView): Generator<Compared> {
  for (const span of spansOf(view)) {
    const [start, end, stated] = [span.time('started_at'), span.time('ended_at'), span.number('duration_ms')]
    // Where the end is before the start, that is what is wrong.
    if (start === undefined || end === undefined || stated === undefined || end < start) continue
    yield agrees(stated, end - start)
      ? undefined
      : at(`${span.path}/duration_ms`, `about ${(end - start) / 1_000_000n}`, `${stated}`)
  }
}

/** Whether milliseconds agree with nanoseconds within a second or a hundredth, whichever is larger. */
const agrees = (stated: number, measured: bigint): boolean =>
  Math.abs(stated * 1e6 - Number(measured)) <= Math.max(1e9, Number(measured) / 100)

function* outsideRun({ run, steps }: RecordView): Generator<Compared> {
  const began = run.time('started_at')
  if (began === undefined) return
  for (const step of steps) {
    const start = step.time('started_at')
    if (start === undefined) continue
    yield start < began
      ? at(`${step.path}/started_at`, 'a time not before that of the run', 'an earlier one')
      : undefined
  }
}

function* unregistered({ run }: RecordView): Generator<Compared> {
  for (const { path, value, site } of knownMembers(run.value, 'agent-run.json')) {
    const known = vocabularies.get(`${site.file}#${site.place}`)
    if (known === undefined || typeof value !== 'string') continue
    const right = known.has(value) || !NAME.test(value)
    yield right ? undefined : at(path, 'a registered value, or one of the form vendor:name', 'neither')
  }
}

function* deprecatedMember({ steps }: RecordView): Generator<Compared> {
  for (const step of steps) {
    const found = ['success', 'tokens_used'].filter((name) => Object.hasOwn(step.value, name))
    if (found.length === 0) yield undefined
    for (const name of found) yield at(`${step.path}/${name}`, 'status and cost', 'a member of 0.1')
  }
}

/** What a run is as a whole: its relations, its life, its times, its words (spec/run.md). */
export const runRules: readonly Check<RecordView>[] = [
  should('run.null_member', 'AR-RUN-015', 'core', 'An optional member without a value is left out.', nullMember, '1.0'),
  should(
    'step.deprecated_member',
    'AR-STEP-012',
    'core',
    'A record of 1.0 has no members of 0.1.',
    deprecatedMember,
    '1.0',
  ),
  must('run.self_reference', 'AR-RUN-012', 'core', 'A run does not name itself as another.', selfReference),
  must('run.other_parent', 'AR-RUN-018', 'lineage', 'parent_run_id is one of provenance.parents.', otherParent),
  should('run.outcome_early', 'AR-RUN-016', 'core', 'A run that is not over has no outcome.', outcomeEarly),
  must('run.ended_at_missing', 'AR-RUN-005', 'core', 'A run that is over has ended_at.', endedAtMissing, '1.0'),
  should('run.ended_at_unexpected', 'AR-RUN-006', 'core', 'A run that is not over has no ended_at.', endedAtUnexpected),
  must('time.impossible', 'AR-RUN-007', 'core', 'Every time names a date that exists.', impossibleTime),
  must('time.order', 'AR-RUN-008', 'core', 'Nothing ends before it starts.', timeOrder),
  should('time.duration', 'AR-RUN-009', 'core', 'duration_ms agrees with the two times.', duration),
  should('time.outside_run', 'AR-STEP-014', 'core', 'A step starts no earlier than its run.', outsideRun),
  should('vocabulary.unregistered', 'AR-RUN-020', 'core', 'Values of open vocabularies are registered.', unregistered),
]
