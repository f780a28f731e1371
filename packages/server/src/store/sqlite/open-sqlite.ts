import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { IN_MEMORY, type OpenOptions } from '../open-store.ts'
import { isWritable } from '../sql/migrations.ts'
import type { Store } from '../store.ts'
import { type Connection, connect } from './connection.ts'
import { loadDriver } from './driver.ts'
import { storeError } from './faults.ts'
import { isEmpty, migrate, readMigrations } from './migrate.ts'
import { SMALL, scrub } from './scrub.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { CHECKPOINT_PAGES, CONNECTION_SETTINGS, emptyLog } from './write-ahead-log.ts'

/**
 * Opens a database file, or makes it with its folder, readable for its owner only. Several processes may use the same
 * file: each transaction begins by taking the only right to write, and waits for it up to five seconds.
 *
 * @param compactUpTo size in octets up to which the file is written anew after each erasure
 * @throws {AgentRunError} with a {@link StoreFault}
 */
export const openSqlite = async (
  path: string,
  { clock }: Required<Pick<OpenOptions, 'clock'>>,
  compactUpTo: number = SMALL,
): Promise<Store> => {
  const openDatabase = await loadDriver()
  const opened: Connection[] = []
  const open = (settings: string): Connection => {
    const connection = connect(openDatabase(path))
    opened.push(connection)
    connection.exec(`PRAGMA busy_timeout = 5000; ${CONNECTION_SETTINGS} ${settings}`)
    return connection
  }
  try {
    if (path !== IN_MEMORY) createPrivately(path)
    const writer = open(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    if (isEmpty(writer)) migrate(writer, clock(), () => {})
    // From here on waiting must not hold up the event loop: whoever writes tries again later.
    writer.exec('PRAGMA busy_timeout = 0')
    await emptyLog(writer)
    if (isWritable(readMigrations(writer))) await scrub(writer, compactUpTo)
    const reader = path === IN_MEMORY ? writer : open('PRAGMA busy_timeout = 1000; PRAGMA query_only = ON')
    return createSqliteStore(writer, reader, clock, compactUpTo)
  } catch (error) {
    for (const connection of opened) connection.close()
    throw storeError(error)
  }
}

/** Never opens a file that is there: to close it would take away the locks that this process has on it. */
const createPrivately = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}
