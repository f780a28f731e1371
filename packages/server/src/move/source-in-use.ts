import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../config/failure.ts'
import { sqlitePath } from '../store/open-store.ts'
import { isBusy, storeError } from '../store/sqlite/faults.ts'
import { openSide } from './open-side.ts'
import type { Side } from './side.ts'

/** How often, and for how long, a program that is just ending is waited for. */
const PAUSE_MS = 100
const TRIES = 20

/**
 * Refuses a store that a server, or any other program, has open. To be called before this process opens it itself.
 * @throws Failure
 */
export const refuseInUse = async (url: string): Promise<void> => {
  const path = sqlitePath(url)
  const isInUse = path === undefined ? othersInDatabase(url) : () => isFileInUse(path)
  for (let tries = 1; await isInUse(); tries++) {
    if (tries === TRIES) {
      throw new Failure(
        'a server, or another program, has the first store open; what it is sent now would be lost: stop it first',
      )
    }
    await sleep(PAUSE_MS)
  }
}

/** Every connection to a file with a write-ahead log holds it shared, so that none but the only one gets it alone. */
const isFileInUse = async (path: string): Promise<boolean> => {
  const { loadDriver } = await import('../store/sqlite/driver.ts')
  const database = (await loadDriver())(path)
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT')
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw storeError(error)
  } finally {
    database.close()
  }
}

const othersInDatabase = (url: string) => async (): Promise<boolean> => {
  const side = await openSide(url)
  try {
    const others = await side.all(
      `SELECT 1 AS found FROM pg_stat_activity WHERE datname = current_database()
        AND application_name = 'agent-run-server' AND pid <> pg_backend_pid() LIMIT 1`,
    )
    return others.length > 0
  } finally {
    await side.close()
  }
}

/** How far the events of each tenant have come: every write but that of a key moves one. */
export const eventPositions = async (side: Side): Promise<string> =>
  JSON.stringify(await side.all('SELECT tenant, position FROM tenants ORDER BY tenant'))
