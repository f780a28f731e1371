import { type ErasedRow, RUN_COLUMNS, type RunRow } from '../sql/rows.ts'
import type { Connection } from './connection.ts'

/** A row of `runs` with what only this engine needs. */
export interface KeyedRun extends RunRow {
  readonly run: number
  readonly sort_at: string
  readonly first_event: number | null
  readonly last_event: number | null
}

const COLUMNS = `run, ${RUN_COLUMNS}, sort_at, first_event, last_event`
const BY_ID = `SELECT ${COLUMNS} FROM runs WHERE tenant = ? AND id = ?`
const ERASED = 'SELECT erased_at, tombstone FROM erased_runs WHERE tenant = ? AND id = ?'
const BODY = 'SELECT body FROM bodies WHERE run = ?'

export const findRun = (connection: Connection, tenant: string, id: string): KeyedRun | undefined =>
  connection.get<KeyedRun>(BY_ID, tenant, id)

export const findErased = (connection: Connection, tenant: string, id: string): ErasedRow | undefined =>
  connection.get<ErasedRow>(ERASED, tenant, id)

/** Octets of a record; empty for a live run. */
export const readBody = (connection: Connection, run: number): Uint8Array =>
  connection.get<{ readonly body: Uint8Array }>(BODY, run)?.body ?? new Uint8Array()
