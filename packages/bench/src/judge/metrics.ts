import { hasRun } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import { callsOf } from './criteria/calls.ts'
import type { JudgedTrial } from './judged-trial.ts'
import { costOf } from './run-cost.ts'
import { statusOf } from './step-selection.ts'

/** The formula of `convergence`, with its version. It is told in spec/bench.md. */
export const CONVERGENCE_FORMULA = 'agent-run-bench/convergence/1'

/**
 * The measures of a trial, named as in the registry. What the record does not say is absent. The record is the word of the runtime; what the
 * bench has measured itself is called `wall_ms` and `ledger_calls`.
 */
export function metricsOf({ run, runs, evidence }: JudgedTrial): Record<string, number> {
  const measured = { wall_ms: evidence.ending.wallMs, ledger_calls: callsOf(evidence.ledger).length }
  if (run === undefined) return measured
  const { usd, totalTokens } = costOf(runs)
  const duration = durationOf(run)
  const steps = runs.flatMap(({ steps }) => steps)
  const convergence = convergenceOf(runs)
  return {
    ...(usd === undefined ? {} : { cost_usd: usd }),
    ...(duration === undefined ? {} : { duration_ms: duration }),
    tool_calls: steps.filter(isToolCall).length,
    retries: steps.filter(isRetry).length,
    ...(convergence === undefined ? {} : { convergence }),
    ...(totalTokens === undefined ? {} : { total_tokens: totalTokens }),
    steps: steps.length,
    runs: runs.length,
    ...measured,
  }
}

const isToolCall = ({ type }: Step): boolean => type === 'tool_call' || type === 'tool_result'

const isRetry = ({ retry_of, attempt }: Step): boolean => retry_of !== undefined || (attempt ?? 1) > 1

const durationOf = ({ duration_ms, started_at, ended_at }: AgentRun): number | undefined => {
  if (typeof duration_ms === 'number') return duration_ms
  const between = Date.parse(ended_at ?? '') - Date.parse(started_at ?? '')
  return between >= 0 ? between : undefined
}

/**
 * How directly the runs reached their result, from 0 to 1: the share of their work steps that are no detour. A work step is a tool call, a
 * handoff or an error. A detour is one that failed, timed out, was cancelled or interrupted, one that tries again or takes the place
 * of another, and one that repeats the work step right before it. What was denied or skipped is none: asking is no detour.
 * Runs without a work step went straight; `undefined`: there is no step at all.
 */
export function convergenceOf(runs: readonly AgentRun[]): number | undefined {
  if (runs.every(({ steps }) => steps.length === 0)) return undefined
  let work = 0
  let detours = 0
  for (const { steps } of runs) {
    let previous: Step | undefined
    for (const step of steps) {
      if (!isWork(step)) continue
      work++
      if (isDetour(step) || (previous !== undefined && isSameCall(previous, step))) detours++
      previous = step
    }
  }
  return work === 0 ? 1 : Math.round((1 - detours / work) * 10_000) / 10_000
}

const isWork = (step: Step): boolean => isToolCall(step) || step.type === 'handoff' || step.type === 'error'

const failures: ReadonlySet<unknown> = new Set(['failed', 'timeout', 'cancelled', 'interrupted'])

const isDetour = (step: Step): boolean =>
  step.type === 'error' || failures.has(statusOf(step)) || isRetry(step) || step.fallback_from !== undefined

/** Whether two steps are the same call, as far as the record shows its arguments. */
const isSameCall = (one: Step, other: Step): boolean =>
  hasRun(one) &&
  hasRun(other) &&
  isToolCall(one) &&
  one.tool_name === other.tool_name &&
  one.mcp_server === other.mcp_server &&
  typeof one.input_preview === 'string' &&
  one.input_preview === other.input_preview
