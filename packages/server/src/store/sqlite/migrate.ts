import { AgentRunError } from '@agent-run/core'
import { migrationState } from '../sql/migrations.ts'
import type { MigrationState } from '../store.ts'
import type { Connection } from './connection.ts'
import { MIGRATIONS } from './schema.ts'

const TABLE = `CREATE TABLE IF NOT EXISTS migrations (
  name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT, WITHOUT ROWID`
const EXISTS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'"
const APPLIED = 'SELECT name FROM migrations ORDER BY name'
const RECORD = 'INSERT INTO migrations (name, applied_at) VALUES (?, ?)'

type Steps = typeof MIGRATIONS

export const readMigrations = (connection: Connection, steps: Steps = MIGRATIONS): MigrationState =>
  migrationState(
    steps,
    connection.get(EXISTS) === undefined
      ? []
      : connection.all<{ readonly name: string }>(APPLIED).map((row) => row.name),
  )

/** Whether nothing has been made in this database yet. */
export const isEmpty = (connection: Connection): boolean =>
  connection.get('SELECT 1 FROM sqlite_schema LIMIT 1') === undefined

/**
 * Applies what is pending, each step in a transaction with the note that it was applied: a process that ends in the
 * middle leaves whole steps, and another that does the same at the same time finds them done.
 */
export const migrate = (
  connection: Connection,
  at: string,
  onStep: (name: string) => void,
  steps: Steps = MIGRATIONS,
): void => {
  for (const [index, { name, apply }] of steps.entries()) {
    connection.exec('BEGIN IMMEDIATE')
    try {
      const { pending, unknown } = readMigrations(connection, steps)
      if (unknown.length > 0) throw readOnly(unknown)
      if (pending.includes(name)) {
        connection.exec(TABLE)
        apply(connection)
        connection.run(RECORD, name, at)
        connection.exec(`PRAGMA user_version = ${index + 1}`)
        connection.exec('COMMIT')
        onStep(name)
      } else {
        connection.exec('ROLLBACK')
      }
    } catch (error) {
      try {
        connection.exec('ROLLBACK')
      } catch {
        // After some faults SQLite has done it already.
      }
      throw error
    }
  }
}

/** Throws if the tables are not those that this server writes. Called in every transaction, for another may migrate. */
export const checkWritable = (connection: Connection): void => {
  const version = connection.get<{ readonly user_version: number }>('PRAGMA user_version')?.user_version
  if (version === MIGRATIONS.length) return
  const { unknown } = readMigrations(connection)
  throw unknown.length > 0 ? readOnly(unknown) : behind()
}

const readOnly = (unknown: readonly string[]) =>
  new AgentRunError(
    'store.read_only',
    `A newer server has changed the tables (${unknown.join(', ')}); this one only reads them.`,
  )

const behind = () =>
  new AgentRunError('store.read_only', 'The tables are older than this server; it only reads them until migrate up.')
