import type { CaseOutcome, Report } from '../suite/index.ts'
import { reasonOf } from './advice.ts'
import { harmlessLines } from './text.ts'
import { headlineOf, ratioOf, seenOf, type View, viewOf } from './view.ts'

/**
 * One line for each finding, for editors and `grep`: `case: status: requirement message`. Cases that passed and those of
 * capabilities that are not declared, or not shown, have none. The last line is the verdict.
 */
export const renderLine = (report: Report): string => {
  const view = viewOf(report)
  return harmlessLines(`${[...linesOf(view), lastLine(view)].join('\n')}\n`)
}

const linesOf = (view: View): readonly string[] => {
  const { cases, requirements, baseline } = view.report
  const known = new Set(baseline?.known)
  const verdicts = new Map(requirements.map((each) => [each.requirement, each]))
  const lines = cases.flatMap((each) => {
    if (each.status === 'pass' || each.status === 'not_applicable') return []
    const isKnown = known.has(each.id) || known.has(each.requirement)
    const status = each.status === 'fail' && verdicts.get(each.requirement)?.status === 'warn' ? 'warn' : each.status
    return [`${each.id}: ${isKnown ? 'known ' : ''}${status}: ${each.requirement} ${sentenceOf(each)}`]
  })
  const played = new Set(cases.map(({ requirement }) => requirement))
  const unplayed = requirements
    .filter(({ requirement, status }) => status === 'untestable' && !played.has(requirement))
    .map(({ requirement }) => `${requirement}: untestable: ${requirement} no case was played`)
  return [...lines, ...unplayed, ...view.problems.map((problem) => `baseline: fail: ${problem}`)]
}

const sentenceOf = (outcome: CaseOutcome): string =>
  outcome.status === 'untestable'
    ? `${outcome.suite_fault && !/fault of this suite/.test(reasonOf(outcome)) ? 'fault of the suite: ' : ''}${reasonOf(outcome)}`
    : outcome.messages.join('; ') || 'it failed without a message'

const lastLine = (view: View): string =>
  `verdict: ${view.report.verdict}: ${headlineOf(view)} (${[ratioOf(view), seenOf(view.report)].filter(Boolean).join('; ')})`
