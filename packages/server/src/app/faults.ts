import type { Socket } from 'node:net'
import { AgentRunError } from '@agent-run/core'
import type { FastifyError } from 'fastify'
import { PROBLEM_TYPE } from './answer.ts'
import { Problem, problem } from './problem.ts'
import { PROTOCOL } from './protocol.ts'

/** Seconds after which a client may try again what the store could not do. */
const RETRY = '1'

/**
 * Whatever a route, a store or Fastify itself has thrown, as a problem. What a client sent never becomes a 5xx
 * (AR-HTTP-003); what the store cannot do is 507 or 503 (AR-HTTP-141); everything else is a fault of this server.
 */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  if (error instanceof AgentRunError && error.code.startsWith('store.')) return storeProblem(error)
  return ofFastify(error) ?? problem(500, 'server.fault', { detail: 'this should not have happened', cause: error })
}

const storeProblem = (error: AgentRunError): Problem =>
  problem(error.code === 'store.full' ? 507 : 503, error.code === 'store.full' ? error.code : 'store.unavailable', {
    detail:
      error.code === 'store.full'
        ? 'there is no space left; nothing was stored'
        : 'the store cannot do this now; try again',
    headers: { 'retry-after': RETRY },
    cause: error,
  })

/** What Fastify finds wrong with a request on its own. */
const ofFastify = (error: unknown): Problem | undefined => {
  const { code, statusCode = 500 } = error as Partial<FastifyError>
  if (typeof code !== 'string' || !code.startsWith('FST_') || statusCode >= 500) return undefined
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(415, 'body.media_type', { detail: 'found a Content-Type that is no media type' })
    case 'FST_ERR_BAD_URL':
      return problem(400, 'http.malformed', { detail: 'found a path whose percent-encoding is not UTF-8' })
    default:
      return problem(statusCode, 'http.malformed', { cause: error })
  }
}

/**
 * Answers what is no HTTP request (AR-HTTP-001, AR-HTTP-004): there is no request and no reply yet, only a socket, on
 * which nothing may have been sent.
 */
export const answerClientError = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy()
    return
  }
  endSocket(socket, clientProblem(error))
}

/** Sends a problem on a bare socket and closes it. */
export const endSocket = (socket: Socket, found: Problem): void => {
  const body = JSON.stringify(found)
  const headers = Object.entries(found.details.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${found.status} ${REASONS[found.status] ?? 'Error'}\r\nx-agent-run-protocol: ${PROTOCOL}\r\ncontent-type: ${PROBLEM_TYPE}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n${headers.join('')}connection: close\r\n\r\n${body}`,
  )
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
}

const clientProblem = ({ code }: NodeJS.ErrnoException): Problem => {
  if (code === 'HPE_HEADER_OVERFLOW') return problem(431, 'http.headers_too_large')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem(408, 'http.timeout')
  return problem(400, 'http.malformed')
}
