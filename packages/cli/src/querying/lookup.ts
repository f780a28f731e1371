import { createLastGoodFinder, type LastGood } from '@agent-run/core'
import { isIndexTrouble } from '../indexing/failure.ts'
import type { IndexPool } from '../indexing/open-index.ts'
import { expandArguments } from '../input/expand.ts'
import { describe, type FoundRun, IdSearch } from './find-run.ts'
import { type ReadingOptions, RunReader } from './read-runs.ts'

/** Some inputs in which runs are looked up. */
export interface Lookup {
  /**
   * Looks for runs by their ids or the beginnings of such. Returns what gives each of them, and throws `Failure` for a name
   * that means none, or several.
   */
  find(names: readonly string[]): Promise<(name: string) => FoundRun>
  /** The last good run before another one; undefined if none is known. */
  lastGood(after: FoundRun): Promise<LastGood<FoundRun> | undefined>
  /** What could not be looked at, each a line. */
  remarks(): readonly string[]
}

/** Looks runs up by reading all of the inputs, again for every question. */
export function createFileLookup(reader: RunReader): Lookup {
  return {
    async find(names) {
      const search = new IdSearch<{ readonly id: string; readonly found: FoundRun }>(names)
      for await (const each of reader.runs()) search.offer({ id: each.run.id, found: describe(each) })
      return (name) => search.get(name).found
    },
    // Only when the run is known, the runs before it can be told from the others.
    async lastGood(after) {
      const finder = createLastGoodFinder<FoundRun>(after)
      for await (const each of reader.runs()) finder.offer(describe(each))
      return finder.found()
    },
    remarks: () => reader.remarks(),
  }
}

/** Looks runs up in an index where there is one, or the inputs are worth one; otherwise in the files. */
export async function createLookup(
  names: readonly string[],
  options: ReadingOptions,
  pool: IndexPool,
): Promise<Lookup> {
  const expansion = expandArguments(names)
  const files = createFileLookup(new RunReader(expansion, options))
  const index = await pool.find(names, expansion, options)
  if (index === undefined) return files
  const { createIndexLookup } = await import('./index-lookup.ts')
  let looking = createIndexLookup(index, options)
  const ask = async <T>(question: (lookup: Lookup) => Promise<T>): Promise<T> => {
    try {
      return await question(looking)
    } catch (error) {
      if (!isIndexTrouble(error)) throw error
      pool.giveUp(error)
      looking = files
      return question(files)
    }
  }
  return {
    find: (wanted) => ask((lookup) => lookup.find(wanted)),
    lastGood: (after) => ask((lookup) => lookup.lastGood(after)),
    remarks: () => looking.remarks(),
  }
}
