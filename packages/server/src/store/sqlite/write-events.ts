import type { NewEvent } from '../store.ts'
import type { Connection } from './connection.ts'

/** Positions that events have been given. */
export interface EventSpan {
  readonly first: number
  readonly last: number
}

const COUNT = `INSERT INTO tenants (tenant, position) VALUES (?, ?)
  ON CONFLICT (tenant) DO UPDATE SET position = position + excluded.position RETURNING position`
const INSERT = 'INSERT INTO events (tenant, position, type, run_id, at, data) VALUES (?, ?, ?, ?, ?, ?)'
const BLANK = 'UPDATE events SET data = ? WHERE tenant = ? AND run_id = ? AND position BETWEEN ? AND ?'

/**
 * Gives events the next positions of their tenant. The counter is part of the transaction: what is rolled back leaves no
 * gap, and no other tenant waits for it in a store that locks rows.
 */
export const writeEvents = (
  connection: Connection,
  tenant: string,
  events: readonly NewEvent[],
  at: string,
): EventSpan | undefined => {
  if (events.length === 0) return undefined
  const last = connection.get<{ readonly position: number }>(COUNT, tenant, events.length)!.position
  const first = last - events.length + 1
  for (const [index, { type, runId, data }] of events.entries()) {
    connection.run(INSERT, tenant, first + index, type, runId, at, data)
  }
  return { first, last }
}

/** Takes away what events told of a run; that they happened remains, so that nobody's position is lost. */
export const blankEvents = (connection: Connection, tenant: string, id: string, span: EventSpan): void => {
  const data = new TextEncoder().encode(JSON.stringify({ id }))
  connection.run(BLANK, data, tenant, id, span.first, span.last)
}

const FIRST_KEPT = 'SELECT position FROM events WHERE tenant = ? AND at >= ? ORDER BY position LIMIT 1'
const FORGET = `DELETE FROM events WHERE tenant = ? AND position IN
  (SELECT position FROM events WHERE tenant = ? AND position < ? ORDER BY position LIMIT ?)`

/** Deletes up to `limit` events of a tenant that are older than a moment, oldest first; the number of them. */
export const forgetOldest = (connection: Connection, tenant: string, before: string, limit: number): number => {
  const kept = connection.get<{ readonly position: number }>(FIRST_KEPT, tenant, before)?.position
  return connection.run(FORGET, tenant, tenant, kept ?? Number.MAX_SAFE_INTEGER, limit)
}
