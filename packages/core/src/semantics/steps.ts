import type { Context, StepPlace } from './context.ts'
import { groupBy } from './context.ts'
import { compareInstants, type Instant } from './instant.ts'
import { isGiven, type JsonObject, numberOf, textOf } from './object.ts'
import { isErased } from './privacy.ts'
import type { Report, Rule } from './rule.ts'

const OPEN = new Set(['pending', 'running'])
const CALLS = new Set(['tool_call', 'tool_result', 'handoff'])

/** Rules about steps: their order, what each type must say, attempts. */
export const stepRules: readonly Rule[] = [
  {
    code: 'step.order',
    severity: 'warning',
    requirement: 'AR-STEP-002',
    summary: 'steps stand in the order in which they became final, open steps last',
    check: ({ steps }, report) => {
      let latest: Instant | undefined
      let open: StepPlace | undefined
      for (const step of steps) {
        if (step.status !== undefined && OPEN.has(step.status)) {
          open ??= step
          continue
        }
        if (open)
          report(`${open.path}/status`, `the step is ${open.status} and ended steps follow; expected open steps last`)
        open = undefined
        if (!step.endedAt) continue
        if (latest && compareInstants(step.endedAt, latest) < 0)
          report(
            `${step.path}/ended_at`,
            'the step ended before the step that stands before it; expected the order of ending',
          )
        latest = step.endedAt
      }
    },
  },
  {
    code: 'step.seq_duplicate',
    severity: 'error',
    requirement: 'AR-STEP-003',
    summary: 'seq is unique in a run',
    check: ({ steps }, report) => {
      const seen = new Set<number>()
      for (const { value, path } of steps) {
        const seq = numberOf(value, 'seq')
        if (seq === undefined) continue
        if (seen.has(seq)) report(`${path}/seq`, `seq ${seq} is that of an earlier step; expected a number of its own`)
        seen.add(seq)
      }
    },
  },
  {
    code: 'step.seq_order',
    severity: 'warning',
    requirement: 'AR-STEP-004',
    summary: 'seq is the order of started_at',
    check: checkSeqOrder,
  },
  {
    code: 'step.member_missing',
    severity: 'error',
    requirement: 'AR-STEP-007',
    summary: 'a step has what its type cannot do without',
    check: ({ steps }, report) => {
      for (const { value, path, type } of steps) {
        const needed = NEEDED.get(type ?? '')
        if (!needed || needed.some((member) => isGiven(value, member))) continue
        // The words of an error are private: an erased step may have lost them.
        if (type === 'error' && isErased(value)) continue
        report(
          path,
          `a ${type} step has no ${needed.join(' and no ')}; expected ${needed.length > 1 ? 'one of them' : 'it'}`,
        )
      }
    },
  },
  {
    code: 'step.call_doubled',
    severity: 'error',
    requirement: 'AR-STEP-011',
    summary: 'one call is one step; further steps of the call are attempts linked by retry_of',
    check: checkCalls,
  },
  {
    code: 'step.attempt',
    severity: 'error',
    requirement: 'AR-STEP-013',
    summary: 'attempt is one more than that of the step tried again',
    check: ({ steps, stepsById }, report) => {
      for (const { value, path } of steps) {
        const attempt = numberOf(value, 'attempt')
        const before = stepsById.get(textOf(value, 'retry_of') ?? '')
        const earlier = before && numberOf(before.value, 'attempt')
        if (attempt !== undefined && earlier !== undefined && attempt !== earlier + 1)
          report(`${path}/attempt`, `attempt is ${attempt}; expected ${earlier + 1}, after the step named by retry_of`)
      }
    },
  },
]

/** One of these members must be given, by type of step. */
const NEEDED = new Map<string, readonly string[]>([
  ['tool_call', ['tool_name']],
  ['tool_result', ['tool_call_id', 'tool_name']],
  ['handoff', ['child_run_id', 'delegation_id', 'agent_id']],
  ['handoff_result', ['child_run_id', 'delegation_id', 'agent_id']],
  ['message', ['role']],
  ['error', ['error', 'error_type']],
])

function checkSeqOrder({ steps }: Context, report: Report): void {
  const bySeq = new Map<number, StepPlace>()
  for (const step of steps) {
    const seq = numberOf(step.value, 'seq')
    if (seq !== undefined && step.startedAt && !bySeq.has(seq)) bySeq.set(seq, step)
  }
  let latest: Instant | undefined
  for (const [, { path, startedAt }] of [...bySeq].sort(([a], [b]) => a - b)) {
    if (latest && startedAt && compareInstants(startedAt, latest) < 0)
      report(
        `${path}/seq`,
        'the step started before the step with the seq before it; expected seq in the order of starting',
      )
    latest = startedAt
  }
}

function checkCalls({ steps }: Context, report: Report): void {
  const calls = steps.filter(({ type }) => CALLS.has(type ?? ''))
  for (const group of groupBy(calls, 'tool_call_id').values()) {
    if (group.length < 2) continue
    const ids = new Set(group.map(({ id }) => id))
    const firstAttempts = group.filter(({ value }) => !isRetryOfOne(value, ids))
    for (const { path } of firstAttempts.slice(1))
      report(
        `${path}/tool_call_id`,
        'the call is an earlier step; expected one step, or retry_of for a further attempt',
      )
  }
}

const isRetryOfOne = (step: JsonObject, ids: ReadonlySet<string | undefined>): boolean => {
  const retried = textOf(step, 'retry_of')
  return retried !== undefined && ids.has(retried)
}
