import type { Signer } from '@agent-run/core'
import type { Logger } from 'pino'
import { signTombstone, statementDocument } from '../live/countersign.ts'
import type { Store } from '../store/store.ts'
import { describeFault } from './observe.ts'

/** What retention works with. */
export interface Retention {
  readonly store: Store
  readonly log: Logger
  readonly clock: () => string
  /** Signs the tombstones. */
  readonly serverKey: Signer | undefined
  /** Days after their reception that runs are kept; undefined: for ever. */
  readonly retainDays: number | undefined
  /** Days that events can be resumed from. */
  readonly retainEventsDays: number
}

const DAY = 86_400_000
/** Milliseconds between two rounds. */
const PAUSE = 3_600_000
/** Runs that are erased before others have their turn. */
const SLICE = 100

/** Erases in rounds what has been kept long enough. The result stops it, after the slice that is being erased. */
export const startRetention = (retention: Retention): (() => Promise<void>) => {
  const stopping = new AbortController()
  let round: Promise<void> = Promise.resolve()
  const begin = (): void => {
    round = retain(retention, stopping.signal).catch((error: unknown) => {
      retention.log.error({ fault: describeFault(error) }, 'retention failed; the next round tries again')
    })
  }
  const timer = setInterval(begin, PAUSE)
  timer.unref()
  begin()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await round
  }
}

/** One round over all tenants: events first, then runs, in slices, with tombstones where the server has a key. */
export const retain = async (
  { store, log, clock, serverKey, retainDays, retainEventsDays }: Retention,
  stopping: AbortSignal,
): Promise<void> => {
  const now = Date.parse(clock())
  const events = await store.forgetEvents(new Date(now - retainEventsDays * DAY).toISOString())
  let runs = 0
  if (retainDays !== undefined) {
    const before = new Date(now - retainDays * DAY).toISOString()
    for (const tenant of await tenantsOf(store))
      for (let ids = await next(store, tenant, before); ids.length > 0; ids = await next(store, tenant, before)) {
        if (stopping.aborted) return
        // Together: what a store does after an erasure to leave no copy behind, it does once for all of them.
        await Promise.all(ids.map((id) => eraseRun({ store, clock, serverKey }, tenant, id)))
        runs += ids.length
      }
  }
  if (events + runs > 0) log.info({ events, runs }, 'retention')
}

/** Erases a run whole. One that somebody else has erased meanwhile is gone as well. */
const eraseRun = async (
  { store, clock, serverKey }: Pick<Retention, 'store' | 'clock' | 'serverKey'>,
  tenant: string,
  id: string,
): Promise<void> => {
  const run = await store.readRun(tenant, id)
  if (run === undefined || run.state === 'erased') return
  const about = run.recordHash ?? run.documentHash
  const tombstone =
    serverKey === undefined || about === ''
      ? undefined
      : statementDocument(await signTombstone(serverKey, about, clock(), { reason: 'retention' }))
  await store.eraseRun(tenant, id, { scope: 'record', tombstone }, {})
}

const next = (store: Store, tenant: string, before: string): Promise<readonly string[]> =>
  store.listReceivedBefore(tenant, before, SLICE)

const tenantsOf = async (store: Store): Promise<readonly string[]> => [
  ...new Set((await store.keys.list()).map(({ tenant }) => tenant)),
]
