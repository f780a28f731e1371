import { describeRun, diffRuns, isGood, type LastGoodSearch, searchesForLastGood, timeOf } from '@agent-run/core'
import type { AgentRun, RunDiff, RunSummary } from '@agent-run/types'
import type { Store, StoredRun } from '../store/store.ts'
import { currentRun } from './current-run.ts'
import { recordValueOf } from './record.ts'

/** Runs of a page while the last good one is looked for. */
const PAGE = 200

/**
 * Compares a run with another one, or with the last good run before it; the answer says which that is, or that none is
 * known (AR-HTTP-121).
 * @param against id of a run, or `last_good`
 * @throws Problem 404 run.unknown, 410 run.erased, of either run
 */
export const diffRun = async (store: Store, tenant: string, id: string, against: string): Promise<RunDiff> => {
  const run = await currentRun(store, tenant, id)
  const after = await recordValueOf(store, tenant, run)
  const found = against === 'last_good' ? await lastGoodOf(store, tenant, run, after) : { id: against }
  if (found === undefined) return { run_id: id, against: null, after: run.summary }
  const other = await currentRun(store, tenant, found.id)
  const before = await recordValueOf(store, tenant, other)
  const diff = diffRuns(before, after, { summaries: { before: other.summary, after: run.summary } })
  return 'criterion' in found ? { ...diff, criterion: found.criterion } : diff
}

interface Found {
  readonly id: string
  readonly criterion: LastGoodSearch['criterion']
}

const lastGoodOf = async (
  store: Store,
  tenant: string,
  { id, summary }: StoredRun,
  record: AgentRun,
): Promise<Found | undefined> => {
  const described = describeRun(record)
  // When it was received counts where nobody knows when it started.
  const searches = searchesForLastGood({ ...described, summary })
  const baselines = (record.related ?? []).flatMap((each) => (each.relation === 'baseline' ? [each.run_id] : []))
  for (const rank of searches) {
    let best: { readonly search: LastGoodSearch; readonly run: RunSummary } | undefined
    for (const search of rank) {
      const run =
        search.filter === undefined
          ? await firstStored(store, tenant, baselines)
          : await newestGood(store, tenant, search.filter, id)
      if (run && (best === undefined || (timeOf(run) ?? '') > (timeOf(best.run) ?? ''))) best = { search, run }
    }
    if (best) return { id: best.run.id, criterion: best.search.criterion }
  }
  return undefined
}

/** A baseline is taken as it is, good or not. */
const firstStored = async (
  store: Store,
  tenant: string,
  ids: readonly (string | undefined)[],
): Promise<RunSummary | undefined> => {
  for (const id of ids) {
    const run = id === undefined ? undefined : await store.readRun(tenant, id)
    if (run !== undefined && run.state !== 'erased') return run.summary
  }
  return undefined
}

const newestGood = async (
  store: Store,
  tenant: string,
  filter: NonNullable<LastGoodSearch['filter']>,
  self: string,
): Promise<RunSummary | undefined> => {
  for (let after: string | undefined; ; ) {
    const page = await store.listRuns(tenant, filter, { limit: PAGE, ...(after === undefined ? {} : { after }) })
    const found = page.items.find((summary) => summary.id !== self && isGood(summary))
    if (found !== undefined || page.next === undefined) return found
    after = page.next
  }
}
