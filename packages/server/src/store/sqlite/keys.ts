import { type KeyRow, keyOf } from '../sql/rows.ts'
import type { Keys } from '../store.ts'
import type { Connection } from './connection.ts'
import type { Committer } from './group-commit.ts'

const COLUMNS = 'prefix, hash, tenant, name, scopes, created_at, expires_at, revoked_at'
const INSERT = `INSERT INTO api_keys (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)`
const FIND = `SELECT ${COLUMNS} FROM api_keys WHERE prefix = ?`
const LIST = `SELECT ${COLUMNS} FROM api_keys ORDER BY created_at, prefix`
const LIST_OF = `SELECT ${COLUMNS} FROM api_keys WHERE tenant = ? ORDER BY created_at, prefix`
const REVOKE = 'UPDATE api_keys SET revoked_at = ? WHERE prefix = ? AND revoked_at IS NULL'
const ANY = 'SELECT 1 FROM api_keys LIMIT 1'

/** Runs a read and turns faults of the store into their errors. */
export type Reading = <Result>(read: (connection: Connection) => Result) => Promise<Result>

/** API keys in SQLite. */
export const createKeys = (committer: Committer, reading: Reading): Keys => ({
  create: (key) =>
    committer.write((connection) => {
      const { prefix, hash, tenant, name, scopes, createdAt, expiresAt } = key
      connection.run(INSERT, prefix, hash, tenant, name, JSON.stringify(scopes), createdAt, expiresAt ?? null)
    }),
  find: (prefix) => reading((connection) => mapped(connection.get<KeyRow>(FIND, prefix))),
  list: (tenant) =>
    reading((connection) =>
      (tenant === undefined ? connection.all<KeyRow>(LIST) : connection.all<KeyRow>(LIST_OF, tenant)).map(keyOf),
    ),
  revoke: (prefix, at) =>
    committer.write((connection) => {
      connection.run(REVOKE, at, prefix)
      return mapped(connection.get<KeyRow>(FIND, prefix))
    }),
  any: () => reading((connection) => connection.get(ANY) !== undefined),
})

const mapped = (row: KeyRow | undefined) => row && keyOf(row)
