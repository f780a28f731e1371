import { isBefore, parseInstant } from '../semantics/instant.ts'
import type { JsonObject } from '../semantics/object.ts'
import { type KeyStates, restrictionOf } from '../trust/index.ts'
import type { Evidence } from './evidence.ts'

/** Who has seen a sealed record, and when: it existed then. */
export interface Vouched {
  /** Identity in the trust file. */
  readonly identity: string
  /** RFC 3339. */
  readonly at: string
}

const witnesses = ['server', 'auditor', 'witness'] as const

/**
 * The earliest time at which a trusted party of another identity than the signer countersigned the record (AR-TRUST-008).
 * Of equal times the identity counts that is first by UTF-16 code units.
 * @param signer `signed_by` of the record
 */
export const vouchedTime = (
  run: JsonObject,
  recordHash: string,
  signer: unknown,
  keys: KeyStates,
  evidence: Evidence,
): Vouched | undefined => {
  const own = keys.entryOf(signer)?.identity
  let earliest: Vouched | undefined
  for (const statement of evidence.about(recordHash)) {
    const { kind, signed_by, at } = statement
    const entry = keys.entryOf(signed_by)
    if (kind !== 'countersignature' || entry === undefined || signed_by === signer || entry.identity === own) continue
    if (!witnesses.some((role) => entry.roles.includes(role)) || restrictionOf(entry, run) !== undefined) continue
    if (parseInstant(at) === undefined || (earliest && !precedes({ identity: entry.identity, at }, earliest))) continue
    if (keys.stateOf(signed_by) === 'trusted' && evidence.isSigned(statement))
      earliest = { identity: entry.identity, at }
  }
  return earliest
}

const precedes = (a: Vouched, b: Vouched): boolean => {
  if (isBefore(a.at, b.at)) return true
  if (isBefore(b.at, a.at)) return false
  return a.identity === b.identity ? a.at < b.at : a.identity < b.identity
}
