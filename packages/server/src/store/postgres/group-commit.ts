import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { isWritable } from '../sql/migrations.ts'
import { textArray } from './arrays.ts'
import { connectionOf } from './connection.ts'
import { isConflict, isLost, isStoreFault, storeError } from './faults.ts'
import { createLane, type Queued } from './lane.ts'
import { isMissingTable, readMigrations } from './migrate.ts'
import { behind } from './migration-fault.ts'
import { beginTransaction, type OpenTransaction, type Transaction, UnknownTenants } from './transaction.ts'

/** A kind of write, for several inputs at once; results in the order of the inputs. May be run again after a conflict. */
export type Operation<Input, Result> = (
  transaction: Transaction,
  inputs: readonly Input[],
) => Promise<readonly Result[]>

/** Runs operations; a promise resolves when the transaction that it is part of is committed. */
export interface Committer {
  /** @param octets about how much is written */
  write<Input, Result>(
    tenant: string,
    operation: Operation<Input, Result>,
    input: Input,
    octets?: number,
  ): Promise<Result>
  /** Waits for what has begun. Later writes are refused. */
  close(): Promise<void>
}

interface Unit extends Queued {
  readonly tenant: string
  readonly operation: Operation<unknown, unknown>
  readonly input: unknown
  readonly resolve: (result: unknown) => void
}

/** Transactions at a time. A tenant always has the same lane, so that a process never waits for a lock of its own. */
export const LANES = 4
const TRIES = 8
const PAUSE_MS = 10

/**
 * Group commit: what arrives in one turn of the event loop, or while the group before is being written, is one
 * transaction, so that many writers share round trips and the one wait for the disk. Operations of a kind are done
 * together; what waits at the same time has no order among each other.
 *
 * @param clock the present time: RFC 3339, UTC, milliseconds
 * @param afterCommit called with the tenants that have new events
 */
export const createCommitter = (
  pool: pg.Pool,
  clock: () => string,
  afterCommit: (tenants: readonly string[]) => void,
): Committer => {
  const lanes = Array.from({ length: LANES }, () =>
    createLane<Unit>((units) => commitUnits(pool, units, clock, afterCommit)),
  )
  let closed = false
  return {
    write: (tenant, operation, input, octets = 0) => {
      if (closed) return Promise.reject(new TypeError('the store has been closed'))
      return new Promise((resolve, reject) => {
        lanes[laneOf(tenant)]!.add({
          tenant,
          operation: operation as Operation<unknown, unknown>,
          input,
          octets,
          resolve: resolve as Unit['resolve'],
          reject,
        })
      })
    },
    close: async () => {
      closed = true
      await Promise.all(lanes.map(({ idle }) => idle()))
    },
  }
}

const laneOf = (tenant: string): number => {
  let hash = 0
  for (const character of tenant) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) | 0
  return (hash >>> 0) % LANES
}

/** Settles every unit, whatever happens. */
const commitUnits = async (
  pool: pg.Pool,
  units: readonly Unit[],
  clock: () => string,
  afterCommit: (tenants: readonly string[]) => void,
): Promise<void> => {
  const committed = await persist(pool, units, clock).catch(async (error: unknown) => {
    const fault = isMissingTable(error) ? await notMigrated(pool, error) : error
    if (units.length === 1 || isStoreFault(fault)) for (const { reject } of units) reject(storeError(fault))
    // One of them cannot be stored; the others can.
    else for (const unit of units) await commitUnits(pool, [unit], clock, afterCommit)
  })
  if (committed === undefined) return
  // By itself, for what a listener does wrong does not undo what is committed; and before those who wait go on.
  if (committed.tenants.length > 0) queueMicrotask(() => afterCommit(committed.tenants))
  for (const [unit, result] of committed.results) unit.resolve(result)
}

const notMigrated = async (pool: pg.Pool, error: unknown): Promise<unknown> => {
  const state = await readMigrations(connectionOf(pool)).catch(() => undefined)
  return state === undefined || isWritable(state) ? error : behind(state)
}

interface Committed {
  readonly results: ReadonlyMap<Unit, unknown>
  readonly tenants: readonly string[]
}

/** Writes a group, again after conflicts, and once more if the connection turned out to be an old one that is gone. */
const persist = async (pool: pg.Pool, units: readonly Unit[], clock: () => string): Promise<Committed> => {
  const tenants = [...new Set(units.map(({ tenant }) => tenant))].sort()
  for (let tries = 1; ; tries++) {
    const client = await pool.connect()
    const open = beginTransaction(client, tenants, clock())
    try {
      const results = await perform(open, units)
      const told = await open.commit()
      client.release()
      return { results, tenants: told }
    } catch (raised) {
      const error = await open.cause(raised)
      // Whatever state it is in, nobody shall have it again; its transaction ends with it.
      client.release(true)
      if (error instanceof UnknownTenants) await createTenants(pool, tenants)
      else if (!mayRepeat(error, open, tries)) throw error
      await sleep(PAUSE_MS * tries * Math.random())
    }
  }
}

const mayRepeat = (error: unknown, { committing }: OpenTransaction, tries: number): boolean =>
  (isConflict(error) && tries < TRIES) || (isLost(error) && !committing && tries < 3)

const perform = async ({ transaction }: OpenTransaction, units: readonly Unit[]): Promise<Map<Unit, unknown>> => {
  const results = new Map<Unit, unknown>()
  for (const [operation, together] of byOperation(units)) {
    const settled = await operation(
      transaction,
      together.map(({ input }) => input),
    )
    for (const [index, unit] of together.entries()) results.set(unit, settled[index])
  }
  return results
}

const byOperation = (units: readonly Unit[]): Map<Unit['operation'], Unit[]> => {
  const groups = new Map<Unit['operation'], Unit[]>()
  for (const unit of units) {
    const group = groups.get(unit.operation)
    if (group === undefined) groups.set(unit.operation, [unit])
    else group.push(unit)
  }
  return groups
}

const createTenants = async (pool: pg.Pool, tenants: readonly string[]): Promise<void> => {
  await connectionOf(pool).run(
    'INSERT INTO tenants (tenant) SELECT unnest($1::text[]) ON CONFLICT (tenant) DO NOTHING',
    [textArray(tenants)],
  )
}
