import type { Tally } from '../querying/tally.ts'
import { type IndexDatabase, parseStored } from './database.ts'

/** The beginning of a file of lines that may grow: what was read of it counts if nothing in it has changed. */
export interface Prefix {
  /** Device and inode. */
  readonly file: string
  /** Length; it ends with the end of a line. */
  readonly bytes: number
  readonly lines: number
  /** SHA-256 of it, in hexadecimal digits. */
  readonly digest: string
  /** What was met in it. */
  readonly tally: Tally
}

/** What the index knows of an input beside its runs. */
export interface SourceState {
  /** The file when it was read, see `Stamp`. */
  readonly stamp: string
  readonly settled: boolean
  readonly tally: Tally
  readonly prefix: Prefix | undefined
}

/** An input as it stands in the index. */
export interface StoredSource extends SourceState {
  readonly id: number
}

/** All inputs that an index knows, by their paths from its folder on. */
export function storedSources(database: IndexDatabase): Map<string, StoredSource> {
  const rows = database.all('select id, path, stamp, settled, tally, prefix from sources')
  return new Map(
    rows.map(({ id, path, stamp, settled, tally, prefix }) => [
      path as string,
      {
        id: id as number,
        stamp: stamp as string,
        settled: settled === 1,
        tally: parseStored<Tally>(tally),
        prefix: prefix === null ? undefined : parseStored<Prefix>(prefix),
      },
    ]),
  )
}

/** Takes the runs of an input out of the index that stand at this place or behind it. */
export function removeRuns(database: IndexDatabase, source: number, from: number): void {
  const runs = 'select id from runs where source = ? and start >= ?'
  for (const table of ['artifacts', 'approvals', 'levels'])
    database.run(`delete from ${table} where run in (${runs})`, source, from)
  database.run('delete from runs where source = ? and start >= ?', source, from)
}

/** Takes an input out of the index. */
export function removeSource(database: IndexDatabase, source: number): void {
  removeRuns(database, source, 0)
  database.run('delete from sources where id = ?', source)
}
