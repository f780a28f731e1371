import { type ErasedRow, RUN_COLUMNS, type RunRow } from '../sql/rows.ts'
import { textArray } from './arrays.ts'
import type { Connection } from './connection.ts'
import { columnText, textOfColumn } from './text.ts'

/** A row of `runs` with what only stores need. */
export interface KeyedRun extends RunRow {
  readonly tenant: string
  readonly run: number
  readonly sort_at: string
  readonly first_event: number | null
  readonly last_event: number | null
}

/** Columns that {@link KeyedRun} needs, of `runs` as `r`. */
export const KEYED_COLUMNS: string = `tenant, run, ${RUN_COLUMNS}, sort_at, first_event, last_event`
  .split(', ')
  .map((name) => `r.${name}`)
  .join(', ')

/** A row as it was written. */
export const keyedRun = <Row extends KeyedRun>(row: Row): Row => ({
  ...row,
  run_hash: row.run_hash === null ? null : textOfColumn(row.run_hash),
})

/** Which run: ids are those of a tenant. */
export interface RunName {
  readonly tenant: string
  readonly id: string
}

/** One text for a run, for maps. Neither part has control characters. */
export const nameOf = ({ tenant, id }: RunName): string => `${tenant}\n${id}`

const BY_NAME = `SELECT ${KEYED_COLUMNS} FROM unnest($1::text[], $2::text[]) AS n (tenant, id)
  JOIN runs r ON r.tenant = n.tenant AND r.id = n.id`
const ONE = `SELECT ${KEYED_COLUMNS} FROM runs r WHERE r.tenant = $1 AND r.id = $2`
const ERASED_BY_NAME = `SELECT e.tenant, e.id FROM unnest($1::text[], $2::text[]) AS n (tenant, id)
  JOIN erased_runs e ON e.tenant = n.tenant AND e.id = n.id`
const ERASED = 'SELECT erased_at, tombstone FROM erased_runs WHERE tenant = $1 AND id = $2'

/** Those of several runs that are stored or live, by {@link nameOf}. */
export const findRuns = async (connection: Connection, names: readonly RunName[]): Promise<Map<string, KeyedRun>> => {
  const rows = await connection.all<KeyedRun>(BY_NAME, columnsOf(names))
  return new Map(rows.map((row) => [nameOf(row), keyedRun(row)]))
}

/** Those of several runs that have been erased, by {@link nameOf}. */
export const findErasedRuns = async (connection: Connection, names: readonly RunName[]): Promise<Set<string>> =>
  new Set((await connection.all<RunName>(ERASED_BY_NAME, columnsOf(names))).map(nameOf))

const columnsOf = (names: readonly RunName[]): Buffer[] => [
  textArray(names.map(({ tenant }) => tenant)),
  textArray(names.map(({ id }) => columnText(id))),
]

export const findRun = async (connection: Connection, tenant: string, id: string): Promise<KeyedRun | undefined> => {
  const [row] = await connection.all<KeyedRun>(ONE, [tenant, columnText(id)])
  return row && keyedRun(row)
}

export const findErased = async (connection: Connection, tenant: string, id: string): Promise<ErasedRow | undefined> =>
  (await connection.all<ErasedRow>(ERASED, [tenant, columnText(id)]))[0]
