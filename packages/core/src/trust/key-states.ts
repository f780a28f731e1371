import type { Trust, TrustedKey } from '@agent-run/types'
import { isBefore } from '../semantics/instant.ts'

/** What a key is worth: see `spec/trust.md`, the state of a key. */
export type KeyState = 'trusted' | 'untrusted' | 'revoked' | 'time_unproven'

/** When a key stopped counting, and why, as a trust file or a statement says it. */
export interface KeyRevocation {
  readonly at: string
  readonly reason: string
}

/** The keys of a trust file, and what is known of each. */
export interface KeyStates {
  /** The entry of a key; `undefined` without one. */
  entryOf(key: unknown): TrustedKey | undefined
  /**
   * The state of a key now, or at the time at which a trusted party has seen what it signed (AR-TRUST-006, AR-TRUST-007).
   * @param vouchedAt that time, RFC 3339
   */
  stateOf(key: unknown, vouchedAt?: string): KeyState
}

/** Statements can take trust away: the further revocations of a key. */
type Revocations = (entry: TrustedKey) => readonly KeyRevocation[]

/** Entries of a trust file by their keys. */
export type KeyEntries = ReadonlyMap<string, TrustedKey>

/** The entries of a trust file; without one no key is known. */
export const keyEntries = (trust: Trust | undefined): KeyEntries =>
  new Map(trust?.keys.map((entry) => [entry.key, entry]))

/**
 * What the keys of a trust file are worth at a time.
 * @param now the present time, RFC 3339
 * @param revocations what statements say about a key, beside the file
 */
export const createKeyStates = (entries: KeyEntries, now: string, revocations: Revocations = () => []): KeyStates => {
  const known = new Map<string, readonly KeyRevocation[]>()
  const entryOf = (key: unknown): TrustedKey | undefined => (typeof key === 'string' ? entries.get(key) : undefined)
  return {
    entryOf,
    stateOf(key, vouchedAt) {
      const entry = entryOf(key)
      if (entry === undefined) return 'untrusted'
      let all = known.get(entry.key)
      if (all === undefined) {
        all = [...(entry.revoked ? [entry.revoked] : []), ...revocations(entry)]
        known.set(entry.key, all)
      }
      return stateAt(entry, all, vouchedAt, now)
    },
  }
}

const stateAt = (
  { valid_from, valid_until }: TrustedKey,
  revocations: readonly KeyRevocation[],
  vouchedAt: string | undefined,
  now: string,
): KeyState => {
  // Who stole the key can sign any time, so only the word of others counts. An unknown reason is the worst one.
  const isLoss = ({ reason }: KeyRevocation): boolean => reason !== 'superseded' && reason !== 'retired'
  if (revocations.some((each) => isLoss(each) && !(vouchedAt !== undefined && isBefore(vouchedAt, each.at))))
    return 'revoked'
  const at = vouchedAt ?? now
  const isOutside =
    (valid_from !== undefined && isBefore(at, valid_from)) ||
    (valid_until !== undefined && isBefore(valid_until, at)) ||
    revocations.some((each) => !isLoss(each) && !isBefore(at, each.at))
  return isOutside ? 'time_unproven' : 'trusted'
}
