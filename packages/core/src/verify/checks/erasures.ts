import type { Statement } from '@agent-run/types'
import { privateMembersOf, privateObjects } from '../../seal/private-objects.ts'
import { isGiven } from '../../semantics/object.ts'
import { restrictionOf } from '../../trust/index.ts'
import type { VerifyContext } from '../context.ts'
import { absent, type Outcome, pass, unknown } from '../outcome.ts'

/** Does somebody answer for what was erased? (AR-PRIV-010, AR-PRIV-011) */
export const checkErasures = (context: VerifyContext): Outcome => {
  const { run, sealed, evidence } = context
  const tombstones = sealed ? evidence.about(context.recordHash).filter((each) => counts(each, context)) : []
  // Whether what is left of it is in order is for the checks that cover it.
  const erased = [...privateObjects(run)].filter(
    ({ kind, value }) =>
      value.private_hash !== null && !isGiven(value, 'salt') && privateMembersOf(kind, value).length === 0,
  )
  if (erased.length === 0 && tombstones.length === 0) return absent('nothing is erased')
  const attested = new Set<unknown>()
  for (const { body } of tombstones) {
    const hashes = body?.private_hashes
    for (const hash of Array.isArray(hashes) ? hashes : []) attested.add(hash)
  }
  for (const { path, value } of erased) {
    if (attested.has(value.private_hash)) continue
    return unknown(
      {
        code: 'erasures.unattested',
        path,
        detail: 'private members were erased, and nobody who is trusted answers for it',
      },
      erased.length,
    )
  }
  const detail = erased.length === 0 ? 'tombstones, and nothing is erased' : `${erased.length} erased, attested`
  return pass(detail, erased.length + tombstones.length)
}

/**
 * Whether a tombstone is the word of one who may attest: anybody can write one. Its key has to count now; the time at
 * which the record was seen says nothing about what came later.
 */
const counts = (statement: Statement, { run, keys, evidence }: VerifyContext): boolean => {
  const { kind, signed_by } = statement
  const entry = kind === 'tombstone' ? keys.entryOf(signed_by) : undefined
  if (entry === undefined || !(entry.roles.includes('recorder') || entry.roles.includes('server'))) return false
  return (
    restrictionOf(entry, run) === undefined && keys.stateOf(signed_by) === 'trusted' && evidence.isSigned(statement)
  )
}
