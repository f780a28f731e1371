import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Limits } from './limits.ts'
import { type Problem, problem } from './problem.ts'

/** Bodies up to this size always pass: a record, a patch or a decision of every day. */
const SMALL = 64 * 1024

/** Seconds after which a client may try again. */
const RETRY = '1'

/** What one request holds of the memory that all bodies share. */
export interface HeldOctets {
  /**
   * Says how many octets of the body are held now.
   * @returns the problem to answer with, 503 server.busy, if that is more than there is room for
   */
  hold(octets: number): Problem | undefined
}

/**
 * Bounds what all bodies together hold between their first octet and their answer: many slow uploads must not become as
 * much memory as their sum. One that is alone always passes.
 */
export const shareMemory = (app: FastifyInstance, { in_flight_octets }: Limits): void => {
  let sum = 0
  const open = (response: ServerResponse): HeldOctets => {
    let own = 0
    let isOver = false
    const change = (octets: number): void => {
      sum += octets - own
      own = octets
    }
    const end = (): void => {
      isOver = true
      change(0)
    }
    response.once('finish', end).once('close', end)
    return {
      hold(octets) {
        const asked = octets <= SMALL || isOver ? 0 : octets
        const others = sum - own
        if (asked > own && others > 0 && others + asked > in_flight_octets) {
          change(0)
          return busy()
        }
        change(asked)
        return undefined
      },
    }
  }
  app.decorateRequest('held', undefined)
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.body !== undefined) request.held = open(reply.raw)
    done()
  })
}

const busy = (): Problem =>
  problem(503, 'server.busy', {
    detail: 'too many large bodies are on their way; nothing of this one was stored that is not acknowledged',
    headers: { 'retry-after': RETRY },
  })
