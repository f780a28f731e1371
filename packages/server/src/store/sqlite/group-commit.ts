import type { Connection } from './connection.ts'
import { isBusy, isStoreFault, storeError } from './faults.ts'

/** One write: everything it does is stored or nothing. It may be run again, so it changes nothing but the database. */
export type Unit<Result> = (connection: Connection) => Result

/** Runs units; a unit's promise resolves when the transaction that it is part of is on the disk. */
export interface Committer {
  write<Result>(unit: Unit<Result>): Promise<Result>
  /** Waits for what has begun. Later writes are refused. */
  close(): Promise<void>
}

/** What every transaction does besides its units. */
export interface CommitWork {
  /** Throws if nothing may be written. */
  before(): void
  /** Done with the units, before the commit. */
  after(): void
}

interface Waiting {
  readonly unit: Unit<unknown>
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

type Settled = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: unknown }

/** So many units share a transaction at most: those behind it should not wait for ever. */
const MOST_UNITS = 1_000
/** How long another process may hold the store, and how often it is asked for. */
const BUSY_LIMIT_MS = 5_000
const BUSY_PAUSE_MS = 5

/**
 * Group commit: what arrives in one turn of the event loop is one transaction, so that many writers share the one wait
 * for the disk. Each unit is under a savepoint of its own and fails alone.
 *
 * @param work what belongs to every transaction
 */
export const createCommitter = (connection: Connection, work: CommitWork): Committer => {
  let queue: Waiting[] = []
  let scheduled = false
  let closed = false
  let busySince: number | undefined
  let idle: (() => void) | undefined

  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }

  const flush = (): void => {
    scheduled = false
    const units = queue.slice(0, MOST_UNITS)
    queue = queue.slice(MOST_UNITS)
    try {
      connection.run('BEGIN IMMEDIATE')
    } catch (error) {
      if (isBusy(error) && waitsStill()) {
        queue = [...units, ...queue]
        scheduled = true
        setTimeout(flush, BUSY_PAUSE_MS * (1 + Math.random()))
        return
      }
      settle(units, failed(units, error))
      proceed()
      return
    }
    busySince = undefined
    settle(units, commit(units))
    proceed()
  }

  const waitsStill = (): boolean => {
    busySince ??= performance.now()
    if (performance.now() - busySince < BUSY_LIMIT_MS) return true
    busySince = undefined
    return false
  }

  /** Within a transaction that has begun. What cannot be stored together is tried one by one. */
  const commit = (units: readonly Waiting[]): Settled[] => {
    try {
      work.before()
      const settled = units.map(({ unit }) => (units.length === 1 ? alone(unit) : guarded(unit)))
      work.after()
      connection.run('COMMIT')
      return settled
    } catch (error) {
      rollBack()
      if (units.length === 1 || !isStoreFault(error)) return failed(units, error)
      return units.flatMap((each) => again(each))
    }
  }

  const again = (waiting: Waiting): Settled[] => {
    try {
      connection.run('BEGIN IMMEDIATE')
    } catch (error) {
      return failed([waiting], error)
    }
    return commit([waiting])
  }

  const alone = (unit: Unit<unknown>): Settled => ({ ok: true, result: unit(connection) })

  const guarded = (unit: Unit<unknown>): Settled => {
    connection.run('SAVEPOINT unit')
    try {
      const result = unit(connection)
      connection.run('RELEASE unit')
      return { ok: true, result }
    } catch (error) {
      if (isStoreFault(error)) throw error
      connection.run('ROLLBACK TO unit')
      connection.run('RELEASE unit')
      return { ok: false, error }
    }
  }

  const rollBack = (): void => {
    try {
      connection.run('ROLLBACK')
    } catch {
      // After some faults SQLite has done it already.
    }
  }

  const proceed = (): void => {
    if (queue.length > 0) schedule()
    else idle?.()
  }

  return {
    write: (unit) => {
      if (closed) return Promise.reject(new TypeError('the store has been closed'))
      return new Promise((resolve, reject) => {
        queue.push({ unit, resolve: resolve as Waiting['resolve'], reject })
        schedule()
      })
    },
    close: () => {
      closed = true
      return new Promise((resolve) => {
        idle = resolve
        if (!scheduled) resolve()
      })
    },
  }
}

const failed = (units: readonly Waiting[], error: unknown): Settled[] =>
  units.map(() => ({ ok: false, error: storeError(error) }))

const settle = (units: readonly Waiting[], settled: readonly Settled[]): void => {
  for (const [index, { resolve, reject }] of units.entries()) {
    const outcome = settled[index]!
    if (outcome.ok) resolve(outcome.result as never)
    else reject(storeError(outcome.error))
  }
}
