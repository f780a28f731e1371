/** What is used of a prepared statement; `node:sqlite` and `@photostructure/sqlite` have it alike. */
export interface Statement {
  run(...parameters: readonly SqlValue[]): { readonly changes: number | bigint }
  get(...parameters: readonly SqlValue[]): unknown
  all(...parameters: readonly SqlValue[]): unknown[]
}

/** What is used of a database connection. Everything is synchronous. */
export interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

export type SqlValue = string | number | null | Uint8Array

type OpenDatabase = (path: string) => Database

/** A string to the compiler, whose types of Node 20 do not have this module. */
const BUILT_IN: string = 'node:sqlite'

/**
 * The SQLite of this Node where it has one (22.13 and later), otherwise a package with the same interface that brings
 * its own, compiled for common platforms.
 */
export const loadDriver = async (): Promise<OpenDatabase> => {
  const { DatabaseSync } = (await withoutWarning(() => import(BUILT_IN)).catch(
    () => import('@photostructure/sqlite'),
  )) as { readonly DatabaseSync: new (path: string) => Database }
  return (path) => new DatabaseSync(path)
}

/** Node calls the module experimental on the error stream, where a server has its log. */
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
