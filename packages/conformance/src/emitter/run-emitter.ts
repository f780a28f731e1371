import type { Json, JsonObject } from '../bytes/json.ts'
import { Failure } from '../failure.ts'
import { loadSchemas, type Schemas } from '../http/schemas.ts'
import { printable } from '../http/show.ts'
import { foldJournal } from '../record/index.ts'
import type { CaseOutcome, ReportSubject, Seen } from '../suite/index.ts'
import type { Ending } from './command.ts'
import type { Deposit } from './deposit.ts'
import { gatherEvidence, isChild } from './evidence.ts'
import { expectationFaults } from './expectation.ts'
import { type JudgingOptions, judgeDeposits } from './judging.ts'
import { type Performance, play, UNSUPPORTED } from './play.ts'
import type { Inputs } from './read-files.ts'
import { groupByRun } from './run-set.ts'
import { type Expected, loadScenarios, type Scenario } from './scenario.ts'

/** What a runtime came to, and what is worth telling beside it. */
export interface EmitterResult {
  readonly subject: ReportSubject & { readonly seen: Seen }
  readonly outcomes: readonly CaseOutcome[]
  /** One sentence each, safe to print. */
  readonly notes: readonly string[]
}

/** Files that are named where they are passed over. */
const NAMED = 3
/** Most lines of a command's output that are shown. */
const LINES = 20

/** Judges what files or a stub server were given; `gaps` say what of it is not judged. @throws {Failure} if that is nothing */
export const judgeAlone = (
  { deposits, passedOver }: Inputs,
  address: string,
  options: JudgingOptions,
  gaps: readonly string[] = [],
): EmitterResult => {
  const notes =
    passedOver.length === 0
      ? []
      : [
          `passed over ${passedOver.length} JSON ${passedOver.length === 1 ? 'file that holds' : 'files that hold'} no member of a record: ${passedOver.slice(0, NAMED).join(', ')}${passedOver.length > NAMED ? ' and others' : ''}`,
        ]
  if (deposits.every(({ kind }) => kind === 'companion'))
    throw new Failure(['there is no record and no journal in this', ...gaps, ...notes].join('; '))
  const { outcomes, capabilities, seen } = judgeDeposits([deposits], options, gaps)
  const scenarios = { scenarios_known: loadScenarios().length, scenarios_chosen: 0, scenarios_played: 0 }
  const { name, version } = nameOf(deposits, false)
  return {
    subject: { name, version, address, capabilities: [...capabilities].sort(), seen: { ...seen, ...scenarios } },
    outcomes,
    notes,
  }
}

/** How a command is put to the test. */
export interface CommandOptions extends JudgingOptions {
  readonly command: readonly string[]
  readonly host: string
  readonly port: number
  /** Scenarios to play; none: the command is run once, as it is. */
  readonly scenarios: readonly Scenario[]
  /** Aborted when the user wants it to end. */
  readonly stopped: AbortSignal
  /** Seconds for everything. */
  readonly seconds: number
  readonly onProgress: (text: string) => void
}

/** Seconds that one scenario may take at most. */
const PATIENCE = 60

/**
 * Runs a command once, or once for each scenario, and judges what it sent and wrote.
 * @throws {Failure} if it cannot be started, or no record came
 */
