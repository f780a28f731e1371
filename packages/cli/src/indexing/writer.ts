import { randomUUID } from 'node:crypto'
import { emptyTally } from '../querying/tally.ts'
import type { IndexDatabase } from './database.ts'
import type { IndexedRun } from './entry.ts'
import { StaleIndex } from './failure.ts'
import { removeRuns, removeSource, type SourceState, type StoredSource } from './stored-sources.ts'

/** A run with the level that it has by a trust; undefined for one that is not sealed. */
export interface JudgedRun extends IndexedRun {
  readonly level: string | undefined
}

/** Changes that wait are written together: when there are so many of them, or after so long. */
const MOST = 2000
const LONGEST_MS = 1000

/**
 * Writes into an index, many changes in one transaction. Several processes may do so at the same time: who finds that
 * an input was begun by another one in between gives up with `StaleIndex`.
 */
export class IndexWriter {
  readonly #open: () => IndexDatabase
  readonly #trust: string
  #waiting: ((database: IndexDatabase) => void)[] = []
  #since = performance.now()
  #removed = new Set<string>()

  /**
   * @param open is asked for the index when something is written for the first time
   * @param trust by which levels were judged
   */
  constructor(open: () => IndexDatabase, trust: string) {
    this.#open = open
    this.#trust = trust
  }

  /** Begins an input anew, or behind what is known of it. */
  begin(path: string, keep?: { readonly of: StoredSource; readonly bytes: number }): SourceWriter {
    const token = `reading ${randomUUID()}`
    let id: number | undefined
    this.#add((database) => {
      const [before] = database.all('select id, stamp from sources where path = ?', path)
      if (keep && before?.['stamp'] !== keep.of.stamp) throw new StaleIndex('the input was read by another process')
      if (before && keep) {
        id = before['id'] as number
        this.#remove(database, id, keep.bytes)
        database.run('update sources set stamp = ? where id = ?', token, id)
        return
      }
      if (before) {
        this.#remove(database, before['id'] as number, 0)
        removeSource(database, before['id'] as number)
      }
      const columns = 'path, stamp, settled, tally'
      id = database.run(
        `insert into sources (${columns}) values (?, ?, 0, ?)`,
        path,
        token,
        JSON.stringify(emptyTally()),
      )
    })
    const own = (database: IndexDatabase): number => {
      const [row] = database.all('select id from sources where id = ? and stamp = ?', id as number, token)
      if (!row) throw new StaleIndex('the input is read by another process')
      return id as number
    }
    return {
      add: (run) => this.#add((database) => this.#insert(database, own(database), run)),
      end: ({ stamp, settled, tally, prefix }) =>
        this.#add((database) => {
          const known = prefix === undefined ? null : JSON.stringify(prefix)
          const values = [stamp, settled ? 1 : 0, JSON.stringify(tally), known]
          database.run(
            'update sources set stamp = ?, settled = ?, tally = ?, prefix = ? where id = ?',
            ...values,
            own(database),
          )
        }),
    }
  }

  /** Takes an input out. */
  remove(source: number): void {
    this.#add((database) => {
      this.#remove(database, source, 0)
      removeSource(database, source)
    })
  }

  /** Writes what waits, and what was deleted leaves the file. */
  end(): void {
    this.#flush()
    if (this.#removed.size > 0) this.#open().compact()
  }

  #add(change: (database: IndexDatabase) => void): void {
    this.#waiting.push(change)
    if (this.#waiting.length >= MOST || performance.now() - this.#since > LONGEST_MS) this.#flush()
  }

  #flush(): void {
    const changes = this.#waiting
    this.#waiting = []
    if (changes.length > 0) {
      const database = this.#open()
      database.transaction(() => {
        for (const change of changes) change(database)
      })
    }
    this.#since = performance.now()
  }

  #remove(database: IndexDatabase, source: number, from: number): void {
    for (const { name } of database.all('select name from runs where source = ? and start >= ?', source, from))
      this.#removed.add(name as string)
    removeRuns(database, source, from)
  }

  #insert(database: IndexDatabase, source: number, entry: JudgedRun): void {
    const { start, length, at, same, name, relations, servers, evaluation, summary, facts, level } = entry
    this.#removed.delete(name)
    const run = database.run(
      `insert into runs (source, start, length, at, sealed, same, name, family, servers, evaluation, summary, facts)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[source, start, length, at, level === undefined ? 0 : 1, same, name, JSON.stringify(relations)],
      servers.length === 0 ? null : JSON.stringify(servers),
      evaluation === undefined ? null : JSON.stringify(evaluation),
      ...[JSON.stringify(summary), facts],
    )
    for (const [nth, each] of entry.artifacts.entries())
      database.run('insert into artifacts values (?, ?, ?, ?, ?)', run, nth, each.turn, each.digest, each.same)
    for (const [nth, each] of entry.approvals.entries())
      database.run('insert into approvals values (?, ?, ?, ?, ?)', run, nth, each.state, each.tools, each.same)
    if (level !== undefined) database.run('insert into levels values (?, ?, ?)', this.#trust, run, level)
  }
}

/** Writes the runs of one input. */
export interface SourceWriter {
  add(run: JudgedRun): void
  end(state: SourceState): void
}
