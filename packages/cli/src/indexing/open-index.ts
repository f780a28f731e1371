import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Expansion } from '../input/expand.ts'
import type { ReadingOptions } from '../querying/read-runs.ts'
import { IndexDatabase } from './database.ts'
import { type Connect, loadDriver } from './driver.ts'
import { IndexFailure, type StaleIndex } from './failure.ts'
import { type Home, homesOf } from './homes.ts'
import { findIndex, inodeOf, makeIndex, removeIndex } from './place.ts'
import type { RunIndex } from './run-index.ts'

/** Reading less than this is as fast as any index, and leaves nothing behind. */
const WORTH: Worth = { files: 500, bytes: 16 * 1024 * 1024 }

/** Inputs in more folders than this, none of which was named, are read. */
const MOST_HOMES = 16

/** From so many files, or so many bytes in them, on, a folder gets an index. */
export interface Worth {
  readonly files: number
  readonly bytes: number
}

/** Indexes that are open. Those of a program that watches stay open. */
export class IndexPool {
  readonly #open = new Map<string, { readonly database: IndexDatabase; readonly made: string | undefined }>()
  readonly #isWatching: boolean
  readonly #worth: Worth

  /**
   * @param isWatching whether inputs will be read again and again: then small ones are worth an index, in memory
   * @param worth which inputs are worth an index in a file
   */
  constructor({ isWatching = false, worth = WORTH }: { readonly isWatching?: boolean; readonly worth?: Worth } = {}) {
    this.#isWatching = isWatching
    this.#worth = worth
  }

  /**
   * The index of some inputs; undefined where reading them is better or there is no SQLite.
   * @param names that the inputs were given by
   */
  async find(names: readonly string[], expansion: Expansion, options: ReadingOptions): Promise<RunIndex | undefined> {
    const { sources } = expansion
    if (!options.index || sources.length === 0 || sources.some(({ size }) => size === undefined)) return undefined
    const homes = homesOf(names, sources).map((home) => ({ home, kind: this.#kindOf(home) }))
    if (homes.length > MOST_HOMES || (!this.#isWatching && homes.every(({ kind }) => kind === 'none'))) return undefined
    const connect = await loadDriver()
    if (connect === undefined) return undefined
    const indexed = homes.map(({ home, kind }) => ({ ...home, open: () => this.#database(connect, home.folder, kind) }))
    // Only now: few inputs are worth one.
    const { RunIndex } = await import('./run-index.ts')
    return new RunIndex(indexed, expansion, options)
  }

  /** Closes all. An index that was made and in which there is no run is removed: nobody would look for one there. */
  close(): void {
    for (const { database, made } of this.#open.values()) {
      const isEmpty = made !== undefined && hasNoRuns(database)
      database.close()
      if (isEmpty) rmSync(dirname(made), { recursive: true, force: true })
    }
    this.#open.clear()
  }

  /** Closes all after a failure. The files of what is broken are removed: the next use builds them again. */
  giveUp(error: IndexFailure | StaleIndex): void {
    const isBroken = error instanceof IndexFailure && error.isBroken
    for (const [folder, { database }] of this.#open) {
      database.close()
      const file = isBroken ? findIndex(folder) : undefined
      if (file) removeIndex(file, inodeOf(file))
    }
    this.#open.clear()
  }

  #kindOf({ folder, isNamed, sources }: Home): 'file' | 'none' {
    if (this.#open.has(folder)) return 'file'
    const bytes = sources.reduce((sum, { source }) => sum + (source.size ?? 0), 0)
    if (sources.length >= this.#worth.files || bytes >= this.#worth.bytes) return 'file'
    return isNamed && findIndex(folder) !== undefined ? 'file' : 'none'
  }

  #database(connect: Connect, folder: string, kind: 'file' | 'none'): IndexDatabase {
    const open = this.#open.get(folder)
    if (open) return open.database
    const known = kind === 'file' ? findIndex(folder) : undefined
    const file = known ?? (kind === 'file' ? makeIndex(folder) : undefined)
    // In memory it helps those who ask again, and those whose other inputs have one.
    if (file === undefined && kind === 'file' && !this.#isWatching)
      throw new IndexFailure('there is no room for an index', false)
    const database = file === undefined ? new IndexDatabase(connect, ':memory:') : openFile(connect, file)
    this.#open.set(folder, { database, made: known === undefined ? file : undefined })
    return database
  }
}

/** Opens a file; what is broken, or somebody else's, is replaced. */
const openFile = (connect: Connect, file: string): IndexDatabase => {
  const inode = inodeOf(file)
  try {
    return new IndexDatabase(connect, file)
  } catch (error) {
    if (!(error instanceof IndexFailure && error.isBroken)) throw error
    removeIndex(file, inode)
    return new IndexDatabase(connect, file)
  }
}

const hasNoRuns = (database: IndexDatabase): boolean => {
  try {
    return database.all('select 1 from runs limit 1').length === 0
  } catch (error) {
    if (error instanceof IndexFailure) return false
    throw error
  }
}
