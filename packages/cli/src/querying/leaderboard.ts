import type { AgentRun, LeaderboardGroup } from '@agent-run/types'

/** What runs are grouped by. */
export type GroupBy = 'agent_id' | 'model' | 'runtime'

/** Evaluated runs in groups, as `GET /evals/leaderboard` gives them: what is unknown is not zero. */
export class Leaderboard {
  readonly #by: GroupBy
  readonly #benchmarkId: string | undefined
  readonly #groups = new Map<string, Sums>()

  constructor(by: GroupBy, benchmarkId: string | undefined) {
    this.#by = by
    this.#benchmarkId = benchmarkId
  }

  /** Counts a run if it has an evaluation. */
  add(run: AgentRun): void {
    const { eval: evaluation, cost, duration_ms } = run
    if (!evaluation) return
    const benchmarkId = evaluation.benchmark_id ?? undefined
    if (this.#benchmarkId !== undefined && benchmarkId !== this.#benchmarkId) return
    const group = groupOf(run, this.#by)
    const key = JSON.stringify([benchmarkId ?? null, group ?? null])
    const sums = this.#groups.get(key) ?? {
      benchmarkId,
      group,
      runs: 0,
      passed: 0,
      score: 0,
      cost: none,
      duration: none,
    }
    this.#groups.set(key, {
      ...sums,
      runs: sums.runs + 1,
      passed: sums.passed + (evaluation.pass ? 1 : 0),
      score: sums.score + evaluation.score,
      cost: plus(sums.cost, cost.cost_usd),
      duration: plus(sums.duration, duration_ms),
    })
  }

  /** Best first: by share of passed runs, then by mean score, then by name. */
  groups(): LeaderboardGroup[] {
    const share = ({ passed, runs }: LeaderboardGroup): number => passed / runs
    const name = ({ benchmark_id, group }: LeaderboardGroup): string =>
      JSON.stringify([benchmark_id ?? null, group ?? null])
    return Array.from(this.#groups.values(), groupFrom).sort(
      (a, b) => share(b) - share(a) || (b.mean_score ?? 0) - (a.mean_score ?? 0) || (name(a) < name(b) ? -1 : 1),
    )
  }
}

interface Sum {
  readonly known: number
  readonly total: number
}

interface Sums {
  readonly benchmarkId: string | undefined
  readonly group: string | undefined
  readonly runs: number
  readonly passed: number
  readonly score: number
  readonly cost: Sum
  readonly duration: Sum
}

const none: Sum = { known: 0, total: 0 }

const plus = (sum: Sum, value: number | null | undefined): Sum =>
  typeof value === 'number' ? { known: sum.known + 1, total: sum.total + value } : sum

const groupOf = ({ agent_id, model, runtime, provenance }: AgentRun, by: GroupBy): string | undefined => {
  if (by === 'agent_id') return agent_id
  return (by === 'model' ? model : (runtime ?? provenance.runtime)) ?? undefined
}

const groupFrom = ({ benchmarkId, group, runs, passed, score, cost, duration }: Sums): LeaderboardGroup => ({
  ...(benchmarkId === undefined ? {} : { benchmark_id: benchmarkId }),
  ...(group === undefined ? {} : { group }),
  runs,
  passed,
  mean_score: score / runs,
  ...(cost.known === 0 ? {} : { cost_usd_total: cost.total }),
  cost_known: cost.known,
  ...(duration.known === 0 ? {} : { mean_duration_ms: duration.total / duration.known }),
  duration_known: duration.known,
})
