import { existsSync } from 'node:fs'
import { isObject, type JsonObject } from '../bytes/json.ts'
import { createProgress } from '../commands/progress.ts'
import type { SharedOptions } from '../commands/shared-options.ts'
import { beginTrial, finish } from '../commands/trial.ts'
import { Failure } from '../failure.ts'
import { loadSchemas } from '../http/schemas.ts'
import { printable } from '../http/show.ts'
import { foldJournal } from '../record/index.ts'
import { isSelected, type Profile, selectCases } from '../suite/index.ts'
import { emitterChecks } from './checks.ts'
import { runCommand } from './command.ts'
import type { JudgingOptions } from './judging.ts'
import { scenarioTrust } from './keys.ts'
import { depositsOf, gapsOf } from './play.ts'
import { filesOf, readFile, readInputs } from './read-files.ts'
import { caseOf, type EmitterResult, endOf, judgeAlone, judgeCommand, unplayed } from './run-emitter.ts'
import { loadScenarios, type Scenario } from './scenario.ts'
import { listen } from './stub/listen.ts'
import { demand } from './tally.ts'
import { guardCommands, untilStopped } from './waiting.ts'
import { watchFolder } from './watch.ts'

/** Options of the role emitter. */
export interface EmitterOptions extends SharedOptions {
  readonly listen?: { readonly host: string; readonly port: number }
  readonly watch?: string
  readonly for?: number
  readonly scenarios?: string
  readonly capabilities: readonly string[]
  readonly trust?: string
  readonly allowRemote?: true
}

/** Seconds for everything, unless said otherwise. */
const PATIENCE = 300

/** Puts a runtime to the test. @returns the exit code @throws {Failure} */
export const startEmitter = async (inputs: readonly string[], options: EmitterOptions): Promise<number> => {
  const trial = beginTrial('emitter', options, () => [options.trust, ...judgedFiles(inputs, options)])
  const scenarios = chooseScenarios(options)
  const named = new Set(knownCapabilities(trial.profile, options.capabilities))
  const selected = selectCases(options.only, [
    ...emitterChecks.map(({ code, requirement }) => ({ id: `emitter/${code}`, requirement })),
    ...scenarios.flatMap((each) => each.expect.map((expected) => caseOf(each, expected))),
  ])
  const given = readTrust(options.trust)
  const judging: JudgingOptions = {
    profile: trial.profile.roles.emitter,
    trust: scenarios.length > 0 ? scenarioTrust(given) : given,
    level: options.level,
    asked: new Set(trial.capabilities),
  }
  const needed = scenarios.filter(
    ({ name }) =>
      selected.some(({ id }) => id.startsWith('emitter/')) ||
      selected.some(({ id }) => id.startsWith(`scenarios/${name}/`)),
  )
  const { subject, outcomes, notes } = await test(inputs, options, judging, needed)
  if (options.quiet !== true) for (const note of notes) process.stderr.write(`agent-run-conformance: ${note}\n`)
  // Told where something of scenarios is asked for; otherwise they are no part of the trial.
  const unchosen =
    scenarios.length === 0 && named.size === 0
      ? []
      : loadScenarios().filter(({ name }) => !scenarios.some((each) => each.name === name))
  const all = [
    ...unchosen.flatMap((each) => unplayed(each, 'this scenario was not chosen', 'not_applicable')),
    ...outcomes,
  ]
  return finish(trial, {
    subject: { ...subject, seen: { ...subject.seen, scenarios_chosen: scenarios.length } },
    outcomes: demand(all, judging.profile, named).filter((each) => isSelected(options.only, each)),
    capabilities: [...subject.capabilities, ...trial.capabilities, ...named],
  })
}

/** Files that are judged, as far as they are there at the beginning. @throws {Failure} for what cannot be read */
const judgedFiles = (inputs: readonly string[], { listen: address, watch }: EmitterOptions): readonly string[] => {
  if (address !== undefined) return []
  if (watch !== undefined) return existsSync(watch) ? filesOf(watch) : []
  return inputs.filter((input) => input !== '-').flatMap(filesOf)
}

