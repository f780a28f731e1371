import { privateMembers } from '../hash/private-members.ts'
import { isGiven, type JsonObject, textOf } from './object.ts'
import type { Report, Rule } from './rule.ts'

const LONGEST_PREVIEW = 2000
const PREVIEWS = ['input_preview', 'output_preview']

/** Rules about private members and what stands for them. */
export const privacyRules: readonly Rule[] = [
  {
    code: 'private.salt_alone',
    severity: 'error',
    requirement: 'AR-PRIV-001',
    summary: 'salt does not stand without private_hash',
    check: ({ privates }, report) => {
      for (const { place } of privates) {
        if (isGiven(place.value, 'salt') && !isGiven(place.value, 'private_hash'))
          report(`${place.path}/salt`, 'salt is given without private_hash; expected both or neither')
      }
    },
  },
  {
    code: 'private.partial',
    severity: 'error',
    requirement: 'AR-PRIV-002',
    summary: 'an object with private_hash is whole (with salt) or erased (no salt, no private member)',
    check: ({ privates }, report) => {
      for (const { place, kind } of privates) {
        if (!isErased(place.value)) continue
        const left = privateMembers[kind].find((member) => place.value[member] !== undefined)
        if (left !== undefined)
          report(place.path, `${left} is given, private_hash too and salt is not; expected salt, or no private member`)
      }
    },
  },
  {
    code: 'preview.too_long',
    severity: 'warning',
    requirement: 'AR-PRIV-003',
    summary: 'a preview has at most 2,000 code points',
    check: ({ run, steps }, report) => {
      for (const member of PREVIEWS) checkPreview('', member, textOf(run, member), report)
      for (const step of steps) {
        if (isLong(step.inputPreview)) checkPreview(step.path, 'input_preview', step.inputPreview, report)
        if (isLong(step.outputPreview)) checkPreview(step.path, 'output_preview', step.outputPreview, report)
      }
    },
  },
]

/** Whether an object's private members are gone, or said to be: it has their hash and no salt. */
export const isErased = (object: JsonObject): boolean => isGiven(object, 'private_hash') && !isGiven(object, 'salt')

/** Whether a text can have more code points than a preview may have. */
const isLong = (text: string | undefined): boolean => text !== undefined && text.length > LONGEST_PREVIEW

const checkPreview = (path: string, member: string, text: string | undefined, report: Report): void => {
  const length = codePoints(text ?? '')
  if (length > LONGEST_PREVIEW)
    report(`${path}/${member}`, `${member} has ${length} code points; expected at most ${LONGEST_PREVIEW}`)
}

const codePoints = (text: string): number => {
  if (text.length <= LONGEST_PREVIEW) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}
