import { type EventRow, eventOf } from '../sql/rows.ts'
import type { StoredEvent } from '../store.ts'
import type { Connection } from './connection.ts'
import type { Transaction } from './transaction.ts'

const AFTER = `SELECT position, type, run_id, data, at FROM events WHERE tenant = $1 AND position > $2
  ORDER BY position LIMIT $3`
const RANGE = `SELECT t.position AS newest, (SELECT min(e.position) FROM events e WHERE e.tenant = t.tenant) AS oldest
  FROM tenants t WHERE t.tenant = $1`
const FIRST_KEPT = 'SELECT position FROM events WHERE tenant = $1 AND at >= $2 ORDER BY position LIMIT 1'
const FORGET = `DELETE FROM events WHERE tenant = $1 AND position IN
  (SELECT position FROM events WHERE tenant = $1 AND position < $2 ORDER BY position LIMIT $3)`

export const readEvents = async (
  connection: Connection,
  tenant: string,
  after: number,
  limit: number,
): Promise<readonly StoredEvent[]> => (await connection.all<EventRow>(AFTER, [tenant, after, limit])).map(eventOf)

/** The newest stays known when all events have been forgotten: somebody may go on from there. */
export const eventRange = async (
  connection: Connection,
  tenant: string,
): Promise<{ readonly oldest: number; readonly newest: number }> => {
  const [row] = await connection.all<{ readonly newest: number; readonly oldest: number | null }>(RANGE, [tenant])
  return { oldest: row?.oldest ?? 0, newest: row?.newest ?? 0 }
}

/** Deletes up to `limit` events of a tenant that are older than a moment, oldest first; the number of them. */
export const forgetOldest = async (
  transaction: Transaction,
  tenant: string,
  before: string,
  limit: number,
): Promise<number> => {
  const [kept] = await transaction.all<{ readonly position: number }>(FIRST_KEPT, [tenant, before])
  return transaction.run(FORGET, [tenant, kept?.position ?? Number.MAX_SAFE_INTEGER, limit])
}

export const listTenants = async (connection: Connection): Promise<readonly string[]> =>
  (await connection.all<{ readonly tenant: string }>('SELECT tenant FROM tenants ORDER BY tenant')).map(
    ({ tenant }) => tenant,
  )
