import type { LastGood } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { FoundRun } from '../querying/find-run.ts'
import { chooseRun, LATEST, mayBeChosen } from './choose-run.ts'
import { lastGoodFact, ShownRuns } from './last-good.ts'
import { type OverviewEntry, overviewEntry } from './overview.ts'
import { type NamedItem, type ShowingOptions, type Shown, showItem } from './read-shown.ts'
import { RECEIPTS } from './write-receipts.ts'

/** An entry of an overview, and what decides about its place. */
interface GatheredEntry {
  readonly entry: OverviewEntry
  readonly isValid: boolean
  readonly at: string
}

/** What was met in inputs that are shown. */
export interface Gathered {
  /** Those that may be chosen, or whose receipts may be written. */
  readonly kept: readonly Shown[]
  readonly newest: Shown | undefined
  readonly entries: readonly GatheredEntry[]
  /** Ids of the valid ones, if a folder is shown. */
  readonly ids: readonly string[]
  readonly runs: ShownRuns
  readonly journals: ReadonlySet<string>
  readonly seen: number
  readonly shown: number
  readonly valid: number
  readonly invalid: number
  /** Not valid, or with a proof that failed. */
  readonly broken: number
}

/** More entries than this are not kept. */
const ENTRIES = 2000

/** What is wanted of the records that are met. */
type GatheringOptions = Omit<ShowingOptions, 'onJournal'> & {
  readonly run?: string
  readonly format: 'pretty' | 'markdown' | 'json'
}

/** Goes through items and keeps what will be written. */
export async function gather(items: AsyncIterable<NamedItem>, options: GatheringOptions): Promise<Gathered> {
  const { run: wanted, format, layout, isFolder } = options
  const counts = { seen: 0, shown: 0, valid: 0, invalid: 0, broken: 0 }
  const kept: Shown[] = []
  let entries: GatheredEntry[] = []
  const ids: string[] = []
  const journals = new Set<string>()
  const runs = new ShownRuns()
  let newest: Shown | undefined
  for await (const item of items) {
    const shown = await showItem(item, { ...options, onJournal: (name) => journals.add(name) })
    if (!shown) continue
    const { facts, run, at = '' } = shown
    counts.seen++
    counts[run ? 'valid' : 'invalid']++
    if (!shown.ok) counts.broken++
    if (run && isFolder) ids.push(run.id)
    if (run) runs.add(run, { runs: ENTRIES, records: RECEIPTS })
    if (run && wanted === LATEST && (newest === undefined || at > (newest.at ?? ''))) newest = shown
    if (wanted !== undefined && !mayBeChosen(shown.id, wanted)) continue
    if (facts && (isFolder || entries.length < ENTRIES))
      entries.push({ entry: overviewEntry(facts), isValid: run !== undefined, at })
    // Of a folder the newest count, wherever they stand in it.
    if (entries.length >= 2 * ENTRIES) entries = byTime(entries).slice(0, ENTRIES)
    if (wanted !== undefined || layout.all || kept.length < RECEIPTS || format === 'json') kept.push(shown)
    if (facts) counts.shown++
  }
  return { ...counts, kept, newest, entries, ids, runs, journals }
}

/** Equally old ones in the order of the inputs. */
const byTime = (entries: readonly GatheredEntry[]): GatheredEntry[] =>
  [...entries].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))

/** Of a folder so many are listed. */
export const NEWEST = 50

/** The newest of the valid ones. */
export const newestOf = ({ entries }: Gathered): OverviewEntry[] =>
  byTime(entries.filter(({ isValid }) => isValid))
    .slice(0, NEWEST)
    .map(({ entry }) => entry)

/** Whether a run can be chosen from what was gathered. */
export const hasChoice = ({ kept, newest }: Gathered, wanted: string): boolean =>
  kept.filter(({ id }) => id === wanted).length > 0 || kept.length === 1 || (kept.length === 0 && newest !== undefined)

/**
 * What receipts are written of: the one that is asked for, or those that were kept. Only what did not go well is compared
 * with what did.
 * @param lookUp looks for the last good run before one
 */
export async function choose(
  { kept, newest, runs, seen }: Gathered,
  wanted: string | undefined,
  lookUp: (run: AgentRun) => Promise<LastGood<FoundRun> | undefined>,
): Promise<{ readonly chosen: readonly Shown[]; readonly isAlone: boolean }> {
  if (wanted === undefined)
    return {
      isAlone: false,
      chosen: kept.map((shown) => (isBad(shown) ? withLastGood(shown, runs.before(shown.id ?? '')) : shown)),
    }
  const chosen = kept.length === 0 && newest ? newest : chooseRun(kept, wanted, seen)
  if (!isBad(chosen) || chosen.run === undefined) return { isAlone: true, chosen: [chosen] }
  const good = await lookUp(chosen.run)
  return { isAlone: true, chosen: [withLastGood(chosen, good && lastGoodFact(good, chosen.run))] }
}

const isBad = ({ facts }: Shown): boolean => facts?.verdict.tone === 'bad'

const withLastGood = (shown: Shown, lastGood: ReturnType<ShownRuns['before']>): Shown =>
  shown.facts && lastGood ? { ...shown, facts: { ...shown.facts, lastGood } } : shown
