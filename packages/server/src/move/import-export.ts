import { splitLines } from '../receive/split-lines.ts'
import type { DocumentKind, ExportedRun, ExportPosition, JournalRow, Store } from '../store/store.ts'
import { type ExportEnd, type ImportItem, readExport } from './import-lines.ts'
import { type ImportContext, importRun } from './import-run.ts'
import { equalTotals, type GrowingTotals, startTotals } from './totals.ts'

/** What came of an import. */
export interface ImportReport {
  readonly created: number
  readonly same: number
  readonly refused: readonly ExportPosition[]
  /** Whether what is stored now, read back, has the totals that the export said. */
  readonly isEqual: boolean
}

/** Longer than any body that a server can be told to take. */
const LONGEST_LINE = 2 ** 30
/** Runs that are on their way at the same time, so that they share commits. */
const TOGETHER = 32

/**
 * Stores an export, and reads back what it has stored.
 * @param chunks octets of the export
 * @throws Failure for octets that are no whole export; runs before the fault are stored by then
 */
export const importExport = async (
  context: ImportContext,
  chunks: AsyncIterable<Buffer>,
  { tenant, onRuns }: { readonly tenant?: string | undefined; readonly onRuns?: (count: number) => void },
): Promise<ImportReport> => {
  const totals = startTotals()
  const found = { created: 0, same: 0, refused: [] as ExportPosition[] }
  const take = async (items: readonly ImportItem[]): Promise<void> => {
    const outcomes = await Promise.all(items.map((item) => importRun(context, tenant ?? item.head.tenant, item)))
    for (const [index, item] of items.entries()) {
      const outcome = outcomes[index]!
      if (outcome === 'refused') found.refused.push({ tenant: item.head.tenant, id: item.head.id })
      else found[outcome]++
      await addStored(totals, context.store, tenant ?? item.head.tenant, item)
    }
    onRuns?.(found.created + found.same)
  }

  const items = readExport(splitLines(chunks, LONGEST_LINE))
  let waiting: ImportItem[] = []
  let end: ExportEnd | undefined
  while (end === undefined) {
    const { done, value } = await items.next()
    if (done) end = value
    else waiting.push(value)
    if (done || waiting.length === TOGETHER) {
      await take(waiting)
      waiting = []
    }
  }
  return { ...found, isEqual: equalTotals(totals.end(), end) }
}

const KINDS: readonly DocumentKind[] = ['decision', 'eval', 'statement']
const LINES_AT_ONCE = 1_000

/** Adds what a store has of a run now, under the name that it had in the export. */
const addStored = async (totals: GrowingTotals, store: Store, tenant: string, { head }: ImportItem): Promise<void> => {
  const run = await store.readRun(tenant, head.id)
  if (run === undefined) return
  const documents: ExportedRun['documents'][number][] = []
  for (const kind of KINDS) documents.push(...(await store.readDocuments(tenant, head.id, kind)))
  totals.add({ tenant: head.tenant, id: head.id, run, documents, journal: await readLines(store, tenant, head.id) })
}

const readLines = async (store: Store, tenant: string, id: string): Promise<readonly JournalRow[]> => {
  const lines: JournalRow[] = []
  for (;;) {
    const page = await store.readJournal(tenant, id, { after: lines.at(-1)?.number ?? -1, limit: LINES_AT_ONCE })
    lines.push(...page)
    if (page.length < LINES_AT_ONCE) return lines
  }
}
