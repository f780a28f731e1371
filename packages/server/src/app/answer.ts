import type { FastifyReply } from 'fastify'
import type { Problem } from './problem.ts'

/** Media type of an error (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json'

/** Sends a JSON value as it is: what Fastify would make of it is never asked. */
export const sendJson = (reply: FastifyReply, value: unknown, status = 200): FastifyReply =>
  sendOctets(reply, Buffer.from(JSON.stringify(value)), 'application/json', status)

/** Sends octets as they are. */
export const sendOctets = (
  reply: FastifyReply,
  octets: Uint8Array,
  type = 'application/json',
  status = 200,
): FastifyReply =>
  reply
    .code(status)
    .header('content-type', type)
    .send(Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength))

/** Sends a problem with its headers (AR-HTTP-004). */
export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply => {
  for (const [name, value] of Object.entries(problem.details.headers ?? {})) reply.header(name, value)
  return sendOctets(reply, Buffer.from(JSON.stringify(problem)), PROBLEM_TYPE, problem.status)
}
