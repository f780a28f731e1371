import type { Score } from '../store.ts'
import { bigintArray, booleanArray, doubleArray, textArray } from './arrays.ts'
import { columnText } from './text.ts'
import type { Transaction } from './transaction.ts'

/** The current evaluation of a run. */
export interface OwnedScore {
  readonly tenant: string
  readonly run: number
  readonly score: Score
}

const INSERT = `INSERT INTO scores (tenant, run, benchmark_id, pass, score, agent_id, model, runtime, cost_usd,
    duration_ms, at)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::boolean[], $5::double precision[], $6::text[],
    $7::text[], $8::text[], $9::double precision[], $10::double precision[], $11::text[])`
const DELETE = 'DELETE FROM scores WHERE tenant = $1 AND run = $2'

export const insertScores = (transaction: Transaction, rows: readonly OwnedScore[]): void => {
  if (rows.length === 0) return
  const text = (take: (score: Score) => string | undefined): Buffer =>
    textArray(
      rows.map(({ score }) => {
        const value = take(score)
        return value === undefined ? undefined : columnText(value)
      }),
    )
  transaction.send(INSERT, [
    textArray(rows.map(({ tenant }) => tenant)),
    bigintArray(rows.map(({ run }) => run)),
    text(({ benchmarkId }) => benchmarkId),
    booleanArray(rows.map(({ score }) => score.pass)),
    doubleArray(rows.map(({ score }) => score.score)),
    text(({ agentId }) => agentId),
    text(({ model }) => model),
    text(({ runtime }) => runtime),
    doubleArray(rows.map(({ score }) => score.costUsd)),
    doubleArray(rows.map(({ score }) => score.durationMs)),
    text(({ at }) => at),
  ])
}

export const deleteScore = (transaction: Transaction, tenant: string, run: number): void =>
  transaction.send(DELETE, [tenant, run])
