import { secretShapes } from './secret-shapes.ts'
import { createSignFinder } from './sign-finder.ts'

const groups = [...new Map(secretShapes.map(({ signs }) => [signs.join(' '), signs])).values()]
const findSigns = createSignFinder(groups)
const steps = secretShapes.map((shape) => ({
  ...shape,
  bit: 1 << groups.findIndex((signs) => signs.join(' ') === shape.signs.join(' ')),
}))

/** No sign stands further behind the beginning of the secret than this, in UTF-16 code units. */
export const farthestSign = 1024

/** Whether a text has a sign of a secret of a known shape: a secret cannot be without one, though a sign can be without a secret. */
export const mayHoldSecret = (text: string): boolean => findSigns(text) !== 0

/**
 * Replaces secrets of known shapes – keys and tokens of common providers, JSON Web Tokens, private keys, Authorization
 * headers, passwords in URLs and on the lines of common commands, query parameters, members and variables named like
 * secrets – by `[redacted:<kind>]`.
 * What has no known shape stays: this is a net, not a proof.
 *
 * @param text text of any length; time is linear in it
 */
export function redact(text: string): string {
  let result = text
  let signs = findSigns(text)
  if (signs === 0) return text
  for (const { bit, hint, pattern, replacement } of steps) {
    if ((signs & bit) === 0 || (hint !== undefined && !hint.test(result))) continue
    const replaced = result.replace(pattern, replacement)
    if (replaced === result) continue
    result = replaced
    signs = findSigns(result)
  }
  return result
}
