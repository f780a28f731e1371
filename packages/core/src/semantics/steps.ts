import type { Context } from './context.ts'
import { groupBy } from './context.ts'
import { compareInstants, type Instant } from './instant.ts'
import { isGiven } from './object.ts'
import type { StepPlace } from './places.ts'
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
      if (isInSeqOrder(steps)) return
      const seen = new Set<number>()
      for (const step of steps) {
        const { seq } = step
        if (seq === undefined) continue
        if (seen.has(seq))
          report(`${step.path}/seq`, `seq ${seq} is that of an earlier step; expected a number of its own`)
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
      for (const step of steps) {
        const { value, type } = step
        const needed = NEEDED.get(type ?? '')
        // Most have a tool_name, and need not be asked again.
        if (!needed || (step.toolName !== undefined && needed.includes('tool_name'))) continue
        if (needed.some((member) => isGiven(value, member))) continue
        // The words of an error are private: an erased step may have lost them.
        if (type === 'error' && isErased(value)) continue
        report(
          step.path,
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
      for (const step of steps) {
        const { attempt, retryOf } = step
        if (attempt === undefined) continue
        const earlier = stepsById.get(retryOf ?? '')?.attempt
        if (earlier !== undefined && attempt !== earlier + 1)
          report(
            `${step.path}/attempt`,
            `attempt is ${attempt}; expected ${earlier + 1}, after the step named by retry_of`,
          )
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

/** Whether every seq is greater than those before it, as in most records: then none is there twice. */
const isInSeqOrder = (steps: readonly StepPlace[]): boolean => {
  let highest = Number.NEGATIVE_INFINITY
  for (const { seq } of steps) {
    if (seq === undefined) continue
    if (!(seq > highest)) return false
    highest = seq
  }
  return true
}

function checkSeqOrder({ steps }: Context, report: Report): void {
  let latest: Instant | undefined
  for (const step of isInSeqOrder(steps) ? steps : sortedBySeq(steps)) {
    const { seq, startedAt } = step
    if (seq === undefined || !startedAt) continue
    if (latest && compareInstants(startedAt, latest) < 0)
      report(
        `${step.path}/seq`,
        'the step started before the step with the seq before it; expected seq in the order of starting',
      )
    latest = startedAt
  }
}

/** The steps that have a seq and a known beginning, by seq; of an equal seq the first. */
const sortedBySeq = (steps: readonly StepPlace[]): StepPlace[] => {
  const bySeq = new Map<number, StepPlace>()
  for (const step of steps) {
    const { seq, startedAt } = step
    if (seq !== undefined && startedAt && !bySeq.has(seq)) bySeq.set(seq, step)
  }
  return [...bySeq].sort(([a], [b]) => a - b).map(([, step]) => step)
}

function checkCalls({ steps }: Context, report: Report): void {
  const calls = steps.filter(({ type, toolCallId }) => toolCallId !== undefined && CALLS.has(type ?? ''))
  if (new Set(calls.map(({ toolCallId }) => toolCallId)).size === calls.length) return
  for (const group of groupBy(calls, 'tool_call_id').values()) {
    if (group.length < 2) continue
    const ids = new Set(group.map(({ id }) => id))
    const firstAttempts = group.filter(({ retryOf }) => retryOf === undefined || !ids.has(retryOf))
    for (const { path } of firstAttempts.slice(1))
      report(
        `${path}/tool_call_id`,
        'the call is an earlier step; expected one step, or retry_of for a further attempt',
      )
  }
}
