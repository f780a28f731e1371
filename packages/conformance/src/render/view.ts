import type { CaseOutcome, Report, RequirementVerdict, Role } from '../suite/index.ts'
import { adviceFor, partsOf, reasonOf } from './advice.ts'
import { groupBy } from './group.ts'
import { count } from './text.ts'
import { tidy } from './tidy.ts'

/** A sentence that is not kept, or kept only in part, and the cases that show it. */
export interface Finding {
  readonly requirement: RequirementVerdict
  readonly cases: readonly CaseOutcome[]
}

/** Why something could not be tested, and what would change that. */
export interface Obstacle {
  readonly reason: string
  readonly advice: string | undefined
  readonly cases: number
  /** Sentences that are untestable because of it, by id. */
  readonly requirements: readonly string[]
  /** What was to be looked at, a line each, where the reason is the same for different things. */
  readonly details: readonly string[]
}

/** How the sentences of one capability came out. */
export interface CapabilitySum {
  readonly name: string
  readonly kept: number
  readonly scored: number
  readonly failed: number
  readonly warned: number
  readonly untestable: number
}

/** A report in the order in which a person wants to read it. All texts are safe on one line; markup is not escaped. */
export interface View {
  readonly report: Report
  readonly kept: number
  readonly scored: number
  readonly casesPassed: number
  readonly casesPlayed: number
  readonly milliseconds: number
  readonly capabilities: readonly CapabilitySum[]
  /** Optional capabilities that are not declared, or not shown by an emitter, and how many sentences they have. */
  readonly undeclared: readonly { readonly name: string; readonly requirements: number }[]
  readonly failures: readonly Finding[]
  readonly warnings: readonly Finding[]
  /** Failures that the baseline lists. */
  readonly known: readonly Finding[]
  readonly obstacles: readonly Obstacle[]
  readonly problems: readonly string[]
}

/** Sums a report up and sorts it: what fails first, the capability that everybody needs first. */
export const viewOf = (untidy: Report): View => {
  const report = tidy(untidy)
  const { requirements, cases, baseline } = report
  const byRequirement = groupBy(cases, ({ requirement }) => requirement)
  const casesOf = ({ requirement }: RequirementVerdict): readonly CaseOutcome[] => byRequirement.get(requirement) ?? []
  const listed = new Set(baseline?.known)
  const isKnown = (verdict: RequirementVerdict): boolean => {
    if (listed.has(verdict.requirement)) return true
    const bad = casesOf(verdict).filter(isBad)
    return bad.length > 0 && bad.every(({ id }) => listed.has(id))
  }
  const sorted = requirements.toSorted(inReadingOrder(report.subject.capabilities))
  const findings = (status: RequirementVerdict['status'], known: boolean): readonly Finding[] =>
    sorted
      .filter((each) => each.status === status && isKnown(each) === known)
      .map((requirement) => ({
        requirement,
        cases: casesOf(requirement)
          .filter((each) => each.status === 'fail')
          .toSorted((one, other) => effortOf(one) - effortOf(other)),
      }))
  const scored = requirements.filter(({ status }) => status !== 'not_applicable')
  const played = cases.filter(({ status }) => status !== 'not_applicable')
  return {
    report,
    kept: scored.filter(({ status }) => status === 'pass').length,
    scored: scored.length,
    casesPassed: played.filter(({ status }) => status === 'pass').length,
    casesPlayed: played.length,
    milliseconds: Math.max(0, Date.parse(report.ended_at) - Date.parse(report.started_at)) || 0,
    capabilities: capabilitiesOf(sorted),
    undeclared: [...groupBy(sorted.filter(isUndeclared), ({ capability }) => capability)].map(([name, list]) => ({
      name,
      requirements: list.length,
    })),
    failures: findings('fail', false),
    warnings: findings('warn', false),
    known: [...findings('fail', true), ...findings('warn', true), ...findings('untestable', true)],
    obstacles: obstaclesOf(
      sorted.filter((each) => each.status === 'untestable' && !isKnown(each)),
      cases,
    ),
    problems: baseline?.problems ?? [],
  }
}

/** The case that is seen again most easily comes first: with one request, and the shortest command line. */
const effortOf = ({ reproduce, replay, messages }: CaseOutcome): number =>
  (reproduce?.length ?? 1e9) + (replay !== undefined || /^request (?!1 of)/.test(messages[0] ?? '') ? 1e6 : 0)

/** Whether a case speaks against its sentence. */
const isBad = ({ status }: CaseOutcome): boolean => status === 'fail' || status === 'untestable'

/** What is core is declared by every subject; a sentence of it whose cases do not apply is passed over. */
const isUndeclared = ({ status, capability }: RequirementVerdict): boolean =>
  status === 'not_applicable' && capability !== 'core'

