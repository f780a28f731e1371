import type { Connection } from './connection.ts'

/** Runs that are indexed together while nobody asks; each makes the others cheaper. */
const AT_ONCE = 64

const PENDING = 'SELECT 1 FROM runs WHERE run > (SELECT run FROM indexed) LIMIT 1'
const INDEX = `INSERT OR IGNORE INTO facts (tenant, kind, value, sort_at, run, step)
  SELECT r.tenant, f.value ->> 0, f.value ->> 1, r.sort_at, r.run, f.value ->> 2
  FROM runs r, json_each(r.facts) f WHERE r.run > (SELECT run FROM indexed) ORDER BY 1, 2, 3, 4 DESC, 5 DESC`
const NOTE = 'UPDATE indexed SET run = coalesce((SELECT max(run) FROM runs), run)'

/** Whether there are runs that lists would not find yet. */
export const hasPending = (connection: Connection): boolean => connection.get(PENDING) !== undefined

/**
 * Brings the index up to the newest run. A new run is durable before it is indexed: its facts go to some twenty places
 * in the index, and a hundred runs to hardly more, so this is done for many at once, at the latest before the next list.
 */
export const indexPending = (connection: Connection): void => {
  if (!hasPending(connection)) return
  connection.run(INDEX)
  connection.run(NOTE)
}

/**
 * Reads as if the index were up to date, and leaves it as it is: what is changed for that stays in memory and is taken
 * back. For a disk that is full.
 */
export const readAsIfIndexed = <Result>(connection: Connection, read: (from: Connection) => Result): Result => {
  connection.run('BEGIN IMMEDIATE')
  try {
    indexPending(connection)
    return read(connection)
  } finally {
    connection.run('ROLLBACK')
  }
}

/** Keeps the index from falling behind. */
export interface IndexKeeper {
  /** Called in a unit that has made new runs. If it is rolled back, the index is only brought up to date earlier. */
  added(runs: number): void
  /** Called in every transaction before its commit. */
  keepUp(connection: Connection): void
  close(): void
}

/** So long after a write the index is brought up to date, if nobody has asked before. */
const IDLE_MS = 250

/** @param write brings the index up to date in a transaction of its own */
export const createIndexKeeper = (write: () => Promise<void>): IndexKeeper => {
  let pending = 0
  let timer: NodeJS.Timeout | undefined
  const onIdle = (): void => {
    timer = undefined
    if (pending === 0) return
    pending = 0
    // A store that fails says so to those who ask it for something.
    write().catch(() => {})
  }
  return {
    added: (runs) => {
      pending += runs
    },
    keepUp: (connection) => {
      if (pending >= AT_ONCE) {
        indexPending(connection)
        pending = 0
      } else if (pending > 0) {
        timer ??= setTimeout(onIdle, IDLE_MS).unref()
      }
    },
    close: () => clearTimeout(timer),
  }
}
