import { statSync } from 'node:fs'
import { AgentRunError } from '@agent-run/core'
import type { Store } from './store.ts'

/** How to open a store. */
export interface OpenOptions {
  /** The present time: RFC 3339, UTC, milliseconds. */
  readonly clock?: () => string
  /** Whether a store that is not there is made (the default) or refused. */
  readonly create?: boolean
}

/** Path of a database of one process that ends with it. */
export const IN_MEMORY = ':memory:'

/**
 * Opens the store that a URL names: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. An empty store gets its tables;
 * one that is behind is read-only until it is migrated. What an engine needs is loaded only if it is asked for.
 *
 * @throws TypeError for a URL of no engine
 * @throws {AgentRunError} with a {@link StoreFault}; of PostgreSQL it says what was tried and why it failed
 */
export const openStore = async (url: string, options: OpenOptions = {}): Promise<Store> => {
  const { clock = () => new Date().toISOString(), create = true } = options
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres/index.ts')
    return openPostgres(url, { clock, create })
  }
  const path = sqlitePath(url)
  if (path === undefined) throw new TypeError('a store is sqlite:PATH, sqlite::memory: or postgres://…')
  if (!create && !isThere(path)) throw noStore(`at sqlite:${path}`)
  const { openSqlite } = await import('./sqlite/open-sqlite.ts')
  return openSqlite(path, { clock })
}

/** Path of the database file that a URL names; undefined for another engine. */
export const sqlitePath = (url: string): string | undefined => /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1]

/** Whether a path names a database that something has been written to. */
export const isThere = (path: string): boolean =>
  path === IN_MEMORY || (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0

/** A store that is not there and is not to be made. */
export const noStore = (where: string): AgentRunError =>
  new AgentRunError('store.unavailable', `there is no store ${where}; agent-run-server serve makes one`)
