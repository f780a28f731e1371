import { AgentRunError } from '@agent-run/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'

/** Writes down an answer that is out. */
export type Observer = (request: FastifyRequest, reply: FastifyReply) => void

/**
 * One line of the log and one count for every answer. The line has the pattern of the route, never the URL: ids and
 * queries stay out of it, and so do bodies and keys (their visible prefix aside).
 * @returns for answers that no hook of Fastify sees
 */
export const observeRequests = (app: FastifyInstance, log: Logger, metrics: Metrics): Observer => {
  const observe: Observer = (request, reply) => {
    const seconds = reply.elapsedTime / 1000
    const route = routeOf(request)
    metrics.answered(request.method, route, reply.statusCode, seconds)
    log.info(
      {
        request: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(seconds * 1e6) / 1e3,
        ...(request.key === undefined ? {} : { tenant: request.tenant, key: request.key.prefix }),
      },
      'answered',
    )
  }
  app.addHook('onResponse', (request, reply, done) => {
    observe(request, reply)
    done()
  })
  return observe
}

/** Pattern of the route of a request; `none` where there is none. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions?.url ?? 'none'

/**
 * A failure of this server for the log. Of a stranger's error only the name, the code and the frames: messages of
 * databases and parsers quote what they were given.
 */
export const describeFault = (error: unknown): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { code?: unknown }
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(error instanceof AgentRunError ? { message: error.message } : {}),
    stack: (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line)),
    ...(error.cause === undefined ? {} : { cause: describeFault(error.cause) }),
  }
}
