import { lineOf, visible } from '@agent-run/core/text'
import type { BenchFile, BenchReport, BenchScenarioResult, BenchTrial, Criterion } from '@agent-run/types'
import { groupBy } from './group.ts'
import { byScenario, measures, sum } from './totals.ts'

/** A bench report as people read it: every text in it is safe for one line, and of bounded length. */
export interface View {
  readonly id: string
  readonly packId: string
  /** `tool-discipline 1.0.0`. */
  readonly pack: string
  readonly title: string
  readonly digest: string
  /** The command of the runtime, as a shell would be given it. */
  readonly command: string
  /** Who answered: agents and models that the records name, each once. */
  readonly agents: readonly string[]
  readonly seed: string
  readonly repeats: number
  readonly only: readonly string[]
  readonly software: string
  readonly signedBy: string
  readonly startedAt: string
  readonly endedAt: string
  readonly durationMs: number
  readonly planned: number
  readonly trials: number
  readonly passed: number
  readonly scenarios: number
  readonly scenariosPassed: number
  readonly violations: number
  readonly amounts: Amounts
  readonly rows: readonly Row[]
  /** Everything that was to be run was run, and passed. */
  readonly pass: boolean
}

/** Score, cost and work of some trials; what is not known is undefined, never zero. */
export interface Amounts {
  readonly score: number | undefined
  readonly costUsd: number | undefined
  /** Of so many trials the cost is known. */
  readonly costKnown: number
  /** Mean of the trials, in milliseconds. */
  readonly wallMs: number | undefined
  readonly toolCalls: number | undefined
  readonly toolCallsKnown: number
}

/** A scenario. */
export interface Row {
  readonly scenario: string
  readonly title: string
  readonly trials: number
  readonly passed: number
  /** Passed in each of its trials. */
  readonly pass: boolean
  readonly amounts: Amounts
  /** What was not met in one trial or several, those that are required first. */
  readonly faults: readonly Fault[]
  /** Rules of the bench itself that were broken. */
  readonly violations: readonly Fault[]
  /** Where the results say more about what went wrong, a sentence each. */
  readonly hints: readonly string[]
  /** Run of the baseline that did better. */
  readonly regressionFrom: string | undefined
  readonly attempts: readonly Attempt[]
}

/** A criterion that was not met. */
export interface Fault {
  readonly name: string
  /** Why, in a sentence, as the first trial that it is true of says it; empty: it does not say. */
  readonly why: string
  /** In so many trials. */
  readonly times: number
  readonly required: boolean
}

/** One trial. */
export interface Attempt {
  readonly repeat: number
  readonly seed: number
  readonly pass: boolean
  readonly score: number
  readonly ending: string
  readonly runId: string
  readonly wallMs: number
  readonly costUsd: number | undefined
  readonly toolCalls: number | undefined
  readonly criteria: readonly { readonly name: string; readonly pass: boolean; readonly why: string }[]
}

/** Code points of a sentence, of a name, and of a command line. */
const SENTENCE = 400
const NAME = 120
const COMMAND = 2000

/** Criteria of a trial that are shown. */
const CRITERIA = 100

/** The view of a report. */
export const viewOf = (report: BenchReport): View => {
  const { pack, runtime, software, totals, trials, trials_planned } = report
  const groups = byScenario(trials)
  return {
    id: name(report.id),
    packId: name(pack.id),
    pack: `${name(pack.id)} ${name(pack.version)}`,
    title: name(pack.title ?? ''),
    digest: name(pack.digest),
    command: clipped(lineOf(runtime.command), COMMAND),
    agents: agentsOf(trials),
    seed: name(report.seed),
    repeats: report.repeats,
    only: (report.only ?? []).map(name),
    software: [`${name(software.name)} ${name(software.version)}`, ...machineOf(report)].join(', '),
    signedBy: name(report.signed_by ?? ''),
    startedAt: name(report.started_at),
    endedAt: name(report.ended_at),
    durationMs: report.duration_ms,
    planned: trials_planned,
    trials: totals.trials,
    passed: totals.passed,
    scenarios: totals.scenarios,
    scenariosPassed: totals.scenarios_passed,
    violations: totals.violations,
    amounts: amountsOf(trials, totals.mean_score),
    rows: report.scenarios.map((result) => rowOf(result, groups.get(result.scenario) ?? [])),
    pass: totals.trials > 0 && totals.passed === totals.trials && totals.trials >= trials_planned,
  }
}

const clipped = (text: string, most: number): string => {
  const shown = visible(text.slice(0, 2 * most))
  const characters = Array.from(shown)
  return characters.length > most || text.length > 2 * most ? `${characters.slice(0, most).join('')}…` : shown
}

const name = (text: string): string => clipped(text, NAME)

const machineOf = ({ software }: BenchReport): readonly string[] => {
  const { node_version, platform, architecture, jobs = 1 } = software
  return [
    ...(node_version === undefined ? [] : [`Node ${name(node_version)}`]),
    ...(platform === undefined ? [] : [name([platform, architecture ?? ''].join(' ').trim())]),
    ...(jobs > 1 ? [`${jobs} trials at a time`] : []),
  ]
}

const agentsOf = (trials: readonly BenchTrial[]): readonly string[] => [
  ...new Set(
    trials
      .filter(({ agent_id }) => agent_id !== undefined)
      .map(({ agent_id = '', model }) => `${name(agent_id)}${model === undefined ? '' : ` · ${name(model)}`}`),
  ),
]

