import type { BenchScenarioResult, BenchTotals, BenchTrial } from '@agent-run/types'
import { groupBy } from './group.ts'

/** What the bench measured of a trial as a number; undefined: not known, which is never zero. */
export const measured = ({ metrics }: BenchTrial, name: string): number | undefined => {
  const value = metrics !== undefined && Object.hasOwn(metrics, name) ? metrics[name] : undefined
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** Known values of a metric. */
export const measures = (trials: readonly BenchTrial[], name: string): readonly number[] =>
  trials.map((trial) => measured(trial, name)).filter((value) => value !== undefined)

/** Mean of numbers; undefined without any. */
export const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : sum(values) / values.length

/** Sum of numbers. */
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Trials by scenario, in the order in which scenarios come first. */
export const byScenario = (trials: readonly BenchTrial[]): ReadonlyMap<string, readonly BenchTrial[]> =>
  groupBy(trials, ({ scenario }) => scenario)

/** What trials add up to. A scenario counts once, however often it was repeated. */
export const totalsOf = (trials: readonly BenchTrial[]): BenchTotals => {
  const scenarios = [...byScenario(trials).values()]
  const score = mean(scenarios.map((each) => mean(each.map((trial) => trial.score)) ?? 0))
  const costs = measures(trials, 'cost_usd')
  const calls = measures(trials, 'tool_calls')
  const time = mean(trials.map(({ wall_ms }) => wall_ms))
  return {
    trials: trials.length,
    passed: trials.filter(({ pass }) => pass).length,
    scenarios: scenarios.length,
    scenarios_passed: scenarios.filter((each) => each.every(({ pass }) => pass)).length,
    ...(score === undefined ? {} : { mean_score: rounded(score) }),
    ...(costs.length === 0 ? {} : { cost_usd_total: rounded(sum(costs)) }),
    cost_known: costs.length,
    ...(time === undefined ? {} : { mean_wall_ms: rounded(time) }),
    ...(calls.length === 0 ? {} : { tool_calls_total: sum(calls.map(Math.round)) }),
    tool_calls_known: calls.length,
    violations: trials.filter(({ violations }) => violations.length > 0).length,
  }
}

/** What the repeats of each scenario add up to. */
export const scenarioResults = (
  trials: readonly BenchTrial[],
  titles: ReadonlyMap<string, string>,
): BenchScenarioResult[] =>
  Array.from(byScenario(trials), ([scenario, each]) => {
    const title = titles.get(scenario)
    return { scenario, ...(title === undefined ? {} : { title }), totals: totalsOf(each) }
  })

/** Sums of floating-point numbers end in noise; nine digits behind the point are more than anybody measures. */
const rounded = (value: number): number => Number(value.toFixed(9))
