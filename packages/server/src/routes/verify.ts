import { sendJson } from '../app/answer.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { currentRun } from '../live/current-run.ts'
import { verifyRun } from '../live/verify-run.ts'

/** The verdict of what is stored (AR-HTTP-100). */
export const verifyRoutes: RouteModule = (app, context) => {
  app.get('/api/v1/runs/:id/verify', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const id = runIdOf(request)
    knownParameters(request, [])
    const run = await currentRun(context.store, request.tenant, id)
    return sendJson(reply, await verifyRun(context, request.tenant, run))
  })
}
