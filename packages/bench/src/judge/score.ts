import type { Judged } from './outcome.ts'

/** What decides besides the criteria of a scenario. */
export interface ScoreSettings {
  /** Score that has to be reached to pass; absent: only what is required counts. */
  readonly passScore?: number | undefined
  /** A rule that always holds was broken: no pass. */
  readonly isBroken: boolean
  /** One of those that void a trial was: score 0. */
  readonly isVoid: boolean
}

/**
 * The score is the mean of the criteria's scores by their weights, to two decimals; if no criterion has a weight, each counts the same.
 * A trial passes if every required criterion is met, no rule is broken and the score is reached.
 */
export function scoreOf(
  judged: readonly Judged[],
  { passScore = 0, isBroken, isVoid }: ScoreSettings,
): { readonly pass: boolean; readonly score: number } {
  const weighs = judged.some(({ criterion }) => criterion.weight !== 0)
  // Relative to the largest, so that no sum of weights is beyond what a number can hold.
  const largest = weighs ? Math.max(...judged.map(({ criterion }) => criterion.weight ?? 1)) : 1
  const weightOf = ({ criterion }: Judged): number => (weighs ? (criterion.weight ?? 1) / largest : 1)
  const total = judged.reduce((sum, each) => sum + weightOf(each), 0)
  const sum = judged.reduce((points, each) => points + weightOf(each) * each.outcome.score, 0)
  const mean = total === 0 ? 100 : Math.min(100, Math.max(0, sum / total))
  const isComplete = judged.every(
    ({ criterion, outcome }) => weightOf({ criterion, outcome }) === 0 || outcome.score === 100,
  )
  // What is not complete is not rounded up to the whole.
  const score = isVoid ? 0 : isComplete ? 100 : Math.min(99.99, Math.round(mean * 100) / 100)
  const isMet = judged.every(({ criterion, outcome }) => criterion.required === false || outcome.score === 100)
  return { pass: isMet && !isBroken && score >= passScore, score }
}
