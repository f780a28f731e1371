import { sendJson } from '../app/answer.ts'
import { jsonBody, octetsOf } from '../app/body.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { currentRun } from '../live/current-run.ts'
import { attachEval, evalsOf } from '../live/evals.ts'
import { pageOf } from '../live/list-page.ts'
import { pageParameters } from '../live/parameters.ts'

/** Judgements of a run: attached, and listed (AR-HTTP-055, AR-HTTP-056). */
export const evalRoutes: RouteModule = (app, context) => {
  app.put('/api/v1/runs/:id/eval', { config: { scope: 'runs:write', body: jsonBody } }, async (request, reply) => {
    const id = runIdOf(request)
    knownParameters(request, [])
    const octets = await octetsOf(request, context.limits)
    const receipt = await attachEval(context, request.tenant, id, octets)
    return sendJson(reply.header('etag', `"${receipt.etag}"`), receipt)
  })

  app.get('/api/v1/runs/:id/evals', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const id = runIdOf(request)
    const page = pageParameters(knownParameters(request, ['limit', 'cursor']), context.limits.page)
    const run = await currentRun(context.store, request.tenant, id)
    const evals = await evalsOf(context.store, request.tenant, run)
    const { items, next } = pageOf(context, request.tenant, JSON.stringify(['evals', id]), evals, page)
    return sendJson(reply, { evals: items, ...(next === undefined ? {} : { next }) })
  })
}
