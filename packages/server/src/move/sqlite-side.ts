import { connect } from '../store/sqlite/connection.ts'
import { loadDriver } from '../store/sqlite/driver.ts'
import { storeError } from '../store/sqlite/faults.ts'
import { indexPending } from '../store/sqlite/index-runs.ts'
import { CONNECTION_SETTINGS } from '../store/sqlite/write-ahead-log.ts'
import { insertions, type Side } from './side.ts'
import type { Row } from './tables.ts'

/** How long another process may hold the file. */
const BUSY_MS = 5_000

/** A SQLite file that is there and has its tables. */
export const openSqliteSide = async (path: string): Promise<Side> => {
  const open = await loadDriver()
  const connection = connect(open(path))
  connection.exec(`PRAGMA busy_timeout = ${BUSY_MS}; ${CONNECTION_SETTINGS}`)
  // Facts of the newest runs may not be in the index yet.
  connection.exec('BEGIN IMMEDIATE')
  indexPending(connection)
  connection.exec('COMMIT')
  const guarded = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw storeError(error)
    }
  }
  return {
    engine: 'sqlite',
    all: (text, parameters = []) => guarded(() => connection.all<Row>(text, ...parameters)),
    run: (text, parameters = []) =>
      guarded(() => {
        connection.run(text, ...parameters)
      }),
    insert: (table, columns, rows) =>
      guarded(() => {
        for (const part of insertions(table, columns, rows)) {
          connection.run(part.text, ...part.rows.flatMap((row) => columns.map((column) => row[column] ?? null)))
        }
      }),
    transact: (work) =>
      guarded(async () => {
        connection.exec('BEGIN IMMEDIATE')
        try {
          await work()
          connection.exec('COMMIT')
        } catch (error) {
          connection.exec('ROLLBACK')
          throw error
        }
      }),
    close: async () => connection.close(),
  }
}
