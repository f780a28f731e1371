import { missingFromSeal, openStatuses } from '../../seal/index.ts'
import { type PrivateObject, privateObjectsOutsideSteps } from '../../seal/private-objects.ts'
import type { VerifyContext } from '../context.ts'
import { absent, fail, type Outcome, pass } from '../outcome.ts'
import { privateStatesOf } from './private-state.ts'

/** Everything but the steps: is it what was sealed? (AR-SEAL-008 to AR-SEAL-011) */
export const checkRecord = (context: VerifyContext): Outcome => {
  const { run, provenance, sealed } = context
  const objects: Iterable<PrivateObject> = privateObjectsOutsideSteps(run)
  const states = privateStatesOf(objects)
  if (states.broken) return fail(states.broken, states.compared)
  if (!sealed)
    return states.compared > 0
      ? pass('not sealed; what can be erased is whole or erased', states.compared)
      : absent('the record is not sealed')
  const missing = missingFromSeal(run)
  if (missing !== undefined)
    return fail({
      code: 'record.incomplete',
      path: missing.path,
      detail: `a sealed record has ${missing.member}, and this one does not`,
      expected: missing.member,
      found: 'nothing',
    })
  if (openStatuses.has(run.status))
    return fail({
      code: 'record.open_status',
      path: '/status',
      detail: 'a run that is not over cannot be sealed',
      expected: 'a terminal status',
      found: String(run.status),
    })
  const [expected, found] = [context.recordHash, String(provenance.record_hash)]
  if (expected !== found)
    return fail({
      code: 'record.mismatch',
      path: '/provenance/record_hash',
      detail: 'the record is not what was sealed',
      expected,
      found,
    })
  return pass(found, states.compared + 1)
}
