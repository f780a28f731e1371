import type { Connection } from './connection.ts'
import { isBusy, storeError } from './faults.ts'
import { emptyLog } from './write-ahead-log.ts'

/** What is not proved to be gone: octets of erased runs in unused parts of the file. */
export interface Residues {
  /** Time of the first erasure that no compaction has followed. */
  readonly since: string
  readonly erasures: number
}

const READ = "SELECT value FROM store_values WHERE name = 'residues'"
const WRITE = `INSERT INTO store_values (name, value) VALUES ('residues', ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`
const CLEAR = "DELETE FROM store_values WHERE name = 'residues' AND value = ?"

/** Notes an erasure, in its transaction. */
export const noteErasure = (connection: Connection, at: string): void => {
  const { since, erasures } = readResidues(connection) ?? { since: at, erasures: 0 }
  connection.run(WRITE, new TextEncoder().encode(JSON.stringify({ since, erasures: erasures + 1 })))
}

/** What the erasures since the last compaction may have left. */
export const readResidues = (connection: Connection): Residues | undefined => {
  const note = readNote(connection)
  return note && (JSON.parse(new TextDecoder().decode(note)) as Residues)
}

const readNote = (connection: Connection): Uint8Array | undefined =>
  connection.get<{ readonly value: Uint8Array }>(READ)?.value

/** A file up to this size in octets is compacted after each erasure; it takes a second at most. */
export const SMALL: number = 64 * 1024 * 1024

/** How often, and for how long, another process is waited for. */
const PAUSE_MS = 5
const LIMIT_MS = 5_000

/**
 * What follows an erasure. The log is emptied at once: SQLite has overwritten what was deleted, and then the old octets
 * are in neither file. One place is left: where SQLite moved rows between pages before, the unused part of a page may
 * hold a copy. Only a new file has none, so a small one is written anew at once, and a large one when it is told to.
 *
 * @throws {AgentRunError} with a {@link StoreFault}; the note then stays, and a later call does the work
 */
export const scrub = async (connection: Connection, compactUpTo: number): Promise<void> => {
  if (readNote(connection) === undefined) return
  if (fileSize(connection) <= compactUpTo) await compact(connection)
  else await emptyLog(connection)
}

/** Writes the file anew, which takes the right to write for about a second for 100 MB, and clears the note. */
export const compact = async (connection: Connection): Promise<void> => {
  const begun = performance.now()
  for (;;) {
    try {
      const note = readNote(connection)
      connection.exec('VACUUM')
      if (note !== undefined) connection.run(CLEAR, note)
      await emptyLog(connection)
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() - begun > LIMIT_MS) throw storeError(error)
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** Octets of the database file, when the log is empty. */
export const fileSize = (connection: Connection): number =>
  pragma(connection, 'page_count') * pragma(connection, 'page_size')

const pragma = (connection: Connection, name: 'page_count' | 'page_size'): number =>
  connection.get<Record<string, number>>(`PRAGMA ${name}`)?.[name] ?? 0

/** Lets all that ask in one turn of the event loop, and while one scrub goes on, share the next. */
export const createScrubber = (connection: Connection, compactUpTo: number): (() => Promise<void>) => {
  let next: Promise<void> | undefined
  let running: Promise<void> = Promise.resolve()
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => {
        next = undefined
        running = scrub(connection, compactUpTo)
        return running
      })
    return next
  }
}