const test = async (
  inputs: readonly string[],
  options: EmitterOptions,
  judging: JudgingOptions,
  scenarios: readonly Scenario[],
): Promise<EmitterResult> => {
  const { listen: address, watch, timeout = PATIENCE } = options
  if (address !== undefined && watch !== undefined) throw new Failure('--listen and --watch do not go together')
  if (address !== undefined && !options.allowRemote && !/^(localhost|127(\.\d+){3}|::1)$/.test(address.host))
    throw new Failure(
      `${printable(address.host)} can be reached from other machines; --allow-remote says that it is meant`,
    )
  if (address === undefined && scenarios.length > 0) throw new Failure('--scenarios needs --listen and a command')
  const isFiles = address === undefined && watch === undefined
  if (options.for !== undefined && (isFiles || inputs.length > 0))
    throw new Failure('--for is for --listen and --watch without a command; --timeout bounds a command')
  if (options.allowRemote && address === undefined) throw new Failure('--allow-remote needs --listen')
  if (!isFiles && inputs[0]?.trim() === '') throw new Failure('the name of the command is empty')
  if (isFiles) {
    if (inputs.length === 0)
      throw new Failure('give files or folders with records, --watch FOLDER, or --listen 127.0.0.1:0 -- COMMAND')
    return judgeAlone(await readInputs(inputs), inputs.map(printable).join(' '), judging)
  }
  if (watch !== undefined) return watching(watch, inputs, options, judging)
  if (inputs.length === 0) return listening(address!, options, judging, scenarios)
  const progress = createProgress(options.quiet)
  try {
    return await guardCommands((stopped) =>
      judgeCommand({
        ...judging,
        stopped,
        ...address!,
        command: inputs,
        scenarios,
        seconds: timeout,
        onProgress: (text) => progress.update(() => text),
      }),
    )
  } finally {
    progress.hide()
  }
}

const watching = async (
  folder: string,
  command: readonly string[],
  options: EmitterOptions,
  judging: JudgingOptions,
): Promise<EmitterResult> => {
  const say = (line: string): void => {
    if (options.quiet !== true) process.stderr.write(`${line}\n`)
  }
  let wasStopped = false
  const work =
    command.length === 0
      ? untilStopped(options.for)
      : guardCommands(async (stopped) => {
          const ended = await runCommand(command, { AGENT_RUN_OUTPUT: folder }, (options.timeout ?? PATIENCE) * 1000)
          wasStopped = stopped.aborted
          return ended
        })
  await watchFolder(folder, work, say)
  const notes: string[] = []
  const ending = await work
  if (ending?.failure !== undefined)
    throw new Failure(`${printable(command[0] ?? '')} cannot be started: ${ending.failure}`)
  // Whoever ends it by Ctrl-C has seen enough; otherwise a command that broke may not have written all.
  if (ending !== undefined && !wasStopped && (ending.timedOut || ending.exit !== 0)) notes.push(endOf(ending))
  const result = judgeAlone(await readInputs([folder]), printable(folder), judging, notes)
  return { ...result, notes: [...notes, ...result.notes] }
}

const listening = async (
  address: { readonly host: string; readonly port: number },
  options: EmitterOptions,
  judging: JudgingOptions,
  scenarios: readonly Scenario[],
): Promise<EmitterResult> => {
  if (scenarios.length > 0)
    throw new Failure('--scenarios needs a command: --listen 127.0.0.1:0 --scenarios all -- COMMAND')
  const stub = await listen({ ...address, schemas: loadSchemas(), fold: foldJournal })
  try {
    process.stderr.write(
      `AGENT_RUN_SERVER_URL=${stub.url}\nAGENT_RUN_KEY=${stub.key}\nlistens ${options.for === undefined ? 'until Ctrl-C' : `for ${options.for} s`}\n`,
    )
    await untilStopped(options.for)
    const gaps = gapsOf(stub)
    const result = judgeAlone({ deposits: depositsOf(stub), passedOver: [] }, stub.url, judging, gaps)
    const notes = stub.strangers > 0 ? [`${stub.strangers} requests without the key were answered 401`] : []
    return { ...result, notes: [...notes, ...gaps] }
  } finally {
    await stub.stop()
  }
}

const chooseScenarios = ({ scenarios = 'any' }: EmitterOptions): readonly Scenario[] => {
  if (scenarios === 'any') return []
  const all = loadScenarios()
  if (scenarios === 'all') return all
  return scenarios.split(',').map((name) => {
    const found = all.find((each) => each.name === name)
    if (found !== undefined) return found
    throw new Failure(`there is no scenario "${printable(name)}"; there are ${all.map((each) => each.name).join(', ')}`)
  })
}

const knownCapabilities = ({ roles }: Profile, names: readonly string[]): readonly string[] => {
  const known = new Set(Object.values(roles.emitter.requirements).map(({ capability }) => capability))
  for (const name of names) {
    if (!known.has(name))
      throw new Failure(`there is no capability "${printable(name)}"; there are ${[...known].sort().join(', ')}`)
  }
  return names
}

const readTrust = (path: string | undefined): JsonObject | undefined => {
  if (path === undefined) return undefined
  try {
    const value: unknown = JSON.parse(readFile(path).toString('utf8'))
    const faults = isObject(value) ? loadSchemas().faults('trust.json', value) : ['it is no object']
    if (faults.length === 0 && isObject(value)) return value
    throw new Failure(`${printable(path)} is no trust file: ${faults[0]}`)
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = error instanceof SyntaxError ? 'it is no JSON' : (error as NodeJS.ErrnoException).code
    throw new Failure(`the trust file ${printable(path)} cannot be used: ${reason}`, { cause: error })
  }
}
