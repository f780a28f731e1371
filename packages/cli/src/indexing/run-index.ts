import { join } from 'node:path'
import { grouped, visibleName } from '@agent-run/core/text'
import type { Expansion } from '../input/expand.ts'
import type { Source } from '../input/source.ts'
import { addUnusable, levelOf, type PlacedRun, type ReadingOptions } from '../querying/read-runs.ts'
import { Tallies } from '../querying/tally.ts'
import { createProgress } from '../terminal/progress.ts'
import { type IndexDatabase, parseStored } from './database.ts'
import type { Row, SqlValue } from './driver.ts'
import { IndexFailure, StaleIndex } from './failure.ts'
import type { Home, HousedSource } from './homes.ts'
import { type Place, readRecords } from './read-records.ts'
import { readSource } from './read-source.ts'
import { stampOf } from './stamp.ts'
import { type StoredSource, storedSources } from './stored-sources.ts'
import { IndexWriter } from './writer.ts'

/** A folder's inputs and the index that they belong to, which is opened when it is needed. */
export interface IndexedHome extends Home {
  /** Throws `IndexFailure`. */
  readonly open: () => IndexDatabase
}

/** A run that was selected, with the columns that were asked for. */
export interface IndexedRow {
  readonly columns: Row
  /** Place of its input among all, then its place in that. */
  readonly position: number
  readonly start: number
  readonly home: number
}

/** What is known of the inputs of one home. */
interface State {
  readonly number: number
  /** Inputs by their ids in the index. */
  readonly inputs: ReadonlyMap<number, { readonly position: number; readonly source: Source; readonly stamp: string }>
}

/** Trusts whose verdicts are kept. */
const TRUSTS = 8

/** The runs of some inputs in one or more indexes. */
export class RunIndex {
  readonly #homes: readonly IndexedHome[]
  readonly #expansion: Expansion
  readonly #options: ReadingOptions
  #states: State[] = []
  /** By their positions. */
  #found: StoredSource[] = []

  constructor(homes: readonly IndexedHome[], expansion: Expansion, options: ReadingOptions) {
    this.#homes = homes
    this.#expansion = expansion
    this.#options = options
  }

  /**
   * Reads what has changed since, and forgets what is gone. Returns what was met in the inputs.
   * Throws `IndexFailure`, also if another process is reading the same: two would only disturb each other.
   */
  async refresh(): Promise<Tallies> {
    try {
      return this.#remember(await this.#readChanges())
    } catch (error) {
      if (error instanceof StaleIndex) throw new IndexFailure(error.message, false, error)
      throw error
    }
  }

