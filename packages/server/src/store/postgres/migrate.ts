import type pg from 'pg'
import { migrationState } from '../sql/migrations.ts'
import type { MigrationState } from '../store.ts'
import { type Connection, connectionOf } from './connection.ts'
import { behind } from './migration-fault.ts'
import { MIGRATIONS } from './schema.ts'

const TABLE = 'CREATE TABLE IF NOT EXISTS migrations (name text COLLATE "C" PRIMARY KEY, applied_at text NOT NULL)'
const EXISTS = "SELECT to_regclass('migrations') IS NOT NULL AS found"
const APPLIED = 'SELECT name FROM migrations ORDER BY name'
const RECORD = 'INSERT INTO migrations (name, applied_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING'

/** Undefined table, in the words of PostgreSQL. */
const NO_TABLE = '42P01'

/** Whether something failed because nobody has migrated this database. */
export const isMissingTable = (error: unknown): boolean =>
  (error as { readonly code?: unknown } | null)?.code === NO_TABLE

/** What has been applied, as far as this server knows it. */
export const readMigrations = async (connection: Connection): Promise<MigrationState> => {
  const [table] = await connection.all<{ readonly found: boolean }>(EXISTS)
  const rows = table!.found ? await connection.all<{ readonly name: string }>(APPLIED) : []
  return migrationState(
    MIGRATIONS,
    rows.map(({ name }) => name),
  )
}

/** Whether nothing has been made in this database yet. */
export const isEmpty = async (connection: Connection): Promise<boolean> => {
  const [row] = await connection.all<{ readonly found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace) AS found',
  )
  return !row!.found
}

/**
 * Applies what is pending, each step in a transaction with the note that it was applied: whoever is killed in the middle
 * leaves whole steps. The note is written first. Somebody who migrates at the same time waits at the same note, finds it
 * there and goes on, so that each step is applied once without any lock besides.
 */
export const migrate = async (pool: pg.Pool, at: string, onStep: (name: string) => void): Promise<void> => {
  const client = await pool.connect()
  try {
    // A step may rewrite a table.
    const connection = connectionOf(client, { patient: true })
    await connection.script('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    await createTable(connection)
    for (const { name, apply } of MIGRATIONS) {
      const state = await readMigrations(connection)
      if (state.unknown.length > 0) throw behind(state)
      if (!state.pending.includes(name)) continue
      await connection.script('BEGIN')
      if ((await connection.run(RECORD, [name, at])) > 0) {
        await apply(connection)
        await connection.script('COMMIT')
        onStep(name)
      } else {
        await connection.script('ROLLBACK')
      }
    }
  } finally {
    // With it end its settings, and a transaction that did not come to its end.
    client.release(true)
  }
}

/** `IF NOT EXISTS` alone fails for one of two that do it at the same moment. */
const createTable = async (connection: Connection): Promise<void> => {
  try {
    await connection.script(TABLE)
  } catch (error) {
    const [table] = await connection.all<{ readonly found: boolean }>(EXISTS)
    if (!table!.found) throw error
  }
}
