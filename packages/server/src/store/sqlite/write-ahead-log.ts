import type { Connection } from './connection.ts'
import { storeError } from './faults.ts'

/** Settings of every connection. `FULL`: a commit has returned only when it is on the disk. */
export const CONNECTION_SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -32768;
`

/** Pages of the log after which they are written into the database file: 16 MiB. */
export const CHECKPOINT_PAGES = 4_096

/** How often, and for how long, another process is waited for that reads from the log. */
const PAUSE_MS = 5
const LIMIT_MS = 5_000

/**
 * Writes the log back into the database file and empties it: what was overwritten is then in neither. If another process
 * reads from the log for too long it is left to a later call; every start and every erasure is one.
 */
export const emptyLog = async (connection: Connection): Promise<void> => {
  const begun = performance.now()
  while (!tryToEmptyLog(connection) && performance.now() - begun < LIMIT_MS) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

const tryToEmptyLog = (connection: Connection): boolean => {
  try {
    return connection.get<{ readonly busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0
  } catch (error) {
    throw storeError(error)
  }
}
