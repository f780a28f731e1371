import type { FastifyReply, FastifyRequest } from 'fastify'
import { headerOf } from '../app/body.ts'
import type { AppContext, RouteModule } from '../app/context.ts'
import { knownParameters } from '../app/parameters.ts'
import { parameterProblem } from '../app/problem.ts'
import type { StoredKey } from '../store/store.ts'
import { createEventHub, type EventHub } from '../stream/event-hub.ts'
import { createHttpSink } from '../stream/http-sink.ts'
import { subscribe } from '../stream/subscription.ts'
import { answerRun } from './runs.ts'

/** Milliseconds between two heartbeats; the protocol asks for one every 15 s. */
const HEARTBEAT = 10_000
/** Milliseconds after which a revoked key has lost its streams. */
const CHECK = 2000
const PURPOSE = 'events'
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies that buffer would hold events back.
  'x-accel-buffering': 'no',
}

/**
 * Server-sent events about the runs of a tenant, for whoever accepts them; for everybody else the run called "stream"
 * (AR-HTTP-060 to AR-HTTP-064).
 */
export const streamRoutes: RouteModule = (app, context) => {
  const hub = createEventHub(context.store)
  app.get('/api/v1/runs/stream', { config: { scope: 'runs:read' } }, async (request, reply) => {
    knownParameters(request, [])
    if (!acceptsEvents(request)) return answerRun(context, request, reply, 'stream')
    const after = await positionOf(context, request)
    if (request.method === 'HEAD') return reply.headers(HEADERS).send()
    stream(context, hub, request, reply, after)
    return reply
  })
}

const acceptsEvents = ({ headers }: FastifyRequest): boolean =>
  (headers.accept ?? '')
    .split(',')
    .some((range) => range.split(';', 1)[0]?.trim().toLowerCase() === 'text/event-stream')

/**
 * The position after which the stream begins: that of Last-Event-ID, or of the newest event.
 * @throws Problem 400 event.unknown for an id of another tenant or store, an invented one, or one whose successors are forgotten
 */
const positionOf = async ({ store, tokens }: AppContext, request: FastifyRequest): Promise<number> => {
  const id = headerOf(request, 'last-event-id')
  const { oldest, newest } = await store.eventRange(request.tenant)
  if (id === undefined) return newest
  const position = Number(tokens.open(request.tenant, PURPOSE, id) ?? Number.NaN)
  const firstKept = oldest === 0 ? newest + 1 : oldest
  if (!Number.isSafeInteger(position) || position > newest || position < firstKept - 1)
    throw parameterProblem(
      400,
      'event.unknown',
      'Last-Event-ID',
      'expected the id of an event that is kept for this key',
    )
  return position
}

const stream = (
  context: AppContext,
  hub: EventHub,
  request: FastifyRequest,
  reply: FastifyReply,
  after: number,
): void => {
  const { store, tokens, stopping, log } = context
  const { tenant, key } = request
  const { raw } = reply
  const gone = new AbortController()
  reply.hijack()
  raw.on('close', () => gone.abort())
  raw.on('error', () => gone.abort())
  raw.writeHead(200, HEADERS)
  raw.flushHeaders()
  subscribe({
    store,
    hub,
    tenant,
    after,
    idOf: (position) => tokens.seal(tenant, PURPOSE, String(position)),
    sink: createHttpSink(raw),
    signal: AbortSignal.any([gone.signal, stopping]),
    heartbeat: HEARTBEAT,
    isAllowed: () => isStillAllowed(context, key),
    check: CHECK,
  })
    .catch((error: unknown) => {
      // Who is cut off comes back with the id of the last event.
      if (!gone.signal.aborted && !raw.destroyed)
        log.warn({ request: request.id, fault: (error as Error).name }, 'stream ended')
    })
    .finally(() => raw.end())
}

/** A revoked or expired key loses its streams (AR-HTTP-007); one that nobody can ask about now keeps them. */
const isStillAllowed = async ({ store, clock }: AppContext, key: StoredKey | undefined): Promise<boolean> => {
  if (key === undefined) return false
  try {
    const now = await store.keys.find(key.prefix)
    return now !== undefined && now.revokedAt === undefined && (now.expiresAt === undefined || now.expiresAt > clock())
  } catch {
    return true
  }
}
