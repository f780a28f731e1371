import type { PoolClient } from 'pg'
import { isWritable, migrationState } from '../sql/migrations.ts'
import { keyAfter } from '../sql/run-key.ts'
import type { NewEvent } from '../store.ts'
import { bigintArray, byteaArray, textArray } from './arrays.ts'
import { type Connection, connectionOf, type Value } from './connection.ts'
import { behind } from './migration-fault.ts'
import { MIGRATIONS } from './schema.ts'

/** Positions that events have been given. */
export interface EventSpan {
  readonly first: number
  readonly last: number
}

/**
 * A transaction that holds the rows of its tenants, so that nobody else writes for them before it ends.
 *
 * READ COMMITTED is enough: what a write depends on belongs to its tenant, is read after the lock was had, by statements
 * that each see all that was committed until then. Under SERIALIZABLE, which some other databases have only, it works
 * too; they ask for another try instead of letting wait.
 */
export interface Transaction extends Connection {
  /** The moment of everything that is written: RFC 3339, UTC, milliseconds. */
  readonly at: string
  /** Sends a statement without waiting; if it fails, so does the commit. */
  send(text: string, values?: readonly Value[]): void
  /** The next key for a run. */
  nextRun(tenant: string): Promise<number>
  /** Gives events the next positions of their tenant; they are written last. */
  addEvents(tenant: string, events: readonly NewEvent[]): Promise<EventSpan | undefined>
}

/** A transaction from its outer side. */
export interface OpenTransaction {
  readonly transaction: Transaction
  /** Whether `COMMIT` has been sent: if the connection is lost after that, nobody knows how it ended. */
  readonly committing: boolean
  /** Tenants that have new events. */
  commit(): Promise<readonly string[]>
  /** What made the transaction fail: statements behind the one that failed only say that it has. */
  cause(error: unknown): Promise<unknown>
}

/** Tenants that have no row yet. Their rows are made outside, so that rows are always locked in the order of their keys. */
export class UnknownTenants extends Error {}

interface Counters {
  lastRun: number
  position: number
  changed: boolean
}

interface TenantRow {
  readonly tenant: string
  readonly last_run: number
  readonly position: number
  readonly migrations: string | null
}

// Sorted, so that two processes that want the same rows never hold what the other waits for.
const LOCK = `SELECT tenant, last_run, position, (SELECT string_agg(name, ' ') FROM migrations) AS migrations
  FROM tenants WHERE tenant = ANY($1::text[]) ORDER BY tenant FOR UPDATE`
const COUNT = `UPDATE tenants AS t SET last_run = n.last_run, position = n.position
  FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS n (tenant, last_run, position) WHERE t.tenant = n.tenant`
const EVENTS = `INSERT INTO events (tenant, position, type, run_id, at, data)
  SELECT tenant, position, type, run_id, $1, data
  FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::bytea[]) AS n (tenant, position, type, run_id, data)`

/** Begins a transaction for some tenants. Nothing is waited for: the statements behind wait for the locks. */
export const beginTransaction = (client: PoolClient, tenants: readonly string[], at: string): OpenTransaction => {
  const connection = connectionOf(client)
  const sent: Promise<unknown>[] = []
  const events: { readonly tenant: string; readonly position: number; readonly event: NewEvent }[] = []
  let committing = false

  const track = <Result>(promise: Promise<Result>): Promise<Result> => {
    sent.push(promise)
    promise.catch(() => {})
    return promise
  }
  track(client.query('BEGIN'))
  const locked = track(lock(connection, tenants))
  const counters = async (tenant: string): Promise<Counters> => (await locked).get(tenant)!

  const transaction: Transaction = {
    at,
    all: <Row>(text: string, values?: readonly Value[]) => track(connection.all<Row>(text, values)),
    run: (text, values) => track(connection.run(text, values)),
    script: (text) => track(connection.script(text)),
    send: (text, values) => {
      track(connection.run(text, values))
    },
    nextRun: async (tenant) => {
      const counter = await counters(tenant)
      counter.lastRun = keyAfter(counter.lastRun, at)
      counter.changed = true
      return counter.lastRun
    },
    addEvents: async (tenant, added) => {
      if (added.length === 0) return undefined
      const counter = await counters(tenant)
      const first = counter.position + 1
      for (const event of added) events.push({ tenant, position: ++counter.position, event })
      counter.changed = true
      return { first, last: counter.position }
    },
  }

  const writeEvents = (): void => {
    if (events.length === 0) return
    transaction.send(EVENTS, [
      at,
      textArray(events.map(({ tenant }) => tenant)),
      bigintArray(events.map(({ position }) => position)),
      textArray(events.map(({ event }) => event.type)),
      textArray(events.map(({ event }) => event.runId)),
      byteaArray(events.map(({ event }) => event.data)),
    ])
  }

  return {
    transaction,
    get committing() {
      return committing
    },
    commit: async () => {
      const changed = [...(await locked)].filter(([, counter]) => counter.changed)
      writeEvents()
      if (changed.length > 0) {
        transaction.send(COUNT, [
          textArray(changed.map(([tenant]) => tenant)),
          bigintArray(changed.map(([, { lastRun }]) => lastRun)),
          bigintArray(changed.map(([, { position }]) => position)),
        ])
      }
      committing = true
      const commit = track(client.query('COMMIT'))
      await Promise.all(sent)
      // After a statement that failed, PostgreSQL answers COMMIT with ROLLBACK.
      if ((await commit).command !== 'COMMIT') throw new Error('the transaction was rolled back')
      return [...new Set(events.map(({ tenant }) => tenant))]
    },
    cause: async (error) => {
      if (!isAborted(error)) return error
      const reasons = (await Promise.allSettled(sent)).flatMap((each) =>
        each.status === 'rejected' ? [each.reason] : [],
      )
      return reasons.find((reason) => !isAborted(reason)) ?? error
    },
  }
}

const isAborted = (error: unknown): boolean => (error as { readonly code?: unknown } | null)?.code === '25P02'

const lock = async (connection: Connection, tenants: readonly string[]): Promise<Map<string, Counters>> => {
  const rows = await connection.all<TenantRow>(LOCK, [textArray(tenants)])
  if (rows.length < tenants.length) throw new UnknownTenants()
  const state = migrationState(MIGRATIONS, rows[0]?.migrations?.split(' ') ?? [])
  if (!isWritable(state)) throw behind(state)
  return new Map(
    rows.map((row) => [row.tenant, { lastRun: row.last_run, position: row.position, changed: false }] as const),
  )
}
