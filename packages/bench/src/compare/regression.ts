import type { BenchReport, BenchTrial } from '@agent-run/types'
import { mean } from '../report/totals.ts'

/** Points of score by which a trial has to be worse than its baseline was on average, unless it lost a pass. */
const THRESHOLD = 5

/** What of a baseline's trial is named as the one that did better. */
export interface Better {
  readonly runId: string
  readonly pass: boolean
  readonly score: number
}

/**
 * Whether a trial is a regression from a baseline: it did not pass what the baseline passed in most of its repeats, or its
 * score is lower than the baseline's mean by more than 5 points.
 * @returns the run of the baseline that did best at it; undefined: no regression, or nothing to compare with
 */
export const regressionFrom = (
  baseline: BenchReport,
  scenario: string,
  evaluation: { readonly pass: boolean; readonly score: number },
): Better | undefined => {
  const trials = baseline.trials.filter((trial) => trial.scenario === scenario)
  const best = bestOf(trials)
  if (best?.run_id === undefined) return undefined
  const lost = !evaluation.pass && trials.filter(({ pass }) => pass).length * 2 > trials.length
  const fell = (mean(trials.map(({ score }) => score)) ?? 0) - evaluation.score > THRESHOLD
  return lost || fell ? { runId: best.run_id, pass: best.pass, score: best.score } : undefined
}

/** The trial that did best, of those whose record can be named: passed before failed, then by score, the first of equals. */
export const bestOf = (trials: readonly BenchTrial[]): BenchTrial | undefined =>
  trials
    .filter(({ run_id }) => run_id !== undefined)
    .toSorted((a, b) => Number(b.pass) - Number(a.pass) || b.score - a.score)[0]
