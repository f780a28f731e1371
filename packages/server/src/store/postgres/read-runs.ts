import type { Fact, RunFilter } from '@agent-run/core'
import { writePlace } from '../sql/cursor.ts'
import type { IndexedFact } from '../sql/facts.ts'
import { erasedOf, runOf, summaryOf } from '../sql/rows.ts'
import { keyAt } from '../sql/run-key.ts'
import { askedFacts, countRuns, numbered, type Query, selectRuns } from '../sql/select-runs.ts'
import type { ErasedRun, FactValue, Page, PageRequest, StoredRun } from '../store.ts'
import type { Connection } from './connection.ts'
import { findErased, KEYED_COLUMNS, type KeyedRun, keyedRun } from './find-run.ts'
import { columnText } from './text.ts'

const ONE = `SELECT ${KEYED_COLUMNS}, b.body FROM runs r JOIN bodies b ON b.tenant = r.tenant AND b.run = r.run
  WHERE r.tenant = $1 AND r.id = $2`

export const readRun = async (
  connection: Connection,
  tenant: string,
  id: string,
): Promise<StoredRun | ErasedRun | undefined> => {
  const [row] = await connection.all<KeyedRun & { readonly body: Uint8Array }>(ONE, [tenant, columnText(id)])
  if (row !== undefined) return runOf(keyedRun(row), row.body)
  const erased = await findErased(connection, tenant, id)
  return erased && erasedOf(erased)
}

const select = <Row>(connection: Connection, { text, parameters }: Query): Promise<Row[]> =>
  connection.all<Row>(numbered(text), parameters)

interface ListedRow {
  readonly summary: string
  readonly received_at: string
  readonly sort_at: string
  readonly run: number
}

/** A page of summaries, newest first. */
export const listRuns = async (
  connection: Connection,
  tenant: string,
  filter: RunFilter,
  { limit, after }: PageRequest,
): Promise<Page<StoredRun['summary']>> => {
  if (!isAskable(filter)) return { items: [], next: undefined }
  const lead = await rarest(connection, tenant, filter)
  const rows = await select<ListedRow>(connection, selectRuns(tenant, filter, lead, limit + 1, after))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(summaryOf),
    next: last && writePlace({ sortAt: last.sort_at, run: last.run }),
  }
}

export const countMatching = async (
  connection: Connection,
  tenant: string,
  filter: RunFilter,
  most: number,
): Promise<number> =>
  isAskable(filter) ? countOf(connection, tenant, filter, await rarest(connection, tenant, filter), most) : 0

/** No fact has U+0000 in its value (`factValue` of core), and no parameter may have it. */
const isAskable = ({ facts }: RunFilter): boolean => facts.every(({ value }) => !value.includes('\0'))

/** Beyond this it no longer matters which fact is rarer. */
const COUNTED = 1_000

/** Of several facts that a filter asks for, the one that the fewest runs have. */
const rarest = async (connection: Connection, tenant: string, filter: RunFilter): Promise<IndexedFact> => {
  const facts = askedFacts(filter)
  if (facts.length === 1) return facts[0]!
  const counted = await Promise.all(
    facts.map(async (fact) => {
      const alone = { ...filter, facts: [fact as Fact] }
      return { fact, count: await countOf(connection, tenant, alone, fact, COUNTED) }
    }),
  )
  return counted.reduce((least, each) => (each.count < least.count ? each : least)).fact
}

const countOf = async (
  connection: Connection,
  tenant: string,
  filter: RunFilter,
  lead: IndexedFact,
  most: number,
): Promise<number> => {
  const [row] = await select<{ readonly count: number }>(connection, countRuns(tenant, filter, lead, most))
  return row!.count
}

// A loose scan: from each value straight to the next one. The number of runs does not matter.
const VALUES = `WITH RECURSIVE found AS (
    (SELECT f.value, f.sort_at, f.run, 1 AS number FROM facts f WHERE f.tenant = $1 AND f.kind = $2 AND f.value > $3
      ORDER BY f.value, f.sort_at DESC, f.run DESC LIMIT 1)
    UNION ALL
    SELECT n.value, n.sort_at, n.run, found.number + 1 FROM found CROSS JOIN LATERAL
      (SELECT f.value, f.sort_at, f.run FROM facts f WHERE f.tenant = $1 AND f.kind = $2 AND f.value > found.value
        ORDER BY f.value, f.sort_at DESC, f.run DESC LIMIT 1) n
    WHERE found.number < $4)
  SELECT found.value, found.sort_at, r.id FROM found JOIN runs r ON r.tenant = $1 AND r.run = found.run
  ORDER BY found.number`

/** Distinct values with their newest run. */
export const listFactValues = async (
  connection: Connection,
  tenant: string,
  kind: Fact['kind'],
  { limit, after }: PageRequest,
): Promise<Page<FactValue>> => {
  const rows = await connection.all<{ readonly value: string; readonly sort_at: string; readonly id: string }>(VALUES, [
    tenant,
    kind,
    after ?? '',
    limit + 1,
  ])
  const items = rows.slice(0, limit).map(({ value, sort_at, id }) => ({ value, lastRunId: id, lastAt: sort_at }))
  return { items, next: rows.length > limit ? items.at(-1)?.value : undefined }
}

/** How far a clock that was set back may have let keys run ahead of it. */
const CLOCK_SLACK_MS = 3_600_000
const RECEIVED_BEFORE = `SELECT id FROM runs WHERE tenant = $1 AND run < $2 AND received_at < $3 ORDER BY run LIMIT $4`

export const listReceivedBefore = async (
  connection: Connection,
  tenant: string,
  before: string,
  limit: number,
): Promise<readonly string[]> => {
  const newest = keyAt(Date.parse(before) + CLOCK_SLACK_MS)
  const rows = await connection.all<{ readonly id: string }>(RECEIVED_BEFORE, [tenant, newest, before, limit])
  return rows.map(({ id }) => id)
}
