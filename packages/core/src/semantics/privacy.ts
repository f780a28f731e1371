import { type PrivateKind, privateMembers } from '../hash/private-members.ts'
import type { Context } from './context.ts'
import { isGiven, type JsonObject, type Place, textOf } from './object.ts'
import type { Rule } from './rule.ts'

const LONGEST_PREVIEW = 2000

/** Rules about private members and what stands for them. */
export const privacyRules: readonly Rule[] = [
  {
    code: 'private.salt_alone',
    severity: 'error',
    requirement: 'AR-PRIV-001',
    summary: 'salt does not stand without private_hash',
    check: (context, report) => {
      for (const { value, path } of privateObjects(context)) {
        if (isGiven(value, 'salt') && !isGiven(value, 'private_hash'))
          report(`${path}/salt`, 'salt is given without private_hash; expected both or neither')
      }
    },
  },
  {
    code: 'private.partial',
    severity: 'error',
    requirement: 'AR-PRIV-002',
    summary: 'an object with private_hash is whole (with salt) or erased (no salt, no private member)',
    check: (context, report) => {
      for (const { value, path, kind } of privateObjects(context)) {
        if (!isErased(value)) continue
        const left = privateMembers[kind].find((member) => value[member] !== undefined)
        if (left !== undefined)
          report(path, `${left} is given, private_hash too and salt is not; expected salt, or no private member`)
      }
    },
  },
  {
    code: 'preview.too_long',
    severity: 'warning',
    requirement: 'AR-PRIV-003',
    summary: 'a preview has at most 2,000 code points',
    check: ({ run, steps }, report) => {
      for (const { value, path } of [{ value: run, path: '' }, ...steps]) {
        for (const member of ['input_preview', 'output_preview']) {
          const length = codePoints(textOf(value, member) ?? '')
          if (length > LONGEST_PREVIEW)
            report(`${path}/${member}`, `${member} has ${length} code points; expected at most ${LONGEST_PREVIEW}`)
        }
      }
    },
  },
]

/** Whether an object's private members are gone, or said to be: it has their hash and no salt. */
export const isErased = (object: JsonObject): boolean => isGiven(object, 'private_hash') && !isGiven(object, 'salt')

/** Every object that can have a `private_hash`. */
const privateObjects = function* (context: Context): Generator<Place & { readonly kind: PrivateKind }> {
  yield { value: context.run, path: '', kind: 'run' }
  for (const { value, path } of context.steps) yield { value, path, kind: 'step' }
  for (const { value, path } of context.sideEffects) yield { value, path, kind: 'side_effect' }
  for (const { value, path } of context.approvals) yield { value, path, kind: 'approval' }
  for (const { value, path } of context.decisions) yield { value, path, kind: 'policy_decision' }
  for (const { value, path } of context.artifacts) yield { value, path, kind: 'artifact' }
}

const codePoints = (text: string): number => {
  if (text.length <= LONGEST_PREVIEW) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}
