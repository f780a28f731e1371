import type { RunSummary } from '@agent-run/types'
import type { RunDescription } from './describe-run.ts'
import { type FactKind, factValue } from './fact.ts'
import { matchesRun, type RunFilter, timeOf } from './run-filter.ts'

/** Why a run is the one to compare with. */
export type LastGoodCriterion = 'baseline' | 'task' | 'benchmark' | 'repository'

/** One place to look for the last good run. */
export interface LastGoodSearch {
  readonly criterion: LastGoodCriterion
  /** Of a baseline: the id that the record names; it is taken as it is. */
  readonly runId?: string
  /** Otherwise: among these runs the newest that is good. */
  readonly filter?: RunFilter
}

/** The run to compare with. */
export interface LastGood<T> {
  readonly criterion: LastGoodCriterion
  readonly run: T
}

/** Whether a run counts as good: its eval passes, or it has none and its outcome is success. */
export const isGood = ({ outcome, eval: evaluation }: Pick<RunSummary, 'outcome' | 'eval'>): boolean =>
  evaluation === undefined ? outcome === 'success' : evaluation.pass

/**
 * Where to look for the last good run before this one, the best rank first; of what the
 * searches of one rank find, the newest good run counts.
 */
export const searchesForLastGood = ({ summary, facts }: RunDescription): readonly (readonly LastGoodSearch[])[] => {
  const valuesOf = (kind: FactKind): string[] => facts.filter((fact) => fact.kind === kind).map(({ value }) => value)
  const ranks: LastGoodSearch[][] = [
    valuesOf('baseline').map((runId): LastGoodSearch => ({ criterion: 'baseline', runId })),
  ]
  const until = timeOf(summary)
  const [agent] = valuesOf('agent_id')
  // What ran before nobody knows when, or for an unknown agent, is nothing to compare with.
  if (until === undefined || agent === undefined || agent === 'unknown') return ranks
  const same = (criterion: LastGoodCriterion, kind: FactKind): LastGoodSearch[] =>
    valuesOf(kind).map((value) => ({
      criterion,
      filter: {
        facts: [
          { kind: 'agent_id', value: agent },
          { kind, value },
        ],
        until,
      },
    }))
  ranks.push([...same('task', 'task_id'), ...same('benchmark', 'benchmark_id')])
  ranks.push(same('repository', 'repository'))
  return ranks
}

/** Looks for the last good run among candidates that come one after the other, in any order. */
export interface LastGoodFinder<T> {
  /** Looks at one more candidate. Keeps at most one of each rank. */
  offer(candidate: T): void
  /** The best so far; `undefined`: none is known. */
  found(): LastGood<T> | undefined
}

/**
 * Looks for the run to compare a run with: an explicit baseline; else the newest earlier good run of the same agent with the
 * same task or benchmark; else with the same repository.
 */
export const createLastGoodFinder = <T extends RunDescription>(run: RunDescription): LastGoodFinder<T> => {
  const ranks = searchesForLastGood(run)
  const best: (LastGood<T> | undefined)[] = ranks.map(() => undefined)
  return {
    offer(candidate) {
      if (candidate.summary.id === run.summary.id) return
      for (const [rank, searches] of ranks.entries()) {
        const search = searches.find((each) => fits(each, candidate))
        if (search && !isAsNew(best[rank]?.run, candidate)) best[rank] = { criterion: search.criterion, run: candidate }
      }
    },
    found: () => best.find((each) => each !== undefined),
  }
}

/** The last good run among some candidates: see {@link createLastGoodFinder}. */
export const lastGood = <T extends RunDescription>(
  run: RunDescription,
  candidates: Iterable<T>,
): LastGood<T> | undefined => {
  const finder = createLastGoodFinder<T>(run)
  for (const candidate of candidates) finder.offer(candidate)
  return finder.found()
}

const fits = ({ runId, filter }: LastGoodSearch, candidate: RunDescription): boolean =>
  filter === undefined
    ? factValue(candidate.summary.id) === runId
    : isGood(candidate.summary) && matchesRun(candidate, filter)

/** Whether the run found so far is at least as new as a candidate. */
const isAsNew = (found: RunDescription | undefined, candidate: RunDescription): boolean =>
  found !== undefined && (timeOf(found.summary) ?? '') >= (timeOf(candidate.summary) ?? '')
