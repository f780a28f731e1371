import type { Instant } from '../../semantics/instant.ts'
import { textOf } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import { type EventPlace, earliest, instantOf } from './gather.ts'

/** When a decision was taken back first, as far as this is known. */
export type Revocations = (decision: EventPlace) => Instant | undefined

/**
 * What takes the decisions under one approval_id back (AR-APPR-031): an event `revoked` all of them; a statement those
 * of the key that signed it, or of its identity if that key counts now. A statement names the run as well: another
 * run's approval may have the same id.
 */
export const createRevocations = (
  { keys, evidence, run }: VerifyContext,
  id: string,
  approved: readonly EventPlace[],
  revoked: readonly EventPlace[],
): Revocations => {
  const byEvent = earliest(revoked.map(({ at }) => at))
  const statements = evidence.about(id).filter(({ kind }) => kind === 'revocation')
  if (statements.length === 0) return () => byEvent
  const givers = new Set(approved.flatMap(({ value }) => textOf(value, 'signed_by') ?? []))
  const identityOf = (key: unknown): string | undefined => keys.entryOf(key)?.identity
  const identities = new Set([...givers].map(identityOf))
  const stated = new Map<string, Instant | undefined>()
  const add = (by: 'key' | 'identity', name: string, runId: unknown, at: Instant | undefined): void => {
    const place = placeOf(by, name, runId)
    stated.set(place, earliest([stated.get(place), at]))
  }
  for (const statement of statements) {
    const { signed_by = '', body } = statement
    const identity = identityOf(signed_by)
    const isColleague = identity !== undefined && identities.has(identity) && keys.stateOf(signed_by) === 'trusted'
    if (!(givers.has(signed_by) || isColleague) || !evidence.isSigned(statement)) continue
    const at = instantOf(body ?? {}, 'at') ?? instantOf({ at: statement.at }, 'at')
    add('key', signed_by, body?.run_id, at)
    if (isColleague) add('identity', identity, body?.run_id, at)
  }
  return ({ value, isCopied }) => {
    const runs = isCopied ? [run.id, value.run_id] : [run.id]
    const key = textOf(value, 'signed_by') ?? ''
    const identity = identityOf(key)
    return earliest([
      byEvent,
      ...runs.map((each) => stated.get(placeOf('key', key, each))),
      ...(identity === undefined ? [] : runs.map((each) => stated.get(placeOf('identity', identity, each)))),
    ])
  }
}

const placeOf = (by: 'key' | 'identity', name: string, runId: unknown): string =>
  JSON.stringify([by, name, runId ?? null])
