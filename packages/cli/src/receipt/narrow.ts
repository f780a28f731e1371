import { askIndex } from '../indexing/ask-index.ts'
import { parseStored } from '../indexing/database.ts'
import { isIndexTrouble } from '../indexing/failure.ts'
import type { IndexPool } from '../indexing/open-index.ts'
import type { IndexedRow } from '../indexing/run-index.ts'
import type { Expansion } from '../input/expand.ts'
import type { ReadingOptions } from '../querying/read-runs.ts'
import { chooseRun, LATEST, mayBeChosen } from './choose-run.ts'
import { itemsOf, type NamedItem } from './read-shown.ts'
import { RECEIPTS } from './write-receipts.ts'

/** What has to be read of some inputs for what is asked. */
export interface Narrowed {
  /** In the order of the inputs. */
  items(): AsyncGenerator<NamedItem>
  /** Valid records in all of the inputs. */
  readonly total: number
  /** Their ids, if the newest are asked for. */
  readonly ids: readonly string[]
  /** Invalid ones, and problems with inputs. */
  readonly broken: number
}

/** What is asked. */
interface Asked {
  /** The id of a run, or the beginning of one; undefined: the newest runs. */
  readonly wanted: string | undefined
  /** So many of the newest. */
  readonly most: number
  readonly isFolder: boolean
}

/**
 * The part of some inputs that has to be read to show what is asked, from an index of them; undefined where all has to
 * be read. What may hold a broken record that has the id is part of it.
 */
export async function narrow(
  names: readonly string[],
  expansion: Expansion,
  options: ReadingOptions,
  pool: IndexPool,
  asked: Asked,
): Promise<Narrowed | undefined> {
  const index = await pool.find(names, expansion, options)
  if (index === undefined) return undefined
  try {
    return await askIndex(index, async (met) => {
      const rows = index.select('runs.name, runs.at, runs.length')
      const { wanted } = asked
      const ids = rows.map(({ columns }) => parseStored<string>(columns['name']))
      const meant = meantBy(rows, ids, asked)
      // Only a choice by id may fall on a record that is broken.
      const unclean = new Set(wanted === undefined ? [] : index.unclean(asked.isFolder))
      if (meant === undefined) {
        // Says what is wrong with the choice; what is broken may be what is meant.
        if (wanted !== undefined && unclean.size === 0) chooseRun(begunBy(ids, wanted), wanted, rows.length)
        return undefined
      }
      const known: PlacedItem[] = []
      for await (const { row, record } of index.records(meant.filter(({ position }) => !unclean.has(position)))) {
        const name = expansion.sources[row.position]?.name ?? ''
        known.push({ position: row.position, name, item: record.item })
      }
      return {
        total: rows.length,
        ids: wanted === undefined ? ids : [],
        broken: met.broken,
        items: () => inOrder(known, unclean, expansion, options.maxSize),
      }
    })
  } catch (error) {
    if (!isIndexTrouble(error)) throw error
    pool.giveUp(error)
    return undefined
  }
}

/** An item with the position of its input among all. */
interface PlacedItem extends NamedItem {
  readonly position: number
}

/** Items that are known, and all of the inputs that have to be read. */
async function* inOrder(
  known: readonly PlacedItem[],
  unclean: ReadonlySet<number>,
  { sources }: Expansion,
  maxSize: number,
): AsyncGenerator<NamedItem> {
  for (const position of [...new Set([...unclean, ...known.map((item) => item.position)])].sort((a, b) => a - b)) {
    const source = sources[position]
    if (source && unclean.has(position)) yield* itemsOf([source], maxSize)
    else yield* known.filter((item) => item.position === position)
  }
}

/** The runs that are meant; undefined if that cannot be told from the index, or what is meant is little anyway. */
const meantBy = (
  rows: readonly IndexedRow[],
  ids: readonly string[],
  { wanted, most }: Asked,
): IndexedRow[] | undefined => {
  const at = ({ columns }: IndexedRow): string => (columns['at'] as string | null) ?? ''
  const newest = (): IndexedRow[] => [...rows].sort((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0))
  if (wanted === undefined) return rows.length > RECEIPTS ? newest().slice(0, most) : undefined
  const begun = begunBy(ids, wanted)
  const chosen = begun.find(({ id }) => id === wanted) ?? (begun.length === 1 ? begun[0] : undefined)
  if (chosen) return [rows[chosen.nth] as IndexedRow]
  return begun.length === 0 && wanted === LATEST ? newest().slice(0, 1) : undefined
}

const begunBy = (ids: readonly string[], wanted: string): { readonly id: string; readonly nth: number }[] =>
  ids.map((id, nth) => ({ id, nth })).filter(({ id }) => mayBeChosen(id, wanted))
