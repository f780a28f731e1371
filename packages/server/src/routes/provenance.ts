import { sendJson } from '../app/answer.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { currentRun } from '../live/current-run.ts'
import { recordValueOf } from '../live/record.ts'
import { statementsOf } from '../live/statements.ts'

/** Where a record comes from, and what the server has been told and has said about it (AR-HTTP-057). */
export const provenanceRoutes: RouteModule = (app, { store }) => {
  app.get('/api/v1/runs/:id/provenance', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const id = runIdOf(request)
    knownParameters(request, [])
    const run = await currentRun(store, request.tenant, id)
    const { provenance } = await recordValueOf(store, request.tenant, run)
    return sendJson(reply, { provenance, statements: await statementsOf(store, request.tenant, id) })
  })
}
