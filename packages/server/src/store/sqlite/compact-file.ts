import { existsSync } from 'node:fs'
import { AgentRunError } from '@agent-run/core'
import { isWritable } from '../sql/migrations.ts'
import { connect } from './connection.ts'
import { loadDriver } from './driver.ts'
import { storeError } from './faults.ts'
import { readMigrations } from './migrate.ts'
import { compact, fileSize, type Residues, readResidues } from './scrub.ts'
import { CONNECTION_SETTINGS } from './write-ahead-log.ts'

/** What compacting has done. */
export interface Compaction {
  /** Octets of the file. */
  readonly before: number
  readonly after: number
  /** What was noted before; it is gone now. */
  readonly residues: Residues | undefined
}

/** What erasures may have left in unused parts of a database file. @throws {AgentRunError} with a {@link StoreFault} */
export const checkResidues = (path: string): Promise<Residues | undefined> =>
  withFile(path, async (connection) => readResidues(connection))

/**
 * Writes a database file anew, so that it holds nothing but what can be read from it. A server may go on reading; what it
 * is sent meanwhile waits.
 *
 * @throws {AgentRunError} with a {@link StoreFault}
 */
export const compactFile = (path: string): Promise<Compaction> =>
  withFile(path, async (connection) => {
    const before = fileSize(connection)
    const residues = readResidues(connection)
    await compact(connection)
    return { before, after: fileSize(connection), residues }
  })

const withFile = async <Result>(
  path: string,
  work: (connection: ReturnType<typeof connect>) => Promise<Result>,
): Promise<Result> => {
  if (!existsSync(path)) throw new AgentRunError('store.unavailable', 'There is no such database file.')
  const openDatabase = await loadDriver()
  try {
    const connection = connect(openDatabase(path))
    try {
      connection.exec(`PRAGMA busy_timeout = 5000; ${CONNECTION_SETTINGS}`)
      if (!isWritable(readMigrations(connection))) {
        throw new AgentRunError('store.read_only', 'The tables are not those of this version; see migrate status.')
      }
      return await work(connection)
    } finally {
      connection.close()
    }
  } catch (error) {
    throw storeError(error)
  }
}
