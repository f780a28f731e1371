// Compares what was acknowledged with what a store has in the end.
import type { Store } from '../../src/store/store.ts'
import type { Acknowledged } from './writers.ts'

/** What came of it. Nothing may be lost, and nothing there twice. */
export interface Inspection {
  readonly acknowledged: number
  readonly found: number
  /** Runs listed twice, journal lines stored twice, and events that tell of a creation again. */
  readonly duplicate: number
  /** Positions between the first event and the last that no event has. */
  readonly gaps: number
}

const PAGE = 200

export const inspect = async (store: Store, tenant: string, { runs, journals }: Acknowledged): Promise<Inspection> => {
  let [acknowledged, found, duplicate] = [0, 0, 0]
  for (const [id, etag] of runs) {
    acknowledged++
    const run = await store.readRun(tenant, id)
    if (run?.state === 'stored' && run.etag === etag) found++
  }
  for (const [id, lines] of journals) {
    acknowledged += lines.length
    const stored = await journalLines(store, tenant, id)
    found += lines.filter((line, index) => stored[index] === line).length
    duplicate += stored.length - new Set(stored).size
  }
  const listed = await listedIds(store, tenant)
  const { created, gaps } = await creations(store, tenant)
  duplicate += listed.length - new Set(listed).size + created.length - new Set(created).size
  const missing = [...runs.keys()].filter((id) => !created.includes(id)).length
  return { acknowledged, found: found - missing, duplicate, gaps }
}

const journalLines = async (store: Store, tenant: string, id: string): Promise<readonly string[]> => {
  const rows = await store.readJournal(tenant, id, { after: -1, limit: 1_000_000 })
  return rows.map(({ octets }) => Buffer.from(octets).toString())
}

const listedIds = async (store: Store, tenant: string): Promise<readonly string[]> => {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await store.listRuns(tenant, { facts: [] }, { limit: PAGE, ...(after === undefined ? {} : { after }) })
    ids.push(...page.items.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  return ids
}

const creations = async (store: Store, tenant: string): Promise<{ created: readonly string[]; gaps: number }> => {
  const created: string[] = []
  let [after, gaps] = [0, 0]
  for (;;) {
    const events = await store.readEvents(tenant, after, 1_000)
    for (const { position, type, runId } of events) {
      gaps += position - after - 1
      after = position
      if (type === 'run.created') created.push(runId)
    }
    if (events.length < 1_000) return { created, gaps }
  }
}