export const judgeCommand = async (options: CommandOptions): Promise<EmitterResult> => {
  const { command, scenarios, seconds, onProgress, stopped } = options
  const schemas = loadSchemas()
  const until = performance.now() + seconds * 1000
  const groups: (readonly Deposit[])[] = []
  const outcomes: CaseOutcome[] = []
  const notes: string[] = []
  const tails: string[] = []
  const gaps: string[] = []
  const performances: { readonly scenario: Scenario; readonly played: Performance; readonly seconds: number }[] = []
  const once = [undefined] as const
  for (const [index, scenario] of (scenarios.length === 0 ? once : scenarios).entries()) {
    const left = (until - performance.now()) / 1000
    if (left < 1 && scenario !== undefined) {
      outcomes.push(...unplayed(scenario, 'the time for everything was over before this scenario'))
      continue
    }
    onProgress(
      scenario === undefined ? 'runs the command' : `scenario ${index + 1} of ${scenarios.length}: ${scenario.name}`,
    )
    const patience = scenario === undefined ? left : Math.min(PATIENCE, left)
    const began = performance.now()
    const played = await play(scenario, { ...options, seconds: patience, schemas, fold: foldJournal })
    const { ending } = played
    if (stopped.aborted) throw new Failure('ended before all was played')
    if (ending.failure !== undefined)
      throw new Failure(`${printable(command[0] ?? '')} cannot be started: ${ending.failure}`)
    notes.push(...notesOf(played, scenario))
    if (isBad(played, scenario)) tails.push(ending.tail)
    groups.push(played.deposits)
    gaps.push(...gapsIn(played, scenario))
    if (scenario !== undefined) performances.push({ scenario, played, seconds: (performance.now() - began) / 1000 })
  }
  const sends = performances.some(({ played }) => played.writes.length > 0)
  for (const { scenario, played, seconds: took } of performances)
    outcomes.push(...scenarioOutcomes(scenario, played, schemas, took, sends))
  const deposits = groups.flat()
  if (deposits.every(({ kind }) => kind === 'companion'))
    throw new Failure(
      [
        `no record came: the command sent none (a recorder may still have them: let it wait until they are sent) and wrote none to AGENT_RUN_OUTPUT`,
        ...notes,
      ].join('; ') + shownTail(tails),
    )
  const judged = judgeDeposits(groups, options, gaps)
  const capabilities = new Set([
    ...judged.capabilities,
    ...(outcomes.some(isPlayed) ? ['scenarios'] : []),
    ...(outcomes.some((each) => isPlayed(each) && each.requirement.startsWith('AR-HTTP-')) ? ['client'] : []),
  ])
  const subject = {
    ...nameOf(deposits, scenarios.length > 0),
    address: command.map(printable).join(' '),
    capabilities: [...capabilities].sort(),
    seen: {
      ...judged.seen,
      scenarios_known: loadScenarios().length,
      scenarios_chosen: scenarios.length,
      scenarios_played: scenarios.filter(({ name }) =>
        outcomes.some((each) => isPlayed(each) && each.id.startsWith(`scenarios/${name}/`)),
      ).length,
    },
  }
  if (tails.some(Boolean)) notes.push(`what the command said at last:${shownTail(tails)}`)
  return { subject, outcomes: [...outcomes, ...judged.outcomes], notes }
}

const isPlayed = ({ status }: CaseOutcome): boolean => status === 'pass' || status === 'fail'

const isBad = ({ ending }: Performance, scenario: Scenario | undefined): boolean =>
  ending.timedOut ||
  (ending.exit !== 0 && (scenario === undefined || (ending.exit !== UNSUPPORTED && scenario.dies !== true)))

/** What makes it unknown whether everything was seen. How a scenario ended is told with its cases. */
const gapsIn = (played: Performance, scenario: Scenario | undefined): readonly string[] => {
  const where = scenario === undefined ? '' : `${scenario.name}: `
  return [
    ...(scenario === undefined && isBad(played, scenario) ? [endOf(played.ending)] : []),
    ...played.gaps.map((gap) => `${where}${gap}`),
  ]
}

/** How a command ended that did not end well, as a sentence. */
export const endOf = ({ timedOut, signal, exit }: Ending): string =>
  timedOut ? 'the command did not end in time and was ended' : `the command ended with ${signal ?? `exit code ${exit}`}`

const shownTail = (tails: readonly string[]): string => {
  const lines = tails
    .join('\n')
    .split('\n')
    .map((line) => printable(line.slice(0, 300)).trimEnd())
    .filter(Boolean)
  return lines.length === 0
    ? ''
    : `\n${lines
        .slice(-LINES)
        .map((line) => `    ${line}`)
        .join('\n')}`
}

