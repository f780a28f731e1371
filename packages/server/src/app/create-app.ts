import { randomFillSync } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createVerifier, type Signer } from '@agent-run/core'
import type { Trust } from '@agent-run/types'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Logger, pino } from 'pino'
import type { Store } from '../store/store.ts'
import { admitRequests, type Rate } from './admission.ts'
import { sendProblem } from './answer.ts'
import { createAuthenticator } from './authenticate.ts'
import type { AppContext } from './context.ts'
import { deferContinue } from './expectation.ts'
import { answerClientError, endSocket, problemOf } from './faults.ts'
import { shareMemory } from './in-flight.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { describeFault, observeRequests, routeOf } from './observe.ts'
import { passRest } from './octets.ts'
import { type Problem, problem } from './problem.ts'
import { PROTOCOL, PROTOCOL_HEADER } from './protocol.ts'
import { listRoutes, type RouteEntry, type RouteList } from './route-list.ts'
import { routeModules } from './route-modules.ts'
import { createTokens } from './token.ts'

/** What a server is made of. Only the store has to be given. */
export interface AppOptions {
  readonly store: Store
  readonly clock?: () => string
  readonly random?: (size: number) => Uint8Array
  readonly trust?: Trust
  readonly serverKey?: Signer
  readonly limits?: Partial<Limits>
  /** Requests a key may make; undefined: as many as it likes. */
  readonly rate?: Rate
  /** Silent unless given. */
  readonly log?: Logger
  /** Believe the X-Forwarded headers of a proxy in front. */
  readonly trustProxy?: boolean | string
}

/** An app that is not listening yet, with the list of its operations. */
export interface App extends FastifyInstance {
  readonly operations: readonly RouteEntry[]
}

/**
 * The server, ready for `listen` or `inject`. Closing it closes no store.
 * @throws AgentRunError if the store cannot tell its secret
 */
export const createApp = async (options: AppOptions): Promise<App> => {
  const stopping = new AbortController()
  const metrics = createMetrics()
  const context = await createContext(options, stopping.signal, metrics)
  const { log } = context
  // What Fastify refuses on its own passes no hook.
  const app = createFastify(options, (error, request, reply) => {
    reply.raw.setHeader(PROTOCOL_HEADER, PROTOCOL)
    reply.raw.once('finish', () => observe(request, reply))
    answerFault(error, request, reply, log)
  })
  const routes = listRoutes(app)

  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader(PROTOCOL_HEADER, PROTOCOL)
    // Before Fastify looks at the Content-Type.
    done(hostFault(request) ?? (request.is404 ? nothingThere(request, routes) : undefined))
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.signal.aborted) reply.header('connection', 'close')
    done(null, payload)
  })
  const observe = observeRequests(app, log, metrics)
  app.addHook('onResponse', (request, _reply, done) => {
    passRest(request.raw)
    done()
  })
  app.addHook('preClose', async () => stopping.abort())

  app.setErrorHandler((error, request, reply) => answerFault(error, request, reply, log))
  app.setNotFoundHandler((request) => {
    throw nothingThere(request, routes)
  })

  app.removeAllContentTypeParsers()
  // Bodies are read by the routes, as octets: nothing coerces, strips or parses them before.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  admitRequests(app, createAuthenticator(context), { rate: options.rate, limits: context.limits })
  shareMemory(app, context.limits)
  for (const register of routeModules) register(app, context)

  await app.ready()
  listenToOddities(app)
  return Object.assign(app, { operations: routes.entries }) as unknown as App
}

const createContext = async (options: AppOptions, stopping: AbortSignal, metrics: Metrics): Promise<AppContext> => {
  const clock = options.clock ?? ((): string => new Date().toISOString())
  return {
    store: options.store,
    clock,
    random: options.random ?? ((size) => randomFillSync(new Uint8Array(size))),
    trust: options.trust,
    verifier: createVerifier({
      level: 'none',
      now: clock,
      ...(options.trust === undefined ? {} : { trust: options.trust }),
    }),
    serverKey: options.serverKey,
    limits: { ...defaultLimits, ...options.limits },
    tokens: createTokens(await options.store.secret()),
    log: options.log ?? pino({ enabled: false }),
    metrics,
    stopping,
  }
}

const createFastify = (
  { trustProxy = false }: AppOptions,
  refuse: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void,
): FastifyInstance =>
  Fastify({
    logger: false,
    trustProxy,
    // Bodies have their own clock, which does not run while the server is busy.
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000, requireHostHeader: false },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => refuse(error, request as FastifyRequest, reply as FastifyReply),
    // The limit of an id is checked by its route, and a header has 16 KB at most.
    routerOptions: { maxParamLength: 65_536, ignoreTrailingSlash: false, caseSensitive: true },
  })

const answerFault = (error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void => {
  const found = problemOf(error)
  if (found.status >= 500)
    log.error(
      {
        request: request.id,
        route: routeOf(request),
        code: found.code,
        ...(found.cause === undefined ? {} : { fault: describeFault(found.cause) }),
      },
      'failed',
    )
  // An answer that has begun cannot become another one; cutting it off says that it is not whole.
  if (reply.raw.headersSent) reply.raw.destroy()
  else void sendProblem(reply, found)
}

/** Node would answer this on its own, without a problem. */
const hostFault = ({ raw }: FastifyRequest): Problem | undefined =>
  raw.httpVersion === '1.1' && raw.headers.host === undefined
    ? problem(400, 'http.malformed', { detail: 'expected a Host header' })
    : undefined

/** A path that is none (AR-HTTP-005), or a method that the path does not have (AR-HTTP-006). */
const nothingThere = (request: FastifyRequest, routes: RouteList): Problem => {
  const methods = routes.methodsAt(request.raw.url as string).join(', ')
  if (methods === '') return problem(404, 'http.not_found')
  return problem(405, 'http.method_not_allowed', { detail: `expected ${methods}`, headers: { allow: methods } })
}

/** What Node keeps from Fastify: expectations, tunnels. */
const listenToOddities = (app: FastifyInstance): void => {
  deferContinue(app.server, (request, response) => app.routing(request, response))
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    endSocket(
      request.socket as Socket,
      problem(417, 'http.malformed', { detail: 'expected no Expect, or 100-continue' }),
    )
    response.destroy()
  })
  app.server.on('connect', (_request: IncomingMessage, socket: Socket) =>
    endSocket(socket, problem(405, 'http.method_not_allowed', { headers: { allow: '' } })),
  )
}
