import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Scope, StoredKey } from '../store/store.ts'
import { type Authenticator, allows, refuseKey, refuseScope } from './authenticate.ts'
import { checkBodyHeaders } from './body.ts'
import type { Limits } from './limits.ts'
import { problem } from './problem.ts'

/** How often a client may ask. */
export interface Rate {
  /** Requests in a window, for each key; for each address where there is no accepted key. 0: as many as they like. */
  readonly requests: number
  /** Seconds of a window. */
  readonly seconds: number
}

/**
 * What every request passes before its route sees it, in this order: rate, key, scope, the headers of its body.
 * A path or a method that does not exist has been answered before.
 */
export const admitRequests = (
  app: FastifyInstance,
  authenticate: Authenticator,
  { rate, limits }: { readonly rate: Rate | undefined; readonly limits: Limits },
): void => {
  app.decorateRequest('tenant', '')
  app.decorateRequest('key', undefined)
  const count = rate === undefined || rate.requests === 0 ? undefined : countRequests(app, rate)

  const admit = (request: FastifyRequest, key: StoredKey | undefined): void => {
    const { scope, body } = request.routeOptions.config
    if (key === undefined) throw refuseKey()
    request.tenant = key.tenant
    for (const each of scope === 'any' ? [] : ([scope].flat() as readonly Scope[]))
      if (!allows(key, each)) throw refuseScope(each)
    if (body !== undefined) checkBodyHeaders(request, body, limits)
  }
  const admitSlowly = async (request: FastifyRequest, found: ReturnType<Authenticator>): Promise<void> => {
    const key = await found
    request.key = key
    await count?.(request)
    admit(request, key)
  }

  app.addHook('onRequest', (request, _reply, done) => {
    const { scope, loopback = false } = request.routeOptions.config
    if (scope === undefined || scope === 'none' || (loopback && isLoopback(request))) return done()
    const found = authenticate(request)
    if (count !== undefined || found instanceof Promise) {
      admitSlowly(request, found).then(() => done(), done)
      return
    }
    request.key = found
    try {
      admit(request, found)
    } catch (error) {
      return done(error as Error)
    }
    done()
  })
}

/** What proxies add: whoever sends one of them speaks for somebody else, whom we don't see. */
const FORWARDING = /^(x-forwarded(-.*)?|forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/

/** From this machine, and not through a proxy, whether or not it is believed. */
const isLoopback = ({ socket, headers }: FastifyRequest): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') &&
  !Object.keys(headers).some((name) => FORWARDING.test(name))

/** Refuses with 429 who asks more often than the rate allows (AR-HTTP-013). */
const countRequests = (
  app: FastifyInstance,
  { requests, seconds }: Rate,
): ((request: FastifyRequest) => Promise<void>) => {
  app.register(rateLimit, { global: false })
  let check: ReturnType<FastifyInstance['createRateLimit']>
  app.after((error) => {
    if (error) throw error
    check = app.createRateLimit({
      max: requests,
      timeWindow: seconds * 1000,
      keyGenerator: ({ key, ip }) => (key === undefined ? `address ${ip}` : `key ${key.prefix}`),
    })
  })
  return async (request) => {
    const state = await check(request)
    if (!state.isAllowed && state.isExceeded)
      throw problem(429, 'rate.limited', {
        detail: `expected at most ${requests} requests in ${seconds} s`,
        headers: { 'retry-after': String(Math.max(1, state.ttlInSeconds)) },
      })
  }
}
