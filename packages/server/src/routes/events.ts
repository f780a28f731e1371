import { Readable } from 'node:stream'
import { sendJson } from '../app/answer.ts'
import { octetsOf } from '../app/body.ts'
import type { AppContext, RouteModule } from '../app/context.ts'
import { knownParameters, runIdOf } from '../app/parameters.ts'
import { parameterProblem } from '../app/problem.ts'
import { appendLines } from '../live/append-lines.ts'
import { currentRun } from '../live/current-run.ts'
import { goneMeanwhile, journalRows } from '../live/record.ts'
import type { StoredRun } from '../store/store.ts'

const NDJSON = 'application/x-ndjson'
const LINE_FEED = Buffer.from('\n')

/** The journal of a run: lines are appended and read (AR-HTTP-080 to AR-HTTP-084). */
export const eventRoutes: RouteModule = (app, context) => {
  app.post(
    '/api/v1/runs/:id/events',
    { config: { scope: 'runs:write', body: { media: [NDJSON], limit: 'body_octets' } } },
    async (request, reply) => {
      const id = runIdOf(request)
      knownParameters(request, [])
      const octets = await octetsOf(request, context.limits)
      return sendJson(reply, await appendLines(context, request.tenant, id, octets))
    },
  )

  app.get('/api/v1/runs/:id/events', { config: { scope: 'runs:read' } }, async (request, reply) => {
    const id = runIdOf(request)
    const { after } = knownParameters(request, ['after'])
    const afterSeq = after === undefined ? undefined : seqOf(after)
    const run = await currentRun(context.store, request.tenant, id)
    const lines = linesOf(context, request.tenant, run, afterSeq)
    // The first line is read before the answer begins: until then it can still say that the run is gone.
    const first = await lines.next()
    return reply.header('content-type', NDJSON).send(Readable.from(resumed(first, lines)))
  })
}

const seqOf = (text: string): number => {
  if (!/^(0|[1-9]\d{0,14})$/.test(text))
    throw parameterProblem(400, 'query.invalid_value', 'after', 'expected the seq of a chained line')
  return Number(text)
}

/**
 * Lines octet for octet as they were received, each with its line feed. A journal that is erased meanwhile ends with an
 * error and not as if it were whole.
 */
async function* linesOf({ store }: AppContext, tenant: string, run: StoredRun, afterSeq: number | undefined) {
  let last = afterSeq ?? -1
  for await (const { octets, seq } of journalRows(store, tenant, run.id, afterSeq)) {
    last = seq ?? last
    yield Buffer.concat([octets, LINE_FEED])
  }
  if (last < (run.journal?.seq ?? -1)) throw await goneMeanwhile(store, tenant, run.id)
}

async function* resumed(first: IteratorResult<Buffer, void>, rest: AsyncGenerator<Buffer, void>) {
  if (first.done === true) return
  yield first.value
  yield* rest
}
