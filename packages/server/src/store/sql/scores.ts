import type { ScoreGroup, ScoreQuery } from '../store.ts'
import type { Query } from './select-runs.ts'

/** Row that {@link selectScores} gives. Numbers may come as text, as PostgreSQL gives large ones. */
export interface ScoreRow {
  readonly benchmark_id: string | null
  readonly grouped: string | null
  readonly runs: number | string
  readonly passed: number | string
  readonly mean_score: number | null
  readonly cost_total: number | null
  readonly cost_known: number | string
  readonly mean_duration: number | null
  readonly duration_known: number | string
}

/** Groups of the current evaluations of a tenant, best first. */
export const selectScores = (tenant: string, query: ScoreQuery): Query => {
  const one = query.benchmarkId !== undefined
  return {
    text: `SELECT benchmark_id, ${query.groupBy} AS grouped, count(*) AS runs,
      sum(CASE WHEN pass THEN 1 ELSE 0 END) AS passed, avg(score) AS mean_score,
      sum(cost_usd) AS cost_total, count(cost_usd) AS cost_known,
      avg(duration_ms) AS mean_duration, count(duration_ms) AS duration_known
      FROM scores WHERE tenant = ?${one ? ' AND benchmark_id = ?' : ''} GROUP BY benchmark_id, ${query.groupBy}
      ORDER BY avg(CASE WHEN pass THEN 1.0 ELSE 0.0 END) DESC, avg(score) DESC NULLS LAST,
      benchmark_id NULLS LAST, ${query.groupBy} NULLS LAST LIMIT ?`,
    parameters: query.benchmarkId === undefined ? [tenant, query.limit] : [tenant, query.benchmarkId, query.limit],
  }
}

export const scoreGroupOf = (row: ScoreRow): ScoreGroup => ({
  benchmarkId: row.benchmark_id ?? undefined,
  group: row.grouped ?? undefined,
  runs: Number(row.runs),
  passed: Number(row.passed),
  meanScore: row.mean_score ?? undefined,
  costUsdTotal: row.cost_total ?? undefined,
  costKnown: Number(row.cost_known),
  meanDurationMs: row.mean_duration ?? undefined,
  durationKnown: Number(row.duration_known),
})
