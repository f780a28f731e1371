import type { AgentRun, RunDiff, RunSummary } from '@agent-run/types'
import { describeRun } from '../query/index.ts'
import { compareSteps } from './compare-steps.ts'
import { configurationOf } from './configuration.ts'
import { compareSettings } from './difference.ts'
import { countInRuns } from './members.ts'
import { compareNumbers, countReads, effectsOf, isKnownChange, resultsOf, withoutEffects } from './outcome.ts'
import { Suppression } from './suppression.ts'

/** A comparison that took place: unlike one with no last good run, it has all its parts. */
export type RunComparison = RunDiff & Required<Omit<RunDiff, 'criterion' | 'divergence' | 'metadata'>>

/** What may be known or wanted beyond the records. */
export interface DiffOptions {
  /** Heads of the runs with what only the caller knows, such as levels. */
  readonly summaries?: { readonly before: RunSummary; readonly after: RunSummary }
  /** Most entries in each list; the rest is counted. Default 200. */
  readonly limit?: number
}

/**
 * What differs between two runs: configuration first, then where they part, then their steps side by side, then what came of
 * it. Ids, times, seals, words of models and output of tools differ between any two runs; such differences are counted and
 * not listed. Takes bounded time and memory however many steps there are.
 * @param before a valid record, the one to compare with
 * @param after a valid record, the one that was asked about
 */
export const diffRuns = (before: AgentRun, after: AgentRun, options: DiffOptions = {}): RunComparison => {
  const { limit = 200 } = options
  const suppressed = new Suppression()
  const bounded = <T>(list: readonly T[]): T[] => suppressed.limit(list, limit)
  const configuration = compareSettings(configurationOf(before), configurationOf(after))
  const { divergence, steps, counts, isExact } = compareSteps(before, after, suppressed, limit)
  const effects = compareSettings(effectsOf(before), effectsOf(after)).filter(isKnownChange)
  const results = withoutEffects(compareSettings(resultsOf(before), resultsOf(after)), effects)
  const cost = compareNumbers(before, after)
  countReads(before, after, suppressed)
  countInRuns(before, after, suppressed)
  const { summaries = { before: describeRun(before).summary, after: describeRun(after).summary } } = options
  return {
    run_id: after.id,
    against: before.id,
    same:
      counts.changed + counts.added + counts.removed === 0 &&
      [configuration, results, effects, cost].every((list) => list.length === 0),
    before: summaries.before,
    after: summaries.after,
    configuration: bounded(configuration),
    ...(divergence === undefined ? {} : { divergence }),
    steps: [...steps],
    results: bounded(results),
    effects: bounded(effects),
    cost,
    counts,
    alignment: isExact ? 'exact' : 'bounded',
    suppressed: suppressed.list,
  }
}
