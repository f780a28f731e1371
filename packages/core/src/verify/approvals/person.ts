import { compareInstants, type Instant } from '../../semantics/instant.ts'
import { objectOf, textOf } from '../../semantics/object.ts'
import { mayApprove, restrictionOf } from '../../trust/index.ts'
import type { VerifyContext } from '../context.ts'
import { type EventPlace, precedes } from './gather.ts'

/** A role that an approval asks for. */
export interface RequiredRole {
  readonly role: string
  /** Decisions before this time do not need it; `undefined`: all need it. */
  readonly since: Instant | undefined
}

/** The roles that requests ask for, and those that others ask for once the question was handed on; the earliest first. */
export const requiredRoles = (
  requested: readonly EventPlace[],
  escalated: readonly EventPlace[],
): readonly RequiredRole[] => {
  const roles = new Map<string, Instant | undefined>()
  const note = (since: Instant | undefined, role: string | undefined): void => {
    if (role !== undefined && (!roles.has(role) || since === undefined || precedes(since, roles.get(role))))
      roles.set(role, since)
  }
  for (const { value } of requested) note(undefined, textOf(value, 'required_role'))
  for (const { value, at } of escalated) note(at, textOf(value, 'required_role'))
  const order = ({ since: a }: RequiredRole, { since: b }: RequiredRole): number =>
    a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : compareInstants(a, b)
  return [...roles].map(([role, since]) => ({ role, since })).sort(order)
}

/**
 * Whether a person is known to have signed an `approved` event: its key is one that the caller trusts with the role
 * approver, for the role that was asked for, and not the runtime's (AR-APPR-035). Otherwise what rests on it is only
 * claimed. The signatures were checked before.
 */
export const isPersons = (
  { keys, run, provenance, vouched }: VerifyContext,
  roles: readonly RequiredRole[],
  { value, isSigned, at }: EventPlace,
): boolean => {
  if (!isSigned) return false
  const entry = keys.entryOf(value.signed_by)
  if (entry === undefined || !entry.roles.includes('approver') || objectOf(value, 'actor')?.kind === 'agent')
    return false
  if (value.signed_by === provenance.signed_by || entry.identity === keys.entryOf(provenance.signed_by)?.identity)
    return false
  if (restrictionOf(entry, run) !== undefined) return false
  if (!mayApprove(entry, textOf(value, 'required_role'))) return false
  // The request says which role is needed; a decision cannot ask for less.
  if (entry.approves !== undefined)
    for (const { role, since } of roles) {
      if (precedes(at, since)) break
      if (!mayApprove(entry, role)) return false
    }
  return keys.stateOf(value.signed_by, vouched?.at) === 'trusted'
}
