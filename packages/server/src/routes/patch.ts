import { sendOctets } from '../app/answer.ts'
import { headerOf, octetsOf } from '../app/body.ts'
import type { RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { patchRun } from '../live/patch-run.ts'

/** PATCH of a run that is not sealed (AR-HTTP-050 to AR-HTTP-054). */
export const patchRoutes: RouteModule = (app, context) => {
  app.patch(
    '/api/v1/runs/:id',
    // The answer is the record: who may not read may not have it.
    {
      config: {
        scope: ['runs:write', 'runs:read'],
        body: { media: ['application/merge-patch+json'], limit: 'body_octets' },
      },
    },
    async (request, reply) => {
      const id = runIdOf(request)
      knownParameters(request, [])
      const ifMatch = headerOf(request, 'if-match')
      const octets = await octetsOf(request, context.limits)
      const { body, etag } = await patchRun(context, request.tenant, id, octets, ifMatch)
      return sendOctets(reply.header('etag', `"${etag}"`), body)
    },
  )
}
