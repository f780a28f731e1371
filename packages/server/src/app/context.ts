import type { Signer, Verifier } from '@agent-run/core'
import type { Trust } from '@agent-run/types'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Scope, Store, StoredKey } from '../store/store.ts'
import type { BodyRule } from './body.ts'
import type { HeldOctets } from './in-flight.ts'
import type { Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { Tokens } from './token.ts'

/** Everything that routes work with. Clock and random are injected, so that tests are exact. */
export interface AppContext {
  readonly store: Store
  /** The present time: RFC 3339, UTC, milliseconds. */
  readonly clock: () => string
  /** Random octets. */
  readonly random: (size: number) => Uint8Array
  /** The server's trust file. */
  readonly trust: Trust | undefined
  /** A verifier by that trust file, for level `none`: what is asked is only what is true. */
  readonly verifier: Verifier
  /** Signs countersignatures and tombstones. */
  readonly serverKey: Signer | undefined
  readonly limits: Limits
  readonly tokens: Tokens
  /** Structured log. Never give it a body, an id or a key. */
  readonly log: Logger
  readonly metrics: Metrics
  /** Aborted when the server begins to stop: streams end themselves. */
  readonly stopping: AbortSignal
}

/** Registers the routes of one file. Paths are written whole: `/api/v1/runs/:id`. */
export type RouteModule = (app: FastifyInstance, context: AppContext) => void

declare module 'fastify' {
  interface FastifyRequest {
    /** Tenant of the key; '' on routes without one. */
    tenant: string
    /** The key of the request; undefined on routes without one. */
    key: StoredKey | undefined
    /** What the body of the request holds; undefined on routes without one. */
    held: HeldOctets | undefined
  }
  interface FastifyContextConfig {
    /** Scope that the route needs, or all that it needs; every route says. `none`: no key needed. `any`: a key, whatever its scopes. */
    readonly scope?: Scope | readonly Scope[] | 'none' | 'any'
    /** Open without a key to who asks from this machine. */
    readonly loopback?: boolean
    /** The body that the route takes; without it none is read. */
    readonly body?: BodyRule
  }
}
