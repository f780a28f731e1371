import type { Connect, Connection, Row, SqlValue, Statement } from './driver.ts'
import { IndexFailure } from './failure.ts'

/** To be raised when the tables, or the meaning of what is in them, change; the version of the program counts as well. */
export const FORMAT = 1

/**
 * No texts of records but what lists show of a run: everything that is only asked for is a digest, everything else is
 * read from the file again, at the place that stands here.
 */
const tables = [
  `CREATE TABLE sources (
    id integer primary key,
    path text not null unique,
    stamp text not null,
    settled integer not null,
    tally text not null,
    prefix text
  )`,
  `CREATE TABLE runs (
    id integer primary key,
    source integer not null,
    start integer not null,
    length integer not null,
    at text,
    sealed integer not null,
    same blob not null,
    name text not null,
    family text not null,
    servers text,
    evaluation text,
    summary text not null,
    facts blob not null
  )`,
  'CREATE INDEX runs_of_source on runs (source)',
  `CREATE TABLE artifacts (
    run integer not null, nth integer not null, turn blob, digest blob, same blob not null,
    primary key (run, nth)
  ) without rowid`,
  `CREATE TABLE approvals (
    run integer not null, nth integer not null, state text not null, tools blob not null, same blob not null,
    primary key (run, nth)
  ) without rowid`,
  `CREATE TABLE levels (
    trust text not null, run integer not null, level text not null,
    primary key (trust, run)
  ) without rowid`,
  'CREATE TABLE trusts (trust text primary key, used text not null) without rowid',
]

/** Waiting for another process longer than this is worse than reading the files. */
const BUSY_MS = 5000

/** A file larger than this is not written anew for the sake of what was deleted. */
const COMPACTED = 64 * 1024 * 1024

/** An open index. Whatever goes wrong with it is an `IndexFailure`. */
export class IndexDatabase {
  readonly #connection: Connection
  readonly #statements = new Map<string, Statement>()

  /** @param path of the file, which is made if it is not there, or `:memory:` */
  constructor(connect: Connect, path: string) {
    this.#connection = attempt(() => connect(path))
    try {
      this.#prepareTables()
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** The rows of a query. */
  all(sql: string, ...parameters: readonly SqlValue[]): Row[] {
    return attempt(() => this.#statement(sql).all(...parameters) as Row[])
  }

  /** Changes rows; returns the id of the one that was inserted. */
  run(sql: string, ...parameters: readonly SqlValue[]): number {
    return attempt(() => Number(this.#statement(sql).run(...parameters).lastInsertRowid))
  }

  /** All of it, or nothing. */
  transaction(action: () => void): void {
    this.#exec('begin immediate')
    try {
      action()
      this.#exec('commit')
    } catch (error) {
      attempt(() => this.#connection.exec('rollback'), true)
      throw error
    }
  }

  /** Several queries that see the same state, and the number of that state: another one if another process has written. */
  snapshot<T>(action: (state: number) => T): T {
    this.#exec('begin')
    try {
      // The first reading, which fixes the state; before it the number would be that of an earlier one.
      this.all('select count(*) from sqlite_schema')
      const [row] = this.all('pragma data_version')
      return action(Number(row?.['data_version']))
    } finally {
      attempt(() => this.#connection.exec('rollback'), true)
    }
  }

  /** Writes the file anew, so that nothing of what was deleted is left in a corner of it. */
  compact(): void {
    const [size] = this.all('select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()')
    if (Number(size?.['bytes'] ?? 0) <= COMPACTED) this.#exec('vacuum')
  }

  close(): void {
    attempt(() => this.#connection.close(), true)
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#connection.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  #exec(sql: string): void {
    attempt(() => this.#connection.exec(sql))
  }

  /** A file of somebody else may hold anything: nothing in it is used unless its tables are exactly ours. */
  #prepareTables(): void {
    this.#exec(
      `pragma busy_timeout = ${BUSY_MS}; pragma trusted_schema = off; pragma cell_size_check = on;
       pragma secure_delete = on; pragma temp_store = memory`,
    )
    const known = (): string =>
      JSON.stringify(this.all('select sql from sqlite_schema where sql is not null').map(({ sql }) => sql))
    const expected = JSON.stringify(tables)
    if (known() === expected) return
    this.transaction(() => {
      // Another process may have made them in between.
      const found = known()
      if (found === expected) return
      if (found !== '[]') throw new IndexFailure('the tables are not those of an index', true)
      for (const sql of tables) this.#exec(sql)
    })
  }
}

/** Turns what the driver says into an `IndexFailure`; or keeps quiet about it, where nothing more can be done. */
function attempt<T>(action: () => T): T
function attempt(action: () => void, quiet: true): void
function attempt<T>(action: () => T, quiet = false): T | undefined {
  try {
    return action()
  } catch (error) {
    if (quiet) return undefined
    if (error instanceof IndexFailure) throw error
    throw new IndexFailure('the index cannot be used', isDamage(error), error)
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, whatever their extension. */
const isDamage = (error: unknown): boolean => {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  return code === 11 || code === 26
}

/** Reads what was stored as JSON. */
export function parseStored<T>(text: SqlValue | undefined): T {
  try {
    return JSON.parse(text as string) as T
  } catch (error) {
    throw new IndexFailure('what stands in the index is not what was stored', true, error)
  }
}
