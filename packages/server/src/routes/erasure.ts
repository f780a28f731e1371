import { sendJson } from '../app/answer.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { parameterProblem } from '../app/problem.ts'
import { erasePrivate } from '../live/erase-private.ts'
import { eraseRecord } from '../live/erase-record.ts'
import { requiredText } from '../live/parameters.ts'

/** Erasure of what is private, or of everything (AR-HTTP-130 to AR-HTTP-133). */
export const erasureRoutes: RouteModule = (app, context) => {
  app.delete('/api/v1/runs/:id', { config: { scope: 'runs:delete' } }, async (request, reply) => {
    const id = runIdOf(request)
    const scope = requiredText(knownParameters(request, ['scope']), 'scope')
    if (scope === 'private') return sendJson(reply, await erasePrivate(context, request.tenant, id))
    if (scope === 'record') return sendJson(reply, await eraseRecord(context, request.tenant, id))
    throw parameterProblem(400, 'query.invalid_value', 'scope', 'expected private or record')
  })
}
