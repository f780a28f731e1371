import { digestText } from '../../hash/index.ts'
import { privateObjectsInSteps } from '../../seal/private-objects.ts'
import { isGiven, listOf } from '../../semantics/object.ts'
import { treeRoot } from '../../tree/index.ts'
import type { VerifyContext } from '../context.ts'
import { absent, fail, type Outcome, pass } from '../outcome.ts'
import { privateStatesOf } from './private-state.ts'

/** The step tree, and the private members of steps and side effects (AR-SEAL-007, AR-SEAL-008). */
export const checkSteps = (context: VerifyContext): Outcome => {
  const { run, provenance } = context
  let compared = 0
  if (isGiven(provenance, 'steps_count')) {
    compared++
    const [expected, found] = [String(context.leaves.length), String(provenance.steps_count)]
    if (expected !== found)
      return fail({
        code: 'steps.count',
        path: '/provenance/steps_count',
        detail: `the record has ${expected} ${expected === '1' ? 'step' : 'steps'} and says that it was sealed with ${found}`,
        expected,
        found,
      })
  }
  if (isGiven(provenance, 'steps_root')) {
    compared++
    const [expected, found] = [digestText(treeRoot(context.leaves)), String(provenance.steps_root)]
    if (expected !== found)
      return fail({
        code: 'steps.root',
        path: '/provenance/steps_root',
        detail: 'these are not the steps that were sealed, or not in this order',
        expected,
        found,
      })
  }
  const states = privateStatesOf(privateObjectsInSteps(run))
  if (states.broken) return fail(states.broken, compared + states.compared)
  compared += states.compared
  if (compared === 0) return absent('no steps_root, and no step can be erased')
  const { length } = listOf(run, 'steps')
  return pass(
    `${length} ${length === 1 ? 'leaf' : 'leaves'} → root ${String(provenance.steps_root ?? 'not given')}`,
    compared,
  )
}
