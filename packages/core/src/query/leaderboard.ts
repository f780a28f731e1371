import type { AgentRun, LeaderboardGroup } from '@agent-run/types'

/** What runs are grouped by. */
export type GroupBy = 'agent_id' | 'model' | 'runtime'

/** What counts of an evaluated run. */
export interface Evaluation {
  readonly groups: Readonly<Record<GroupBy, string | null>>
  readonly benchmarkId: string | null
  readonly pass: boolean
  readonly score: number
  readonly cost: number | null
  readonly duration: number | null
}

/** What counts of a run; undefined if it has no evaluation. */
export const evaluationOf = (run: AgentRun): Evaluation | undefined => {
  const { eval: evaluation, agent_id, model, runtime, provenance, cost, duration_ms } = run
  return (
    evaluation && {
      groups: { agent_id, model: model ?? null, runtime: runtime ?? provenance.runtime ?? null },
      benchmarkId: evaluation.benchmark_id ?? null,
      pass: evaluation.pass,
      score: evaluation.score,
      cost: cost.cost_usd ?? null,
      duration: duration_ms ?? null,
    }
  )
}

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
  add(evaluation: Evaluation | undefined): void {
    if (!evaluation) return
    const { groups, benchmarkId, pass, score, cost, duration } = evaluation
    if (this.#benchmarkId !== undefined && benchmarkId !== this.#benchmarkId) return
    const group = groups[this.#by]
    const key = JSON.stringify([benchmarkId, group])
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
      passed: sums.passed + (pass ? 1 : 0),
      score: sums.score + score,
      cost: plus(sums.cost, cost),
      duration: plus(sums.duration, duration),
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
  readonly benchmarkId: string | null
  readonly group: string | null
  readonly runs: number
  readonly passed: number
  readonly score: number
  readonly cost: Sum
  readonly duration: Sum
}

const none: Sum = { known: 0, total: 0 }

const plus = (sum: Sum, value: number | null): Sum =>
  value !== null ? { known: sum.known + 1, total: sum.total + value } : sum

const groupFrom = ({ benchmarkId, group, runs, passed, score, cost, duration }: Sums): LeaderboardGroup => ({
  ...(benchmarkId === null ? {} : { benchmark_id: benchmarkId }),
  ...(group === null ? {} : { group }),
  runs,
  passed,
  mean_score: score / runs,
  ...(cost.known === 0 ? {} : { cost_usd_total: cost.total }),
  cost_known: cost.known,
  ...(duration.known === 0 ? {} : { mean_duration_ms: duration.total / duration.known }),
  duration_known: duration.known,
})