  async #readChanges(): Promise<Survey[]> {
    const surveys = this.#homes.map(surveyOf)
    const plans = surveys.map((survey, at) => ({ ...survey, ...planOf(this.#homes[at] as IndexedHome, survey) }))
    const progress = createProgress(this.#options.quiet)
    const totalBytes = plans.flatMap(({ changed }) => changed).reduce((sum, { source }) => sum + (source.size ?? 0), 0)
    let [bytes, records] = [0, 0]
    const reading = {
      ...this.#options,
      onRead: (read: number) => {
        bytes += read
        progress.update(() => ({ bytes, totalBytes, done: `indexing: ${grouped(records)} records` }))
      },
      onRecord: () => {
        records++
      },
    }
    try {
      for (const [at, { known, changed, gone }] of plans.entries()) {
        if (changed.length + gone.length === 0) continue
        const home = this.#homes[at] as IndexedHome
        const writer = new IndexWriter(home.open, this.#options.trustKey)
        for (const { id } of gone) writer.remove(id)
        for (const { source, path } of changed) await readSource(source, path, known.get(path), writer, reading)
        writer.end()
        surveys[at] = surveyOf(home)
      }
    } finally {
      progress.hide()
    }
    return surveys
  }

  /** Remembers what the indexes now have of the inputs. */
  #remember(surveys: readonly Survey[]): Tallies {
    const found: StoredSource[] = []
    this.#states = surveys.map(({ number, known }, at) => {
      const inputs = new Map<number, { position: number; source: Source; stamp: string }>()
      for (const { path, position, source } of this.#homes[at]?.sources ?? []) {
        const stored = known.get(path)
        if (stored === undefined || isBeingRead(stored)) throw new StaleIndex('another process reads the same input')
        inputs.set(stored.id, { position, source, stamp: stored.stamp })
        found[position] = stored
      }
      return { number, inputs }
    })
    this.#found = found
    const tallies = new Tallies()
    addUnusable(tallies, this.#expansion)
    for (const [position, source] of this.#expansion.sources.entries())
      tallies.add(visibleName(source.name), (found[position] as StoredSource).tally)
    return tallies
  }

  /**
   * Runs in the order of the inputs, with these columns of `runs` and of what is joined to it; several rows of one run in
   * the order of their column `nth`.
   * Throws `StaleIndex` if the index has changed since it was refreshed.
   */
  select(columns: string, rest = '', ...parameters: readonly SqlValue[]): IndexedRow[] {
    const sql = `select runs.source, runs.start, ${columns} from runs ${rest}`
    const rows = this.#homes.flatMap(({ open }, home) =>
      open().snapshot((number) => {
        const state = this.#states[home] as State
        if (number !== state.number) throw new StaleIndex('the index has changed')
        return open()
          .all(sql, ...parameters)
          .flatMap((row): IndexedRow[] => {
            const input = state.inputs.get(row['source'] as number)
            if (input === undefined) return []
            return [{ columns: row, position: input.position, start: row['start'] as number, home }]
          })
      }),
    )
    return rows.sort(
      (a, b) => a.position - b.position || a.start - b.start || Number(a.columns['nth']) - Number(b.columns['nth']),
    )
  }

  /**
   * Reads records of rows again, which must have the column `length`: in the order of the files, not of the rows.
   * Throws `StaleIndex` if one is not there any more.
   */
  async *records(
    rows: readonly IndexedRow[],
  ): AsyncGenerator<{ readonly row: IndexedRow; readonly record: PlacedRun }> {
    const sorted = [...rows].sort((a, b) => a.position - b.position || a.start - b.start)
    const places = sorted.map(({ home, start, columns }): Place => {
      const input = this.#states[home]?.inputs.get(columns['source'] as number)
      if (input === undefined) throw new StaleIndex('the input is not there any more')
      return { ...input, start, length: columns['length'] as number }
    })
    let at = 0
    for await (const record of readRecords(places, this.#options.maxSize))
      yield { row: sorted[at++] as IndexedRow, record }
  }

  /**
   * Positions of inputs in which something is no valid record; in folders, where much may lie about, something that is
   * meant to be one.
   */
  unclean(isFolder: boolean): number[] {
    return this.#found.flatMap(({ tally }, position) =>
      tally.invalid + tally.problems + (isFolder ? 0 : tally.passedOver) > 0 ? [position] : [],
    )
  }

  /** Judges sealed runs that this trust has not judged yet. Throws `IndexFailure` and `StaleIndex`. */
  async judge(): Promise<void> {
    const { trustKey, verify } = this.#options
    const rows = this.select(
      'runs.id, runs.length',
      'where sealed = 1 and not exists (select 1 from levels where trust = ? and run = runs.id)',
      trustKey,
    )
    const judged: { readonly home: number; readonly run: number; readonly level: string }[] = []
    for await (const { row, record } of this.records(rows))
      judged.push({ home: row.home, run: row.columns['id'] as number, level: levelOf(record, verify) })
    for (const [home, { open }] of this.#homes.entries()) {
      const own = judged.filter((each) => each.home === home)
      const isKnown = open().all('select 1 from trusts where trust = ?', trustKey).length > 0
      if (own.length === 0 && isKnown) continue
      open().transaction(() => {
        open().run('insert or replace into trusts values (?, ?)', trustKey, new Date().toISOString())
        const old = `select trust from trusts order by used desc limit -1 offset ${TRUSTS}`
        open().run(`delete from levels where trust in (${old})`)
        open().run(`delete from trusts where trust in (${old})`)
        for (const { run, level } of own)
          open().run('insert or replace into levels values (?, ?, ?)', trustKey, run, level)
      })
    }
  }
}

/** What stands in an index while an input is read: never the stamp of a file. */
const isBeingRead = ({ stamp }: StoredSource): boolean => stamp.startsWith('reading ')

/** All that an index knows, and the number of the state in which it does. */
interface Survey {
  readonly number: number
  readonly known: ReadonlyMap<string, StoredSource>
}

const surveyOf = ({ open }: IndexedHome): Survey =>
  open().snapshot((number) => ({ number, known: storedSources(open()) }))

/** What has to be done for a home: inputs to be read, and others that are not what they were. */
const planOf = (
  { folder, sources }: IndexedHome,
  { known }: Survey,
): { readonly changed: readonly HousedSource[]; readonly gone: readonly StoredSource[] } => {
  const named = new Set(sources.map(({ path }) => path))
  const changed = sources.filter(({ path, source }) => {
    const stored = known.get(path)
    return stored === undefined || !stored.settled || stampOf(source.path as string)?.text !== stored.stamp
  })
  const gone = [...known].flatMap(([path, stored]) => {
    if (named.has(path)) return []
    return stampOf(join(folder, parseStored<string>(path)))?.text === stored.stamp ? [] : [stored]
  })
  return { changed, gone }
}