const notesOf = (played: Performance, scenario: Scenario | undefined): readonly string[] => {
  const { strangers, gaps } = played
  const where = scenario === undefined ? '' : ` in ${scenario.name}`
  return [
    ...(isBad(played, scenario) ? [`${endOf(played.ending)}${where}`] : []),
    ...(strangers > 0 ? [`${strangers} requests without the key${where} were answered 401`] : []),
    ...gaps.map((gap) => `${gap}${where}`),
  ]
}

/**
 * The outcomes of a scenario, one for each thing that its records have to show.
 * @param sends whether the runtime wrote to the server in any scenario
 */
export const scenarioOutcomes = (
  scenario: Scenario,
  played: Pick<Performance, keyof Performance>,
  schemas: Schemas,
  seconds: number,
  sends = false,
): readonly CaseOutcome[] => {
  const { ending, writes } = played
  if (ending.exit === UNSUPPORTED)
    return unplayed(scenario, 'the runtime does not support this scenario', 'not_applicable')
  if (scenario.server !== undefined && writes.length === 0 && (sends || isBad(played, scenario))) {
    const reason = isBad(played, scenario) ? endOf(ending) : 'it sends to the server in other scenarios'
    return unplayed(scenario, `nothing was sent to the server: ${reason}`)
  }
  if (scenario.server !== undefined && writes.length === 0)
    return unplayed(scenario, 'the runtime sends nothing to a server', 'not_applicable')
  const evidence = gatherEvidence(played, foldJournal)
  const broke = isBad(played, scenario) && !ending.timedOut
  return scenario.expect.map((expected) => {
    const faults = expectationFaults(schemas, expected, evidence)
    const status = faults.length === 0 ? 'pass' : broke ? 'untestable' : 'fail'
    const reason = broke
      ? [endOf(ending)]
      : ending.timedOut
        ? ['the command did not end in time']
        : evidence.run === null
          ? ['no record of a run came']
          : []
    return {
      ...caseOf(scenario, expected),
      status,
      messages: faults.length === 0 ? [] : [...reason, `expected: ${expected.says}`, ...faults],
      seconds: seconds / scenario.expect.length,
    }
  })
}

/** The outcomes of a scenario that was not played, and why. */
export const unplayed = (
  scenario: Scenario,
  message: string,
  status: 'untestable' | 'not_applicable' = 'untestable',
): readonly CaseOutcome[] =>
  scenario.expect.map((expected) => ({ ...caseOf(scenario, expected), status, messages: [message], seconds: 0 }))

/** Id and sentence of something that a scenario expects. */
export const caseOf = (
  { name, about }: Scenario,
  expected: Expected,
): Pick<CaseOutcome, 'id' | 'requirement' | 'capability'> => {
  const capability = about.find((each) => each !== 'core')
  return {
    id: `scenarios/${name}/${expected.name}`,
    requirement: expected.requirement,
    ...(capability === undefined ? {} : { capability }),
  }
}

/**
 * What the runtime calls itself: by a run that no other run started, and that names a runtime if one does. Without that it goes
 * by the name of its agent, except in scenarios: there the agent is the script's.
 */
const nameOf = (deposits: readonly Deposit[], scripted: boolean): Pick<ReportSubject, 'name' | 'version'> => {
  const records = groupByRun(deposits).flatMap((traces): readonly JsonObject[] => {
    const journal = traces.journals.at(-1)
    const found = traces.records.at(-1)?.value ?? (journal && foldJournal(journal.octets))
    return found === undefined ? [] : [found]
  })
  const elders = records.filter((each) => !isChild(each))
  const named = [...elders, ...records].find(({ runtime }) => text(runtime) !== null)
  if (named !== undefined) return { name: text(named.runtime), version: text(named.runtime_version) }
  const { agent_name, agent_id, agent_version } = elders[0] ?? records[0] ?? {}
  if (scripted) return { name: null, version: null }
  return { name: text(agent_name) ?? text(agent_id), version: text(agent_version) }
}

const text = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? printable(value.slice(0, 100)) : null