const amountsOf = (trials: readonly BenchTrial[], score: number | undefined): Amounts => {
  const costs = measures(trials, 'cost_usd')
  const calls = measures(trials, 'tool_calls')
  return {
    score,
    costUsd: costs.length === 0 ? undefined : sum(costs),
    costKnown: costs.length,
    wallMs: trials.length === 0 ? undefined : sum(trials.map(({ wall_ms }) => wall_ms)) / trials.length,
    toolCalls: calls.length === 0 ? undefined : sum(calls),
    toolCallsKnown: calls.length,
  }
}

const rowOf = ({ scenario, title, totals }: BenchScenarioResult, trials: readonly BenchTrial[]): Row => ({
  scenario: name(scenario),
  title: name(title ?? ''),
  trials: totals.trials,
  passed: totals.passed,
  pass: totals.trials > 0 && totals.passed === totals.trials,
  amounts: amountsOf(trials, totals.mean_score),
  faults: faultsOf(trials),
  violations: violationsOf(trials),
  hints: hintsOf(trials),
  regressionFrom: regressionOf(trials),
  attempts: trials.map(attemptOf),
})

/** Of the first trial of which each is true. */
const hintsOf = (trials: readonly BenchTrial[]): readonly string[] => {
  const fileOf = ({ files }: BenchTrial, role: BenchFile['role']): string | undefined => {
    const file = files.find((each) => each.role === role && each.size > 0)
    return file && name(file.path)
  }
  const broken = trials.find(
    ({ pass, ended, exit_code = 0, run_id }) =>
      !pass && (ended !== 'exited' || exit_code !== 0 || run_id === undefined),
  )
  const errors = broken && fileOf(broken, 'stderr')
  const invalid = trials.find(
    ({ run_id, criteria }) =>
      run_id === undefined &&
      criteria.some((each) => each.name === 'runtime.reported' && each.metadata?.error_type === 'output_invalid'),
  )
  const found = invalid && fileOf(invalid, 'changes')
  const tested = trials.find(({ criteria }) =>
    criteria.some((each) => !isMet(each) && each.metadata?.kind === 'command'),
  )
  const printed = tested && fileOf(tested, 'commands')
  return [
    ...(broken === undefined
      ? []
      : [`the runtime ${endingOf(broken)}${errors === undefined ? '' : `; what it said is in ${errors}`}`]),
    ...(found === undefined ? [] : [`what is wrong with the record is in ${found}, below "refused"`]),
    ...(printed === undefined ? [] : [`what the commands printed is in ${printed}`]),
  ]
}

const regressionOf = (trials: readonly BenchTrial[]): string | undefined => {
  const from = trials.find(({ regression_from }) => regression_from !== undefined)?.regression_from
  return from === undefined ? undefined : name(from)
}

/** A criterion is met unless the judge says otherwise; without a word it has to be worth nothing. */
const isMet = ({ pass, score }: Criterion): boolean => pass ?? score !== 0

const isRequired = ({ metadata }: Criterion): boolean => metadata?.required !== false

const faultsOf = (trials: readonly BenchTrial[]): readonly Fault[] => {
  const missed = trials.flatMap(({ criteria, violations }) => {
    const broken = new Set(violations.map(({ rule }) => rule))
    return criteria.filter((each) => !isMet(each) && !broken.has(each.name))
  })
  const faults = Array.from(
    groupBy(missed, (each) => each.name),
    ([each, times]) => {
      const [first] = times as [Criterion]
      return { name: name(each), why: sentence(first.label), times: times.length, required: isRequired(first) }
    },
  )
  return [...faults.filter(({ required }) => required), ...faults.filter(({ required }) => !required)]
}

const violationsOf = (trials: readonly BenchTrial[]): readonly Fault[] =>
  Array.from(
    groupBy(
      trials.flatMap(({ violations }) => violations),
      ({ rule }) => rule,
    ),
    ([rule, times]) => ({
      name: name(rule),
      why: sentence(times[0]?.message),
      times: times.length,
      required: true,
    }),
  )

const sentence = (text = ''): string => clipped(text, SENTENCE)

const attemptOf = (trial: BenchTrial): Attempt => ({
  repeat: trial.repeat,
  seed: trial.seed,
  pass: trial.pass,
  score: trial.score,
  ending: endingOf(trial),
  runId: name(trial.run_id ?? ''),
  wallMs: trial.wall_ms,
  costUsd: measures([trial], 'cost_usd')[0],
  toolCalls: measures([trial], 'tool_calls')[0],
  criteria: trial.criteria
    .slice(0, CRITERIA)
    .map((each) => ({ name: name(each.name), pass: isMet(each), why: sentence(each.label) })),
})

/** How the process of a trial ended, in a few words. */
const endingOf = ({ ended, exit_code, signal }: BenchTrial): string => {
  if (ended === 'exited')
    return exit_code === undefined || exit_code === 0 ? 'ended by itself' : `ended with exit code ${exit_code}`
  return {
    signal: `was ended by ${name(signal ?? 'a signal')}`,
    timed_out: 'was stopped: its time was up',
    over_limit: 'was stopped: over a limit',
    stopped: 'was stopped with the bench',
    not_started: 'never started',
  }[ended]
}
