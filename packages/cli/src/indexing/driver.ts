/** A value in a row; blobs come as bytes. */
export type SqlValue = string | number | null | Uint8Array

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, SqlValue>>

/** What is used of a prepared statement; `node:sqlite` and `@photostructure/sqlite` have it alike. */
export interface Statement {
  run(...parameters: readonly SqlValue[]): { readonly lastInsertRowid: number | bigint }
  all(...parameters: readonly SqlValue[]): unknown[]
}

/** What is used of a connection. Everything is synchronous. */
export interface Connection {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

/** Opens a database file, or `:memory:`. */
export type Connect = (path: string) => Connection

/** Strings to the compiler: the types of Node 20 do not have the one, and nobody has to install the other. */
const BUILT_IN: string = 'node:sqlite'
const INSTALLED: string = '@photostructure/sqlite'

/**
 * The SQLite of this Node where it has one (22.13 and later), otherwise a package with the same interface if it is
 * installed; undefined without either. The package is an optional peer: it weighs three times as much as all the rest,
 * and who only validates a file in CI needs none of it.
 */
export async function loadDriver(): Promise<Connect | undefined> {
  const found = await withoutWarning(() => import(BUILT_IN)).catch(() => import(INSTALLED).catch(() => undefined))
  const { DatabaseSync } = (found ?? {}) as { readonly DatabaseSync?: new (path: string) => Connection }
  return DatabaseSync && ((path) => new DatabaseSync(path))
}

/** Node calls the module experimental on the error stream, which is for the user. */
const withoutWarning = async <Module>(load: () => Promise<Module>): Promise<Module> => {
  const { emitWarning } = process
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!String(warning).startsWith('SQLite is an experimental'))
      Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  try {
    return await load()
  } finally {
    process.emitWarning = emitWarning
  }
}
