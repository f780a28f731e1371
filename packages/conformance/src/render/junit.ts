import type { CaseOutcome, Report, RequirementVerdict } from '../suite/index.ts'
import { reasonOf } from './advice.ts'
import { groupBy } from './group.ts'
import { harmlessLines, plainSentence } from './text.ts'
import { viewOf } from './view.ts'

/**
 * JUnit XML: a test suite for each chapter of the specification, a test for each case. A test fails or is in error exactly
 * if the exit code speaks of it: what the baseline lists, what does not apply and a SHOULD that is not kept are skipped, with
 * the reason; what could not be tested is in error.
 */
export const renderJunit = (report: Report): string => {
  const view = viewOf(report)
  const { role, profile, requirements, cases, ended_at } = view.report
  const verdicts = new Map(requirements.map((each) => [each.requirement, each]))
  const known = new Set([
    ...(view.report.baseline?.known ?? []),
    ...view.known.flatMap(({ requirement }) => [requirement.requirement]),
  ])
  const tests = [
    ...cases.map((each) =>
      testOf(each, verdicts.get(each.requirement), known.has(each.id) || known.has(each.requirement)),
    ),
    ...unplayedOf(view.report).map((each) => unplayedTest(each, known.has(each.requirement))),
    ...view.problems.map(baselineTest),
  ]
  const suites = [...groupBy(tests, ({ suite }) => suite)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const name = xml(`agent-run-conformance ${role} ${profile}`)
  const body = suites.map(([suite, list]) =>
    [
      `  <testsuite name="${xml(suite)}" ${countsOf(list)} timestamp="${xml(ended_at)}">`,
      ...list.map(({ text }) => text),
      '  </testsuite>',
    ].join('\n'),
  )
  return harmlessLines(
    `<?xml version="1.0" encoding="UTF-8"?>\n${[`<testsuites name="${name}" ${countsOf(tests)}>`, ...body, '</testsuites>'].join('\n')}\n`,
  )
}

type Kind = 'pass' | 'failure' | 'error' | 'skipped'

interface Test {
  readonly suite: string
  readonly kind: Kind
  readonly seconds: number
  readonly text: string
}

const testOf = (outcome: CaseOutcome, verdict: RequirementVerdict | undefined, known: boolean): Test => {
  const { id, requirement, messages, seconds, reproduce, replay } = outcome
  const { kind, why } = standing(outcome, verdict, known)
  const lines = [
    ...(kind === 'pass' ? [] : messages),
    ...(verdict === undefined || kind !== 'failure'
      ? []
      : [`${verdict.spec} ${requirement}: ${plainSentence(verdict.text)}`]),
    ...(kind === 'pass' ? [] : [reproduce, replay].filter((line) => line !== undefined)),
  ]
  return testCase(verdict?.spec ?? 'not in the profile', requirement, id, seconds, kind, why, lines)
}

const standing = (
  outcome: CaseOutcome,
  verdict: RequirementVerdict | undefined,
  known: boolean,
): { readonly kind: Kind; readonly why: string } => {
  const { status, capability, messages } = outcome
  if (status === 'pass') return { kind: 'pass', why: '' }
  const why = status === 'untestable' ? `untestable: ${reasonOf(outcome)}` : (messages[0] ?? 'it failed')
  if (status === 'not_applicable') return { kind: 'skipped', why: `not declared: ${capability ?? 'the capability'}` }
  if (verdict === undefined) return { kind: 'skipped', why: `not in the profile: ${why}` }
  if (verdict.status === 'not_applicable') return { kind: 'skipped', why: `not declared: ${verdict.capability}` }
  if (known) return { kind: 'skipped', why: `in the baseline: ${why}` }
  if (status === 'untestable') return { kind: verdict.status === 'untestable' ? 'error' : 'skipped', why }
  return verdict.status === 'warn' ? { kind: 'skipped', why: `warning: ${why}` } : { kind: 'failure', why }
}

/** Sentences that are scored, of which no case was played. */
const unplayedOf = ({ requirements, cases }: Report): readonly RequirementVerdict[] => {
  const played = new Set(cases.map(({ requirement }) => requirement))
  return requirements.filter(({ requirement, status }) => status === 'untestable' && !played.has(requirement))
}

const unplayedTest = ({ requirement, spec }: RequirementVerdict, known: boolean): Test =>
  testCase(spec, requirement, requirement, 0, known ? 'skipped' : 'error', 'untestable: no case was played', [])

const baselineTest = (problem: string): Test =>
  testCase('baseline', 'baseline', problem.split(' ')[0] ?? 'baseline', 0, 'failure', problem, [])

const testCase = (
  suite: string,
  className: string,
  name: string,
  seconds: number,
  kind: Kind,
  why: string,
  lines: readonly string[],
): Test => {
  const head = `    <testcase classname="${xml(className)}" name="${xml(name)}" time="${seconds.toFixed(3)}"`
  const content = lines.map((line) => `\n${xml(line)}`).join('')
  const type = kind === 'skipped' ? '' : ` type="${xml(className)}"`
  const text =
    kind === 'pass'
      ? `${head}/>`
      : `${head}>\n      <${kind}${type} message="${xml(why)}">${content}\n      </${kind}>\n    </testcase>`
  return { suite, kind, seconds, text }
}

const countsOf = (tests: readonly Test[]): string => {
  const number = (kind: Kind): number => tests.filter((each) => each.kind === kind).length
  const time = tests.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3)
  return `tests="${tests.length}" failures="${number('failure')}" errors="${number('error')}" skipped="${number('skipped')}" time="${time}"`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** The texts are tidy: XML 1.0 has a place for every character that is left. */
const xml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!)
