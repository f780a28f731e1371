import { foldJournal } from '@agent-run/core'
import type { Step } from '@agent-run/types'
import { sendJson } from '../app/answer.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { currentRun } from '../live/current-run.ts'
import { pageOf } from '../live/list-page.ts'
import { pageParameters } from '../live/parameters.ts'
import { journalOf, recordValueOf } from '../live/record.ts'
import type { Store, StoredRun } from '../store/store.ts'

/** The final steps of a run, in their order (AR-HTTP-088). */
export const stepRoutes: RouteModule = (app, context) => {
  app.get('/api/v1/runs/:id/steps', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const id = runIdOf(request)
    const page = pageParameters(knownParameters(request, ['limit', 'cursor']), context.limits.page)
    const run = await currentRun(context.store, request.tenant, id)
    const steps = await finalStepsOf(context.store, request.tenant, run)
    const { items, next } = pageOf(context, request.tenant, JSON.stringify(['steps', id]), steps, page)
    return sendJson(reply, { steps: items, ...(next === undefined ? {} : { next }) })
  })
}

/** Of a live run those that have ended: open ones come after them in the fold, and may still change. */
const finalStepsOf = async (store: Store, tenant: string, run: StoredRun): Promise<readonly Step[]> => {
  if (run.state === 'stored') return (await recordValueOf(store, tenant, run)).steps
  const journal = await journalOf(store, tenant, run)
  return foldJournal(journal, { live: true }).run?.steps.slice(0, journal.leaves.length) ?? []
}
