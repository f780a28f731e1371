import { AgentRunError } from '@agent-run/core'
import { noStore, type OpenOptions } from '../open-store.ts'
import type { Store } from '../store.ts'
import { type Connection, connectionOf, createPool } from './connection.ts'
import { LANES } from './group-commit.ts'
import { isEmpty, migrate } from './migrate.ts'
import { openFault, placeOf } from './open-fault.ts'
import { createPostgresStore } from './postgres-store.ts'

const READERS = 12
const STATEMENT_MS = 30_000

/**
 * Opens a database; one without any tables gets ours. Any number of processes may use it at the same time.
 *
 * @param url `postgres://user:password@host:port/database`, with the parameters of libpq such as `sslmode`
 * @throws {AgentRunError} with a {@link StoreFault}
 */
export const openPostgres = async (url: string, { clock, create }: Required<OpenOptions>): Promise<Store> => {
  const readers = createPool({ url, connections: READERS, statementMs: STATEMENT_MS })
  const writers = createPool({ url, connections: LANES, statementMs: STATEMENT_MS })
  try {
    await checkEncoding(connectionOf(writers))
    if (await isEmpty(connectionOf(writers))) {
      if (!create) throw noStore(`in the database (${placeOf(url)})`)
      await migrate(writers, clock(), () => {})
    }
  } catch (error) {
    await Promise.all([readers.end(), writers.end()])
    throw openFault(url, error)
  }
  return createPostgresStore({ readers, writers }, clock)
}

/** Records hold any character. */
const checkEncoding = async (connection: Connection): Promise<void> => {
  const [row] = await connection.all<{ readonly server_encoding: string }>('SHOW server_encoding')
  if (row!.server_encoding === 'UTF8') return
  throw new AgentRunError(
    'store.unavailable',
    `The database has the encoding ${row!.server_encoding}, expected UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
  )
}