/** What everybody needs, then what is declared, in that order, then what is not. */
const inReadingOrder = (declared: readonly string[]) => {
  const ranks = new Map([...new Set(['core', ...declared])].map((name, index) => [name, index]))
  const rank = ({ capability }: RequirementVerdict): number => ranks.get(capability) ?? ranks.size
  return (one: RequirementVerdict, other: RequirementVerdict): number =>
    rank(one) - rank(other) ||
    compare(one.capability, other.capability) ||
    compare(one.strength, other.strength) ||
    compare(one.requirement, other.requirement)
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

const capabilitiesOf = (sorted: readonly RequirementVerdict[]): readonly CapabilitySum[] =>
  [...groupBy(sorted, ({ capability }) => capability)].flatMap(([name, list]) => {
    const number = (status: RequirementVerdict['status']): number =>
      list.filter((each) => each.status === status).length
    const scored = list.length - number('not_applicable')
    if (scored === 0) return []
    return [
      {
        name,
        kept: number('pass'),
        scored,
        failed: number('fail'),
        warned: number('warn'),
        untestable: number('untestable'),
      },
    ]
  })

const obstaclesOf = (untestable: readonly RequirementVerdict[], cases: readonly CaseOutcome[]): readonly Obstacle[] => {
  const open = new Set(untestable.map(({ requirement }) => requirement))
  const stuck = cases.filter((each) => each.status === 'untestable' && open.has(each.requirement))
  const obstacles = [...groupBy(stuck, (each) => partsOf(reasonOf(each))[0])].map(([reason, list]) => ({
    reason,
    advice: list.some((each) => each.suite_fault)
      ? 'a fault of the suite, not of the subject: please report it'
      : adviceFor(reason),
    cases: list.length,
    requirements: [...new Set(list.map(({ requirement }) => requirement))],
    details: list.flatMap((each) => {
      const [, own] = partsOf(reasonOf(each))
      return own === '' ? [] : [`${each.requirement} ${own}`]
    }),
  }))
  const played = new Set(stuck.map(({ requirement }) => requirement))
  const without = untestable.filter(({ requirement }) => !played.has(requirement))
  const none = {
    reason: 'no case was played',
    advice: undefined,
    cases: 0,
    requirements: without.map(({ requirement }) => requirement),
    details: [],
  }
  return [...obstacles, ...(without.length > 0 ? [none] : [])].toSorted(
    (one, other) => other.requirements.length - one.requirements.length,
  )
}

/** Whether a report shows compliance: everything of the profile was tested, and every MUST is kept. */
export const isCompliant = ({ verdict, only, counts }: Report): boolean =>
  verdict === 'pass' && only.length === 0 && counts.fail === 0 && counts.untestable === 0

/** How a report stands: its verdict, and `held` if it passes because a baseline lists what is not in order. */
export const standingOf = ({ report, known }: View): Report['verdict'] | 'held' =>
  report.verdict === 'pass' && known.length > 0 ? 'held' : report.verdict

/** What the report comes to, in a few words for a heading. */
export const headlineOf = (view: View): string => {
  const { report, failures, problems, kept, scored } = view
  const { verdict, role, profile, level, only } = report
  const aim = `the ${role} profile ${profile}${level === null ? '' : `, level ${level}`}`
  if (verdict === 'untested') return kept === 0 ? 'could not be tested' : 'not proven: something could not be tested'
  if (failures.length === 0 && problems.length > 0) return 'nothing new, but the baseline is out of date'
  if (verdict === 'fail') return only.length > 0 ? 'not compliant in what was selected' : `not compliant with ${aim}`
  if (standingOf(view) === 'held') return `held to a baseline: ${kept} of ${scored}`
  return only.length > 0 ? 'passed what was selected' : `compliant with ${aim}`
}

/** What is said of the capabilities that a subject has, and of those that it hasn't: an emitter declares nothing. */
export const wordsOf = (role: Role): { readonly has: string; readonly lacks: string } =>
  role === 'emitter' ? { has: 'showed', lacks: 'no occasion' } : { has: 'declares', lacks: 'not declared' }

/** `saw 1 record, 3 steps, 1 of 29 scenarios`; empty for a subject that is no emitter. */
export const seenOf = ({ subject: { seen } }: Report): string => {
  if (seen === undefined) return ''
  const parts = [
    ...(seen.records > 0 || seen.journals === 0 ? [count(seen.records, 'record')] : []),
    ...(seen.journals > 0 ? [count(seen.journals, 'journal')] : []),
    count(seen.steps, 'step'),
    `${seen.scenarios_played} of ${count(seen.scenarios_known, 'scenario')}`,
  ]
  return `saw ${parts.join(', ')}`
}

/** `74 of 77 requirements · 588 of 612 cases`. */
export const ratioOf = ({ kept, scored, casesPassed, casesPlayed }: View): string =>
  `${kept} of ${scored} requirements · ${casesPassed} of ${casesPlayed} cases`
