import type { BenchCriterion } from '@agent-run/types'
import { met, missed, type Outcome, partly } from './outcome.ts'
import { counted, shown } from './words.ts'

/** The members of a criterion that say what stands in a text. */
export type ContentRules = Pick<BenchCriterion, 'contains' | 'lacks' | 'matches' | 'not_matches' | 'ignore_case'>

/** Whether a criterion says anything about a text. */
export const hasContentRules = ({ contains, lacks, matches, not_matches }: ContentRules): boolean =>
  [contains, lacks, matches, not_matches].some((member) => member !== undefined)

/** The expression of a rule. @throws SyntaxError if it is none */
export const compileExpression = (source: string, ignoreCase = false): RegExp =>
  new RegExp(source, ignoreCase ? 'imu' : 'mu')

/**
 * Judges texts together: what is to occur occurs in at least one of them, what is not to occur in none. A text of `lacks` or an
 * expression of `not_matches` that occurs leaves no point; of `contains` and `matches` each one that occurs gives its share.
 * @param place what the texts are, for the sentence
 */
export function judgeContent(rules: ContentRules, texts: readonly string[], place: string): Outcome {
  const { contains = [], lacks = [], matches, not_matches, ignore_case: ignoreCase = false } = rules
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text)
  const folded = ignoreCase ? texts.map(fold) : texts
  const occurs = (text: string): boolean => folded.some((each) => each.includes(fold(text)))
  const fits = (source: string): boolean => {
    const expression = compileExpression(source, ignoreCase)
    return texts.some((text) => expression.test(text))
  }
  const unwanted = lacks.find(occurs)
  if (unwanted !== undefined) return missed(`${place} contains "${shown(unwanted)}"; expected it does not`)
  if (not_matches !== undefined && fits(not_matches))
    return missed(`${place} matches /${shown(not_matches)}/; expected it does not`)
  const absent = contains.filter((text) => !occurs(text))
  const isUnmatched = matches !== undefined && !fits(matches)
  const wanted = contains.length + (matches === undefined ? 0 : 1)
  const failed = absent.length + (isUnmatched ? 1 : 0)
  if (failed === 0) return met(wanted === 0 ? `${place} has nothing unwanted` : `${place} has what was expected`)
  const first = absent[0] === undefined ? `a match of /${shown(matches ?? '')}/` : `"${shown(absent[0])}"`
  const others = failed > 1 ? ` and ${counted(failed - 1, 'other')}` : ''
  return partly((wanted - failed) / wanted, `${place} lacks ${first}${others}`)
}
