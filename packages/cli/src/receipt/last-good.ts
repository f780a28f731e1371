import {
  createLastGoodFinder,
  describeRun,
  diffRuns,
  type FactKind,
  type LastGood,
  type RunDescription,
} from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { FoundRun } from '../querying/find-run.ts'
import type { LastGoodFact } from './facts.ts'

/** What decides which run is the last good one; the rest of a description need not be kept. */
const TELLING: ReadonlySet<FactKind> = new Set(['agent_id', 'task_id', 'benchmark_id', 'repository', 'baseline'])

/** A run among others that are shown; the record is kept of few. */
interface Shown extends RunDescription {
  readonly run: AgentRun | undefined
}

/** Differences of longer runs are not counted: their records would have to be kept. */
const MOST_STEPS = 2000

/** Runs that are shown together, of which one may be the last good run before another. */
export class ShownRuns {
  readonly #shown = new Map<string, Shown>()

  /** Takes a valid record; of very many the first ones count. */
  add(run: AgentRun, most: { readonly runs: number; readonly records: number }): void {
    if (this.#shown.size >= most.runs || this.#shown.has(run.id)) return
    const { summary, facts } = describeRun(run)
    const kept = facts.filter(({ kind }) => TELLING.has(kind))
    const isKept = this.#shown.size < most.records && run.steps.length <= MOST_STEPS
    this.#shown.set(run.id, { summary, facts: kept, run: isKept ? run : undefined })
  }

  /** The last good run before a run that was added. */
  before(id: string): LastGoodFact | undefined {
    const shown = this.#shown.get(id)
    if (shown === undefined) return undefined
    const finder = createLastGoodFinder<Shown>(shown)
    for (const each of this.#shown.values()) finder.offer(each)
    const found = finder.found()
    if (found === undefined) return undefined
    const { criterion, run: good } = found
    return { run: good.summary.id, criterion, differences: shown.run && good.run && count(good.run, shown.run) }
  }
}

/** What a receipt says of the last good run before a run. */
export const lastGoodFact = ({ criterion, run: good }: LastGood<FoundRun>, run: AgentRun): LastGoodFact => ({
  run: good.run.id,
  criterion,
  differences: run.steps.length <= MOST_STEPS && good.run.steps.length <= MOST_STEPS ? count(good.run, run) : undefined,
})

const count = (before: AgentRun, after: AgentRun): number => {
  const { configuration, results, effects, cost, counts } = diffRuns(before, after, { limit: Number.MAX_SAFE_INTEGER })
  const steps = counts.changed + counts.added + counts.removed
  return configuration.length + steps + results.length + effects.length + cost.length
}
