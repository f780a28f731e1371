import type { Fact, RunFilter } from '@agent-run/core'
import { writePlace } from '../sql/cursor.ts'
import { type IndexedFact, RECEIVED } from '../sql/facts.ts'
import { erasedOf, runOf, summaryOf } from '../sql/rows.ts'
import { askedFacts, countRuns, selectRuns } from '../sql/select-runs.ts'
import type { ErasedRun, FactValue, Page, PageRequest, StoredRun } from '../store.ts'
import type { Connection } from './connection.ts'
import { findErased, findRun, readBody } from './find-run.ts'

export const readRun = (connection: Connection, tenant: string, id: string): StoredRun | ErasedRun | undefined => {
  const row = findRun(connection, tenant, id)
  if (row !== undefined) return runOf(row, readBody(connection, row.run))
  const erased = findErased(connection, tenant, id)
  return erased && erasedOf(erased)
}

interface ListedRow {
  readonly summary: string
  readonly received_at: string
  readonly sort_at: string
  readonly run: number
}

/** A page of summaries, newest first. */
export const listRuns = (
  connection: Connection,
  tenant: string,
  filter: RunFilter,
  { limit, after }: PageRequest,
): Page<StoredRun['summary']> => {
  const lead = rarest(connection, tenant, filter)
  const rows = connection.select<ListedRow>(selectRuns(tenant, filter, lead, limit + 1, after))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(summaryOf),
    next: last && writePlace({ sortAt: last.sort_at, run: last.run }),
  }
}

export const countMatching = (connection: Connection, tenant: string, filter: RunFilter, most: number): number =>
  countOf(connection, tenant, filter, rarest(connection, tenant, filter), most)

/** Steps in which rows of a fact are counted; beyond the last it no longer matters which fact is rarer. */
const COUNTED = [30, 200, 1_000]

/** Of several facts that a filter asks for, the one that the fewest runs have. */
const rarest = (connection: Connection, tenant: string, filter: RunFilter): IndexedFact => {
  const facts = askedFacts(filter)
  if (facts.length === 1) return facts[0]!
  for (const most of COUNTED) {
    const counted = facts.map((fact) => {
      const alone = { ...filter, facts: [fact as Fact] }
      return { fact, count: countOf(connection, tenant, alone, fact, most) }
    })
    const least = counted.reduce((one, other) => (other.count < one.count ? other : one))
    if (least.count < most) return least.fact
  }
  return facts[0]!
}

const countOf = (connection: Connection, tenant: string, filter: RunFilter, lead: IndexedFact, most: number): number =>
  connection.select<{ readonly count: number }>(countRuns(tenant, filter, lead, most))[0]?.count ?? 0

const NEXT_VALUE = `SELECT f.value, f.sort_at, r.id FROM facts f JOIN runs r ON r.tenant = f.tenant AND r.run = f.run
  WHERE f.tenant = ? AND f.kind = ? AND f.value > ? ORDER BY f.value, f.sort_at DESC, f.run DESC LIMIT 1`

/** Distinct values with their newest run. Jumps from value to value: the number of runs does not matter. */
export const listFactValues = (
  connection: Connection,
  tenant: string,
  kind: Fact['kind'],
  { limit, after }: PageRequest,
): Page<FactValue> => {
  const items: FactValue[] = []
  let value = after ?? ''
  for (;;) {
    const row = connection.get<{ readonly value: string; readonly sort_at: string; readonly id: string }>(
      NEXT_VALUE,
      tenant,
      kind,
      value,
    )
    if (row === undefined) return { items, next: undefined }
    if (items.length === limit) return { items, next: value }
    items.push({ value: row.value, lastRunId: row.id, lastAt: row.sort_at })
    value = row.value
  }
}

const RECEIVED_BEFORE = `SELECT r.id FROM facts f JOIN runs r ON r.tenant = f.tenant AND r.run = f.run
  WHERE f.tenant = ? AND f.kind = '${RECEIVED}' AND f.value < ? ORDER BY f.value, f.run LIMIT ?`

export const listReceivedBefore = (
  connection: Connection,
  tenant: string,
  before: string,
  limit: number,
): readonly string[] =>
  connection.all<{ readonly id: string }>(RECEIVED_BEFORE, tenant, before, limit).map(({ id }) => id)
