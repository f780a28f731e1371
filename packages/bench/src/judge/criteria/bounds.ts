import type { BenchCriterion } from '@agent-run/types'
import type { JudgedTrial } from '../judged-trial.ts'
import { met, missed, type Outcome } from '../outcome.ts'
import { costOf } from '../run-cost.ts'
import { number } from '../words.ts'

/** `cost`: what the record says that the run and its child runs consumed. What is unknown passes nothing. */
export function judgeCost(
  { max_usd, max_total_tokens, max_output_tokens }: BenchCriterion,
  trial: JudgedTrial,
): Outcome {
  const { usd, totalTokens, outputTokens, isLowerBound } = costOf(trial.runs)
  const bounds = [
    { most: max_usd, found: usd, unit: 'US dollars' },
    { most: max_total_tokens, found: totalTokens, unit: 'tokens' },
    { most: max_output_tokens, found: outputTokens, unit: 'output tokens' },
  ]
  const found: string[] = []
  for (const { most, found: amount, unit } of bounds) {
    if (most === undefined) continue
    const expected = `expected at most ${number(most)}`
    if (amount === undefined) return missed(`the cost in ${unit} is unknown; ${expected}`)
    if (amount > most) return missed(`cost ${number(amount)} ${unit}; ${expected}`, 'budget_exceeded')
    if (isLowerBound) return missed(`the cost in ${unit} is unknown: at least ${number(amount)}; ${expected}`)
    found.push(`${number(amount)} ${unit}`)
  }
  return met(`cost ${found.join(', ')}`)
}

/** `time`: how long the runtime took, by the clock of the bench. */
export function judgeTime({ max_ms }: BenchCriterion, { evidence }: JudgedTrial): Outcome {
  const { wallMs } = evidence.ending
  const took = `took ${seconds(wallMs)}`
  if (max_ms === undefined || wallMs <= max_ms) return met(took)
  return missed(`${took}; expected at most ${seconds(max_ms)}`, 'timeout')
}

const seconds = (ms: number): string => `${number(Math.round(ms) / 1000)} s`
