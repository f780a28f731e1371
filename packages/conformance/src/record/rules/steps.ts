import { at, type Check, type Compared, must, should } from '../check.ts'
import { groupBy, named, type RecordView, type Thing } from '../view.ts'

const OPEN = new Set(['pending', 'running'])
const CALLS = new Set(['tool_call', 'tool_result', 'handoff'])

/** One of these members must be known, by the type of the step. */
const NEEDED: ReadonlyMap<string | undefined, readonly string[]> = new Map([
  ['tool_call', ['tool_name']],
  ['tool_result', ['tool_call_id', 'tool_name']],
  ['handoff', ['child_run_id', 'delegation_id', 'agent_id']],
  ['handoff_result', ['child_run_id', 'delegation_id', 'agent_id']],
  ['message', ['role']],
  ['error', ['error', 'error_type']],
])

function* order({ steps }: RecordView): Generator<Compared> {
  let latest: bigint | undefined
  // Of several open steps before an ended one, the first is named.
  let open: Thing | undefined
  for (const step of steps) {
    const status = step.text('status')
    if (status !== undefined && OPEN.has(status)) {
      open ??= step
      continue
    }
    if (open !== undefined) yield at(`${open.path}/status`, 'open steps behind all others', 'one before a final step')
    open = undefined
    const end = step.time('ended_at')
    if (end === undefined) continue
    if (latest !== undefined) {
      const early = end < latest
      yield early
        ? at(`${step.path}/ended_at`, 'a time not before that of the step before', 'an earlier one')
        : undefined
    }
    latest = end
  }
}

function* seqDuplicate({ steps }: RecordView): Generator<Compared> {
  const seen = new Set<number>()
  for (const step of steps) {
    const seq = step.number('seq')
    if (seq === undefined) continue
    yield seen.has(seq) ? at(`${step.path}/seq`, 'a number of its own', `${seq} again`) : undefined
    seen.add(seq)
  }
}

function* seqOrder({ steps }: RecordView): Generator<Compared> {
  const bySeq = new Map<number, Thing>()
  for (const step of steps) {
    const seq = step.number('seq')
    if (seq !== undefined && step.time('started_at') !== undefined && !bySeq.has(seq)) bySeq.set(seq, step)
  }
  const sorted = [...bySeq].sort(([one], [other]) => one - other).map(([, step]) => step)
  for (const [index, step] of sorted.entries()) {
    const before = sorted[index - 1]?.time('started_at')
    if (before === undefined) continue
    const early = step.time('started_at')! < before
    yield early ? at(`${step.path}/seq`, 'numbers in the order of started_at', 'one of an earlier start') : undefined
  }
}

function* memberMissing({ steps }: RecordView): Generator<Compared> {
  for (const step of steps) {
    const type = step.text('type')
    const needed = NEEDED.get(type)
    // The words in `error` may be among what was erased.
    if (needed === undefined || (type === 'error' && step.erased)) continue
    const right = needed.some((name) => step.has(name))
    yield right ? undefined : at(step.path, `a step of type ${type} with ${needed.join(' or ')}`, 'none')
  }
}

function* callDoubled({ steps }: RecordView): Generator<Compared> {
  const calls = steps.filter((step) => CALLS.has(step.text('type') ?? ''))
  for (const group of groupBy(calls, 'tool_call_id').values()) {
    const ids = new Set(group.map((step) => step.text('id')))
    const firsts = group.filter((step) => !step.has('retry_of') || !ids.has(step.text('retry_of')))
    yield undefined
    for (const step of firsts.slice(1))
      yield at(`${step.path}/tool_call_id`, 'one step for one call, or attempts linked by retry_of', 'a second step')
  }
}

function* attempt({ steps, stepsById }: RecordView): Generator<Compared> {
  for (const step of steps) {
    const stated = step.number('attempt')
    const earlier = named(stepsById, step.text('retry_of'))?.number('attempt')
    if (stated === undefined || earlier === undefined) continue
    yield stated === earlier + 1 ? undefined : at(`${step.path}/attempt`, `${earlier + 1}`, `${stated}`)
  }
}

function* notRun({ steps }: RecordView): Generator<Compared> {
  for (const step of steps) {
    const status = step.text('status')
    if (status !== 'denied' && status !== 'skipped') continue
    for (const effect of step.things('side_effects')) {
      const basis = effect.text('basis')
      const expected = `the basis declared in a step that was ${status}`
      if (basis === undefined) yield at(effect.path, expected, 'no basis')
      else yield basis === 'declared' ? undefined : at(`${effect.path}/basis`, expected, basis)
    }
  }
}

function* noneNotAlone({ steps }: RecordView): Generator<Compared> {
  for (const step of steps) {
    const effects = step.things('side_effects')
    const none = effects.find((effect) => effect.text('kind') === 'none')
    if (none === undefined) continue
    yield effects.length > 1 ? at(`${none.path}/kind`, 'none by itself', 'none beside others') : undefined
  }
}

function* emptyList({ steps }: RecordView): Generator<Compared> {
  for (const step of steps) {
    if (!Array.isArray(step.value.side_effects)) continue
    const empty = step.items('side_effects').length === 0
    yield empty
      ? at(`${step.path}/side_effects`, 'an effect, one of kind none, or no list', 'an empty list')
      : undefined
  }
}

/** What steps and their side effects are (spec/step.md). */
export const stepRules: readonly Check<RecordView>[] = [
  should('step.order', 'AR-STEP-002', 'core', 'Steps stand in the order in which they became final.', order),
  must('step.seq_duplicate', 'AR-STEP-003', 'core', 'A seq stands on one step only.', seqDuplicate),
  should('step.seq_order', 'AR-STEP-004', 'core', 'seq numbers the steps in the order of their starts.', seqOrder),
  must('step.member_missing', 'AR-STEP-007', 'core', 'A step has what its type needs.', memberMissing),
  must('step.call_doubled', 'AR-STEP-011', 'core', 'One call stands on one step.', callDoubled),
  must('step.attempt', 'AR-STEP-013', 'core', 'attempt counts along retry_of.', attempt),
  must('effect.not_run', 'AR-STEP-008', 'effects', 'Effects of a step that did not run are declared.', notRun),
  must('effect.none_not_alone', 'AR-STEP-009', 'effects', 'An effect of kind none stands alone.', noneNotAlone),
  should('effect.empty_list', 'AR-STEP-010', 'effects', 'side_effects is no empty list.', emptyList),
]
