import type { CaseOutcome } from './outcome.ts'
import type { Report } from './report.ts'
import { isSelected } from './selection.ts'
import type { RequirementVerdict } from './verdict.ts'

/** What a list of known failures came to. */
export interface BaselineResult {
  /** Case and requirement ids of the list whose failure was expected and is there. */
  readonly known: readonly string[]
  /** What is wrong with the list itself: what it names passes now, or is nothing. One sentence each. */
  readonly problems: readonly string[]
}

/**
 * Reads a list of known failures: a case id or a requirement id a line, behind `#` a reason.
 * @throws {SyntaxError} for a line with more than one word before the `#`
 */
export const readBaseline = (text: string): readonly string[] =>
  text.split(/\r?\n/).flatMap((line, index) => {
    const words = line.replace(/#.*$/, '').trim().split(/\s+/).filter(Boolean)
    if (words.length > 1)
      throw new SyntaxError(`line ${index + 1} of the baseline: expected one id, the reason behind a #`)
    return words
  })

/**
 * Holds a list of known failures against what came out. What is listed has to fail, or be untestable.
 * @param only patterns of --only: what they do not select is passed over
 */
export const compareBaseline = (
  listed: readonly string[],
  outcomes: readonly CaseOutcome[],
  verdicts: readonly RequirementVerdict[],
  only: readonly string[] = [],
): BaselineResult => {
  const statuses = new Map<string, string>([
    ...outcomes.map(({ id, status }) => [id, status] as const),
    ...verdicts.map(({ requirement, status }) => [requirement, status] as const),
  ])
  const known: string[] = []
  const problems: string[] = []
  for (const id of new Set(listed)) {
    const status = statuses.get(id)
    if (status === undefined) {
      if (isSelected(only, { id, requirement: id }))
        problems.push(`${id} is neither a case nor a requirement of this run`)
    } else if (status === 'pass') problems.push(`${id} is listed as a failure and passes; take it off the list`)
    else if (status === 'not_applicable') problems.push(`${id} is listed as a failure and does not apply`)
    else known.push(id)
  }
  return { known, problems }
}

/**
 * The list of known failures with which a trial would have passed: the cases of every sentence that is not kept or not
 * tested, and the sentence itself where it has none, each with what was the matter on which day.
 */
export const writeBaseline = ({ requirements, cases, ended_at }: Report): string => {
  const day = ended_at.slice(0, 10)
  const lines = requirements
    .filter(({ status }) => status === 'fail' || status === 'untestable')
    .flatMap(({ requirement, status }) => {
      const bad = cases.filter(
        (each) => each.requirement === requirement && (each.status === 'fail' || each.status === 'untestable'),
      )
      if (bad.length === 0) return [`${requirement}  # ${status} on ${day}`]
      return bad.map((each) => `${each.id}  # ${requirement}: ${each.status} on ${day}`)
    })
  return `# Known failures, for --baseline. What passes again has to be taken off.\n${lines.map((line) => `${line}\n`).join('')}`
}
