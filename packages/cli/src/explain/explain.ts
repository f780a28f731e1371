import { Failure } from '../failure.ts'
import { explanationOf } from '../format/wording.ts'
import { errorCodes } from '../generated/error-codes.ts'
import { visible } from '../terminal/escape.ts'
import { nearestName } from '../terminal/nearest.ts'

/**
 * What a code means, as four short lines.
 * @throws {Failure} for a code that no finding has
 */
export function explain(code: string): string {
  const explanation = explanationOf(code)
  if (explanation === undefined) {
    const near = nearestName(code, Object.keys(errorCodes))
    const hint = near === undefined ? 'spec/errors.md lists them all' : `did you mean ${near}?`
    throw new Failure(`there is no code "${visible(code)}" (${hint})`)
  }
  const { severity, requirement, means, hint } = explanation
  const sentence = requirement ?? 'named by each finding'
  const heading = `${code}  ${severity}`
  return `${heading}\n  means       ${means}\n  what to do  ${hint}\n  sentence    ${sentence}\n`
}
