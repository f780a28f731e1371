import { type Evaluation, type GroupBy, Leaderboard as Groups } from '@agent-run/core'
import { visibleName } from '@agent-run/core/text'
import type { Leaderboard } from '@agent-run/types'
import { groupBy } from '../report/group.ts'

/** For what runs are ranked: each scenario, each pack, or everything at once. */
export type Per = 'scenario' | 'pack' | 'all'

/** A leaderboard, best first. What is unknown, a cost above all, is not zero. */
export const leaderboardOf = (evaluations: readonly Evaluation[], by: GroupBy, per: Per): Leaderboard => {
  const groups = new Groups(by, undefined)
  for (const evaluation of evaluations) groups.add({ ...evaluation, benchmarkId: benchmarkOf(evaluation, per) })
  return { by, groups: groups.groups() }
}

/**
 * Who has run fewer scenarios of a benchmark than all together, in sentences: such ranks are of different things.
 * Nothing where each scenario has a table of its own.
 */
export const unevenScenarios = (evaluations: readonly Evaluation[], by: GroupBy, per: Per): readonly string[] => {
  if (per === 'scenario') return []
  const known = evaluations.filter(({ benchmarkId }) => benchmarkId !== null)
  return Array.from(
    groupBy(known, (each) => benchmarkOf(each, per) ?? 'all benchmarks'),
    ([benchmark, each]) => {
      const all = scenariosOf(each).size
      const fewer = Array.from(
        groupBy(each, ({ groups }) => groups[by] ?? '(not named)'),
        ([name, own]) => ({ name, count: scenariosOf(own).size }),
      ).filter(({ count }) => count < all)
      const words = fewer.slice(0, MOST_NAMED).map(({ name, count }) => `${visibleName(name)} ${count} of ${all}`)
      const others = fewer.length > MOST_NAMED ? [`${fewer.length - MOST_NAMED} others fewer as well`] : []
      return fewer.length === 0
        ? []
        : [`${visibleName(benchmark)}: not all have run the same scenarios: ${[...words, ...others].join(', ')}`]
    },
  ).flat()
}

/** Names in one sentence. */
const MOST_NAMED = 5

const scenariosOf = (evaluations: readonly Evaluation[]): ReadonlySet<string | null> =>
  new Set(evaluations.map(({ benchmarkId }) => benchmarkId))

/** A pack's name is what stands before the scenario's. */
const benchmarkOf = ({ benchmarkId }: Evaluation, per: Per): string | null => {
  if (per === 'scenario' || benchmarkId === null) return per === 'all' ? null : benchmarkId
  return per === 'pack' ? benchmarkId.replace(/\/[^/]*$/, '') : null
}
