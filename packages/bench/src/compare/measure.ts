import type { BenchChange, BenchTrial } from '@agent-run/types'
import { mean, measures } from '../report/totals.ts'
import { fisherExact, leastFisher } from './fisher.ts'
import { permutationTest, type Stratum } from './permutation.ts'

/** What two bench runs are compared in. */
export type Measure = BenchChange['measure']

/** All measures, those that matter most first. */
export const measureNames: readonly Measure[] = ['pass', 'score', 'cost', 'duration']

/** By how much a measure has to differ, and when a difference is sure. */
export interface Thresholds {
  /** Points of score. */
  readonly score: number
  /** Percent of cost and duration. */
  readonly slackPercent: number
  /** Most probability of chance, from 0 to 1, at which a difference is sure. */
  readonly significance: number
}

/** The trials of a scenario on both sides. */
export interface Pair {
  readonly before: readonly BenchTrial[]
  readonly after: readonly BenchTrial[]
}

/** Differences below this are those of floating-point numbers. */
const TOLERANCE = 1e-9

/** One measure of scenarios that both runs have: of one, or of all of them, each counting the same. */
export const compareMeasure = (measure: Measure, pairs: readonly Pair[], thresholds: Thresholds): BenchChange => {
  const strata = pairs
    .map((pair): Stratum => ({ before: valuesOf(measure, pair.before), after: valuesOf(measure, pair.after) }))
    .filter(({ before, after }) => before.length > 0 && after.length > 0)
  const before = mean(strata.map((each) => mean(each.before) ?? 0))
  const after = mean(strata.map((each) => mean(each.after) ?? 0))
  if (before === undefined || after === undefined) {
    const alone = (side: 'before' | 'after') => mean(pairs.flatMap((pair) => valuesOf(measure, pair[side])))
    const [one, other] = [alone('before'), alone('after')]
    return {
      measure,
      ...(one === undefined ? {} : { before: one }),
      ...(other === undefined ? {} : { after: other }),
      verdict: 'unknown',
      confidence: 'none',
    }
  }
  const verdict = verdictOf(measure, before, after, thresholds)
  if (Math.abs(after - before) <= TOLERANCE * Math.max(1, Math.abs(before)))
    return { measure, before, after, verdict, confidence: 'none' }
  return { measure, before, after, verdict, ...tested(measure, strata, thresholds.significance) }
}

const valuesOf = (measure: Measure, trials: readonly BenchTrial[]): readonly number[] => {
  if (measure === 'pass') return trials.map(({ pass }) => (pass ? 1 : 0))
  if (measure === 'score') return trials.map(({ score }) => score)
  return measure === 'cost' ? measures(trials, 'cost_usd') : trials.map(({ wall_ms }) => wall_ms)
}

const verdictOf = (measure: Measure, before: number, after: number, thresholds: Thresholds): BenchChange['verdict'] => {
  const gain = measure === 'pass' || measure === 'score' ? after - before : before - after
  // Slack is a part of the smaller of the two, so that a change and its reverse are judged alike.
  const least =
    measure === 'pass'
      ? 0
      : measure === 'score'
        ? thresholds.score
        : (Math.min(before, after) * thresholds.slackPercent) / 100
  if (Math.abs(gain) <= least + TOLERANCE) return 'same'
  return gain > 0 ? 'better' : 'worse'
}

type Tested = Pick<BenchChange, 'confidence' | 'p_value' | 'method'>

const tested = (measure: Measure, strata: readonly Stratum[], significance: number): Tested => {
  const [only] = strata
  if (measure === 'pass' && strata.length === 1 && only !== undefined) {
    const passes = (values: readonly number[]) => ({ passed: values.filter(Boolean).length, trials: values.length })
    const p = fisherExact(passes(only.before), passes(only.after))
    const least = leastFisher(only.before.length, only.after.length)
    return { ...judged(p, least, significance), method: 'Fisher’s exact test, two-sided' }
  }
  const { p, exact, least } = permutationTest(strata)
  const what = strata.length === 1 ? 'of the mean' : 'within scenarios'
  return {
    ...judged(p, least, significance),
    method: `${exact ? 'an exact permutation test' : 'a permutation test (20,000 draws)'} ${what}, two-sided`,
  }
}

/** Where even the clearest result would not be sure, the number of repeats is to blame and nothing else. */
const judged = (p: number, least: number, significance: number): Pick<Tested, 'confidence' | 'p_value'> => ({
  confidence: least > significance + TOLERANCE ? 'too_few' : p <= significance + TOLERANCE ? 'sure' : 'chance',
  p_value: Number(p.toPrecision(6)),
})
