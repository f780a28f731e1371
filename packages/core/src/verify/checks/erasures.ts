import type { Statement } from '@agent-run/types'
import { privateMembersOf, privateObjects } from '../../seal/private-objects.ts'
import { isGiven } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import { absent, fail, type Outcome, pass, unknown } from '../outcome.ts'

/** Does somebody answer for what was erased? (AR-PRIV-010, AR-PRIV-011) */
export const checkErasures = (context: VerifyContext): Outcome => {
  const { run, sealed, evidence, keys } = context
  const tombstones = sealed
    ? evidence.about(context.recordHash).filter(({ kind }) => kind === 'tombstone')
    : ([] as readonly Statement[])
  // Whether what is left of it is in order is for the checks that cover it.
  const erased = [...privateObjects(run)].filter(
    ({ kind, value }) =>
      value.private_hash !== null && !isGiven(value, 'salt') && privateMembersOf(kind, value).length === 0,
  )
  if (erased.length === 0 && tombstones.length === 0) return absent('nothing is erased')
  const wrong = tombstones.find((each) => !evidence.isSigned(each))
  if (wrong)
    return fail({
      code: 'erasures.signature',
      path: '',
      detail: 'a tombstone about this record is wrongly signed',
      expected: `a signature by ${wrong.signed_by ?? 'signed_by'} over the tombstone`,
      found: wrong.signature === undefined ? 'none' : 'another one',
    })
  const attested = new Set<unknown>()
  for (const { signed_by, body } of tombstones) {
    const roles = keys.entryOf(signed_by)?.roles ?? []
    if (!roles.includes('recorder') && !roles.includes('server')) continue
    if (keys.stateOf(signed_by, context.vouched?.at) !== 'trusted') continue
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
