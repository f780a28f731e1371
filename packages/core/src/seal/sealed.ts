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

/** What a sealed record has, in the order in which it is looked for (AR-SEAL-009). */
const sealMembers = [
  ['spec_version', '/spec_version'],
  ['record_hash', '/provenance/record_hash'],
  ['sealed_at', '/provenance/sealed_at'],
  ['steps_count', '/provenance/steps_count'],
  ['steps_root', '/provenance/steps_root'],
  ['nonce', '/provenance/nonce'],
] as const

/** The first member that a sealed record has to have and this one lacks. */
export const missingFromSeal = (run: object): { readonly member: string; readonly path: string } | undefined => {
  const { provenance } = run as { readonly provenance?: unknown }
  for (const [member, path] of sealMembers) {
    const holder = member === 'spec_version' ? run : provenance
    if (!isObject(holder) || !isGiven(holder, member)) return { member, path }
  }
  return undefined
}

/** Statuses of a run that is not over; a record with one of them cannot be sealed (AR-SEAL-010). */
export const openStatuses: ReadonlySet<unknown> = new Set(['pending', 'running', 'paused'])
