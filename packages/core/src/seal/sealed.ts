import { isGiven, isObject } from '../semantics/object.ts'

/**
 * Whether a record claims to be sealed (section 4 of the standard): `record_hash`, `sealed_at` or `journal_head` is
 * given, or, in a record with `spec_version`, `signature`. What follows from the claim is the verifier's to check.
 */
export const isSealed = (run: object): boolean => {
  const { provenance, spec_version } = run as { readonly provenance?: unknown; readonly spec_version?: unknown }
  if (!isObject(provenance)) return false
  if (['record_hash', 'sealed_at', 'journal_head'].some((member) => isGiven(provenance, member))) return true
  // A signature in a 0.1 record is of a scheme that nobody defined.
  return isGiven({ spec_version }, 'spec_version') && isGiven(provenance, 'signature')
}

/** Statuses of a run that is not over; a record with one of them cannot be sealed (AR-SEAL-010). */
export const openStatuses: ReadonlySet<unknown> = new Set(['pending', 'running', 'paused'])
