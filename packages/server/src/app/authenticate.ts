import type { FastifyRequest } from 'fastify'
import type { Scope, StoredKey } from '../store/store.ts'
import type { AppContext } from './context.ts'
import { matchesHash, prefixOf } from './key-text.ts'
import { type Problem, problem } from './problem.ts'

/** Milliseconds that a key found in the store is believed: so long a revoked one may go on, on every process. */
const BELIEVED = 2000
/** Most keys that are remembered. */
const REMEMBERED = 10_000
/** Compared with where there is no key, so that its absence takes the same time. */
const NOBODY = new Uint8Array(32)

/**
 * Finds the key of a request: undefined if it is missing, malformed, unknown, expired or revoked, all alike. A key that
 * is remembered takes no turn of the event loop.
 */
export type Authenticator = (request: FastifyRequest) => StoredKey | undefined | Promise<StoredKey | undefined>

/** An authenticator over the keys of a store, with a short memory. */
export const createAuthenticator = ({ store, clock }: Pick<AppContext, 'store' | 'clock'>): Authenticator => {
  const memory = new Map<string, { readonly key: StoredKey; readonly until: number }>()

  const recall = (prefix: string): StoredKey | undefined => {
    const known = memory.get(prefix)
    if (known !== undefined && known.until > performance.now()) return known.key
    memory.delete(prefix)
    return undefined
  }

  const find = async (prefix: string): Promise<StoredKey | undefined> => {
    const key = await store.keys.find(prefix)
    if (key === undefined) return undefined
    if (memory.size >= REMEMBERED) memory.clear()
    memory.set(prefix, { key, until: performance.now() + BELIEVED })
    return key
  }

  const judge = (text: string, key: StoredKey | undefined): StoredKey | undefined => {
    const isRight = matchesHash(text, key?.hash ?? NOBODY)
    if (key === undefined || !isRight || key.revokedAt !== undefined) return undefined
    return key.expiresAt !== undefined && key.expiresAt <= clock() ? undefined : key
  }

  return (request) => {
    const text = keyTextOf(request)
    const prefix = text === undefined ? undefined : prefixOf(text)
    if (text === undefined || prefix === undefined) return undefined
    const known = recall(prefix)
    return known === undefined ? find(prefix).then((key) => judge(text, key)) : judge(text, known)
  }
}

/** The key as sent, in X-API-Key or as a bearer token (AR-HTTP-009). Two different ones are none. */
const keyTextOf = ({ headers }: FastifyRequest): string | undefined => {
  const plain = headers['x-api-key']
  const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  if (typeof plain !== 'string') return headers.authorization === undefined || plain === undefined ? bearer : undefined
  return headers.authorization === undefined || bearer === plain ? plain : undefined
}

/** The one answer to a request without an accepted key (AR-HTTP-007). */
export const refuseKey = (): Problem =>
  problem(401, 'key.refused', {
    detail: 'expected a key in X-API-Key or in Authorization: Bearer',
    headers: { 'www-authenticate': 'Bearer realm="agent-run"' },
  })

/** Whether a key may do what needs a scope. */
export const allows = ({ scopes }: StoredKey, scope: Scope): boolean =>
  scopes.includes(scope) || scopes.includes('admin')

/** The one answer to a key without the scope (AR-HTTP-008). */
export const refuseScope = (scope: Scope): Problem =>
  problem(403, 'key.scope', { detail: `expected a key with the scope ${scope}` })
