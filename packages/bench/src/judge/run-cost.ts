import type { AgentRun } from '@agent-run/types'

/** What the runs of a trial consumed together. A member that one of them does not know is absent: unknown is not zero. */
export interface RunCost {
  /** US dollars. */
  readonly usd?: number
  readonly totalTokens?: number
  readonly outputTokens?: number
  /** Some of it is said to be a lower bound: it was at least that much. */
  readonly isLowerBound: boolean
}

/** Adds up the cost of runs, of which none contains that of another (AR-COST-012). */
export function costOf(runs: readonly AgentRun[]): RunCost {
  const sum = (amount: (run: AgentRun) => number | null | undefined): number | undefined => {
    const amounts = runs.map(amount)
    return runs.length > 0 && amounts.every((each) => typeof each === 'number')
      ? rounded(amounts.reduce((total: number, each) => total + (each as number), 0))
      : undefined
  }
  const usd = sum(({ cost }) => cost.cost_usd)
  const totalTokens = sum((run) => (isLyingZero(run) ? undefined : totalOf(run)))
  const outputTokens = sum((run) => (isLyingZero(run) ? undefined : run.cost.output_tokens))
  return {
    ...(usd === undefined ? {} : { usd }),
    ...(totalTokens === undefined ? {} : { totalTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    isLowerBound: runs.some(({ cost }) => cost.basis === 'lower_bound'),
  }
}

/** A sum of decimal fractions, without the noise of binary ones. */
const rounded = (sum: number): number => Number(sum.toFixed(9))

const totalOf = ({ cost }: AgentRun): number | null | undefined => {
  const { total_tokens, input_tokens, output_tokens } = cost
  if (typeof total_tokens === 'number') return total_tokens
  return typeof input_tokens === 'number' && typeof output_tokens === 'number'
    ? input_tokens + output_tokens
    : undefined
}

/** Zero tokens beside an answer of a model: whoever wrote that did not count (AR-COST-010). */
const isLyingZero = (run: AgentRun): boolean =>
  totalOf(run) === 0 &&
  run.steps.some(({ type, status, cache_hit }) => type === 'model_call' && status === 'succeeded' && cache_hit !== true)
