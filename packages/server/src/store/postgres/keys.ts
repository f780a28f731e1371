import { type KeyRow, keyOf } from '../sql/rows.ts'
import type { Keys, StoredKey } from '../store.ts'
import type { Connection, Value } from './connection.ts'
import type { Reading } from './reading.ts'
import { columnText, textOfColumn } from './text.ts'

const COLUMNS = 'prefix, hash, tenant, name, scopes, created_at, expires_at, revoked_at'
const INSERT = `INSERT INTO api_keys (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)`
const FIND = `SELECT ${COLUMNS} FROM api_keys WHERE prefix = $1`
const LIST = `SELECT ${COLUMNS} FROM api_keys WHERE $1::text IS NULL OR tenant = $1 ORDER BY created_at, prefix`
const REVOKE = `UPDATE api_keys SET revoked_at = coalesce(revoked_at, $2) WHERE prefix = $1 RETURNING ${COLUMNS}`
const ANY = 'SELECT 1 FROM api_keys LIMIT 1'

/**
 * API keys in PostgreSQL. They change seldom, so each change is a statement and a transaction of its own.
 * @param writing runs what changes keys, if the store takes writes
 */
export const createKeys = (reading: Reading, writing: Reading): Keys => ({
  create: ({ prefix, hash, tenant, name, scopes, createdAt, expiresAt }) =>
    writing(async (to) => {
      const values: Value[] = [prefix, Buffer.from(hash), tenant, columnText(name), JSON.stringify(scopes), createdAt]
      await to.run(INSERT, [...values, expiresAt ?? null])
    }),
  find: (prefix) => reading((from) => one(from, FIND, [prefix])),
  list: (tenant) => reading(async (from) => (await from.all<KeyRow>(LIST, [tenant ?? null])).map(storedKey)),
  revoke: (prefix, at) => writing((to) => one(to, REVOKE, [prefix, at])),
  any: () => reading(async (from) => (await from.all(ANY)).length > 0),
})

const one = async (connection: Connection, text: string, values: readonly Value[]): Promise<StoredKey | undefined> => {
  const [row] = await connection.all<KeyRow>(text, values)
  return row && storedKey(row)
}

const storedKey = (row: KeyRow): StoredKey => keyOf({ ...row, name: textOfColumn(row.name) })
