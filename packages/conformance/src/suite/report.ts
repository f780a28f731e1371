import { type BaselineResult, compareBaseline } from './baseline.ts'
import { type CaseOutcome, type Counts, countStatuses, type Role } from './outcome.ts'
import { loadRequirements, type Profile } from './profile.ts'
import { judgeRequirements, type RequirementVerdict } from './verdict.ts'

/** What was put to the test. All texts come from it or from the command line and are hostile. */
export interface ReportSubject {
  readonly name: string | null
  readonly version: string | null
  /** URL without user, password and query; the command; or the files. */
  readonly address: string
  readonly capabilities: readonly string[]
  /** What was seen of an emitter; the fewer, the less a report says. */
  readonly seen?: Seen
}

/** How much an emitter showed. */
export interface Seen {
  /** Runs of which a record came. */
  readonly records: number
  /** Runs of which a journal came. */
  readonly journals: number
  /** Steps of all runs. */
  readonly steps: number
  /** Scenarios of the suite, those that were to be played, and those that were: a runtime may leave some out. */
  readonly scenarios_known: number
  readonly scenarios_chosen: number
  readonly scenarios_played: number
}

/** How a subject came out; the JSON report, `conformance/schemas/report.json`. */
export interface Report {
  readonly report: 1
  readonly suite: { readonly name: string; readonly version: string; readonly data: string }
  readonly profile: string
  readonly role: Role
  /** The level that was asked for; null for what the subject declares. */
  readonly level: string | null
  /** Patterns of --only; a report with some says nothing about the rest. */
  readonly only: readonly string[]
  readonly subject: ReportSubject
  readonly seed: string
  readonly started_at: string
  readonly ended_at: string
  readonly verdict: 'pass' | 'fail' | 'untested'
  /** Requirements by status. */
  readonly counts: Counts
  readonly requirements: readonly RequirementVerdict[]
  readonly cases: readonly CaseOutcome[]
  readonly baseline: BaselineResult | null
}

/** What a role hands over when it is done. */
export interface Trial {
  readonly role: Role
  readonly profile: Profile
  readonly level: string | null
  readonly only: readonly string[]
  readonly subject: ReportSubject
  readonly seed: string
  readonly started: Date
  readonly ended: Date
  readonly outcomes: readonly CaseOutcome[]
  readonly baseline: readonly string[] | null
  readonly suite: Report['suite']
  /** Capabilities whose sentences are judged, if not those of the subject and of the level. */
  readonly capabilities?: readonly string[]
}

/** The report of a trial. With `only`, requirements none of whose cases were selected are left out. */
export const assembleReport = (trial: Trial): Report => {
  const { role, profile, outcomes, subject, only } = trial
  const asked = profile.roles[role].levels.find(({ name }) => name === trial.level)?.capabilities ?? []
  const capabilities = new Set(trial.capabilities ?? [...subject.capabilities, ...asked])
  const touched = new Set(outcomes.map(({ requirement }) => requirement))
  const requirements = judgeRequirements(profile.roles[role], loadRequirements(), outcomes, capabilities).filter(
    ({ requirement }) => only.length === 0 || touched.has(requirement),
  )
  const baseline = trial.baseline === null ? null : compareBaseline(trial.baseline, outcomes, requirements, only)
  return {
    report: 1,
    suite: trial.suite,
    profile: profile.profile,
    role,
    level: trial.level,
    only,
    subject,
    seed: trial.seed,
    started_at: trial.started.toISOString(),
    ended_at: trial.ended.toISOString(),
    verdict: verdictOf(requirements, outcomes, baseline),
    counts: countStatuses(requirements),
    requirements,
    cases: outcomes,
    baseline,
  }
}

const verdictOf = (
  requirements: readonly RequirementVerdict[],
  outcomes: readonly CaseOutcome[],
  baseline: BaselineResult | null,
): Report['verdict'] => {
  const known = new Set(baseline?.known)
  // A requirement is excused if it is listed itself, or if all of its cases that are not in order are.
  const excused = ({ requirement }: RequirementVerdict): boolean => {
    if (known.has(requirement)) return true
    const bad = outcomes.filter(
      (each) => each.requirement === requirement && (each.status === 'fail' || each.status === 'untestable'),
    )
    return bad.length > 0 && bad.every(({ id }) => known.has(id))
  }
  const open = requirements.filter((each) => !excused(each))
  if ((baseline?.problems.length ?? 0) > 0 || open.some(({ status }) => status === 'fail')) return 'fail'
  // A SHOULD that nothing is known about is no worse than one that is not kept, which is a warning.
  if (open.some(({ status, strength }) => status === 'untestable' && strength === 'MUST')) return 'untested'
  return requirements.some(({ status }) => status === 'pass') ? 'pass' : 'untested'
}

/** Exit code of a report: 0 all scored passed, 1 findings, 2 not (all) tested. */
export const exitCodeOf = ({ verdict }: Report): number => ({ pass: 0, fail: 1, untested: 2 })[verdict]
