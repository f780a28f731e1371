import type { BenchChange, BenchComparison, BenchReport, BenchScenarioComparison, BenchSide } from '@agent-run/types'
import { byScenario, totalsOf } from '../report/totals.ts'
import { compareMeasure, type Measure, measureNames, type Pair, type Thresholds } from './measure.ts'
import { notesOf } from './notes.ts'
import { bestOf } from './regression.ts'

/** What makes a comparison end badly. */
export type FailOn = Measure | 'missing'

/** All of them. */
export const failOnNames: readonly FailOn[] = [...measureNames, 'missing']

/** How two bench runs are compared. */
export interface CompareOptions extends Thresholds {
  readonly failOn: readonly FailOn[]
  /** Only differences that are sure count. */
  readonly onlySure: boolean
}

/** Points of score, and percent of cost and duration, by which runs have to differ unless it is said otherwise. */
export const defaults: CompareOptions = {
  score: 5,
  slackPercent: 20,
  significance: 0.05,
  failOn: ['pass', 'score', 'missing'],
  onlySure: false,
}

/** A report and what the person who compares calls it. */
export interface Side {
  readonly name: string
  readonly report: BenchReport
}

/**
 * Two bench runs side by side. Compared are scenarios of the same name; what one side alone has, and what makes the two
 * hard to compare, is said.
 */
export const compareReports = (before: Side, after: Side, options: CompareOptions = defaults): BenchComparison => {
  const [one, other] = [byScenario(before.report.trials), byScenario(after.report.trials)]
  const titles = new Map(
    [...before.report.scenarios, ...after.report.scenarios].flatMap(({ scenario, title }) =>
      title === undefined ? [] : [[scenario, title] as const],
    ),
  )
  const isLeftOut = (scenario: string): boolean =>
    after.report.only !== undefined && !after.report.only.includes(scenario)
  const scenarios = [...new Set([...one.keys(), ...other.keys()])].map((scenario): BenchScenarioComparison => {
    const [earlier = [], later = []] = [one.get(scenario), other.get(scenario)]
    const title = titles.get(scenario)
    const named = { scenario, ...(title === undefined ? {} : { title }) }
    if (later.length === 0) {
      const regression = options.failOn.includes('missing') && !isLeftOut(scenario)
      return { ...named, verdict: 'only_before', regression, before: totalsOf(earlier), changes: [] }
    }
    if (earlier.length === 0)
      return { ...named, verdict: 'only_after', regression: false, after: totalsOf(later), changes: [] }
    return { ...named, ...comparison([{ before: earlier, after: later }], options) }
  })
  const shared = [...one.keys()].filter((scenario) => other.has(scenario))
  const pairs = shared.map((scenario): Pair => ({ before: one.get(scenario) ?? [], after: other.get(scenario) ?? [] }))
  const { regression_from: _, ...whole } = comparison(pairs, options)
  const regressions = scenarios.filter(({ regression }) => regression).length
  return {
    comparison: '1',
    before: sideOf(before),
    after: sideOf(after),
    score_threshold: options.score,
    slack_percent: options.slackPercent,
    significance: options.significance,
    only_sure: options.onlySure,
    fail_on: [...options.failOn],
    notes: notesOf(before.report, after.report),
    scenarios,
    whole,
    regressions,
    improvements: scenarios.filter((each) => each.verdict === 'better' && (!options.onlySure || isSure(each, options)))
      .length,
    pass: regressions === 0 && !whole.regression,
  }
}

const comparison = (pairs: readonly Pair[], options: CompareOptions): BenchScenarioComparison => {
  const before = pairs.flatMap((pair) => pair.before)
  const after = pairs.flatMap((pair) => pair.after)
  const changes = measureNames.map((measure) => compareMeasure(measure, pairs, options))
  const counted = changes.filter(({ measure }) => options.failOn.includes(measure))
  const worse = counted.filter(({ verdict }) => verdict === 'worse')
  const verdict =
    worse.length > 0
      ? 'worse'
      : counted.some((each) => each.verdict === 'better')
        ? 'better'
        : counted.length > 0 && counted.every((each) => each.verdict === 'unknown')
          ? 'unknown'
          : 'same'
  const regression = worse.some(({ confidence }) => !options.onlySure || confidence === 'sure')
  const better = regression ? bestOf(before)?.run_id : undefined
  return {
    verdict,
    regression,
    before: totalsOf(before),
    after: totalsOf(after),
    ...(better === undefined ? {} : { regression_from: better }),
    changes,
  }
}

const isSure = ({ changes }: BenchScenarioComparison, { failOn }: CompareOptions): boolean =>
  changes.some(
    ({ measure, verdict, confidence }: BenchChange) =>
      failOn.includes(measure) && verdict === 'better' && confidence === 'sure',
  )

const sideOf = ({ name, report }: Side): BenchSide => ({
  name,
  id: report.id,
  pack: report.pack,
  runtime: report.runtime,
  seed: report.seed,
  repeats: report.repeats,
  trials: report.trials.length,
  started_at: report.started_at,
})
