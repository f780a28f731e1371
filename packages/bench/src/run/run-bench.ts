import { randomBytes } from 'node:crypto'
import { homedir, tmpdir } from 'node:os'
import { createSigner, generateSeed, type Signer } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import type { BenchTrial, Trust } from '@agent-run/types'
import { Failure } from '../failure.ts'
import { judge } from '../judge/index.ts'
import { trustOf as trustOfResults } from '../report/trust.ts'
import { endLeftovers } from '../session/leftovers.ts'
import { openSession } from '../session/session.ts'
import type { BenchKey, BenchRun, LoadedPack } from '../trial.ts'
import { version } from '../version.ts'
import { type Baseline, readBaseline } from './baseline.ts'
import { maskCommand, programProblem, resolvePaths } from './command-line.ts'
import { handedOn } from './environment.ts'
import { doubtAbout } from './finished-trials.ts'
import { type PlannedTrial, planTrials } from './plan.ts'
import { type BenchState, commandDigest, createResults, type Results, reopenResults } from './results.ts'
import { runTrial, type TrialSetting } from './run-trial.ts'

/** What a bench run is made of. */
export interface BenchOptions {
  readonly pack: LoadedPack
  /** Words of the runtime's command, as they were given, with their secrets. */
  readonly command: readonly string[]
  /** Results folder: an absolute path. It has to be empty, unless the run is resumed. */
  readonly out: string
  /** Go on with what is in the results folder. */
  readonly resume?: boolean
  /** Folder that relative paths in the command are seen from; the working folder by default. */
  readonly folder?: string
  /** Variables to hand on, by name. */
  readonly environment?: readonly string[]
  /** Where they come from; the environment of this process by default. */
  readonly env?: NodeJS.ProcessEnv
  /** A word; drawn by chance by default, or that of the run that is resumed. */
  readonly seed?: string | undefined
  /** 1 by default, or that of the run that is resumed. */
  readonly repeats?: number | undefined
  /** Ids of scenarios; all by default. */
  readonly only?: readonly string[]
  /** Trials at a time; 1 by default. */
  readonly jobs?: number
  /** The user's key; one is made for this bench run by default. */
  readonly signer?: Signer | undefined
  /** Whose keys are whose, for the records of runtimes; by default their keys are taken at their word. */
  readonly trust?: Trust | undefined
  /** Results folder or report of an earlier bench run. */
  readonly baseline?: string | undefined
  /** Whether new names in the machine's temporary folder count as written outside; false by default. */
  readonly watchTemp?: boolean
  /** Leave the folders of the trials where they are; false by default. */
  readonly keep?: boolean
  /** Stops it: what is finished stays. */
  readonly stopped?: AbortSignal
  readonly listener?: BenchListener
}

const settled = (options: BenchOptions) => ({
  resume: false,
  folder: process.cwd(),
  environment: [],
  env: process.env,
  only: [],
  jobs: 1,
  watchTemp: false,
  keep: false,
  stopped: new AbortController().signal,
  ...options,
})

type Settings = ReturnType<typeof settled>

/** Who is told how a bench run goes on. */
export interface BenchListener {
  /** Once, before the first trial. `done` were finished by an earlier part. */
  began?(run: { readonly seed: string; readonly planned: number; readonly done: number; readonly out: string }): void
  started?(trial: PlannedTrial): void
  /** @param words the last that it wrote to standard error, where it handed over no record */
  finished?(trial: BenchTrial, words: string): void
  /** A trial whose folder was kept. */
  kept?(name: string, folder: string): void
  warned?(message: string): void
  output?(trial: PlannedTrial, stream: 'stdout' | 'stderr', octets: Uint8Array): void
}

/**
 * Runs a pack's scenarios and judges each trial when it is over. What is finished stands in the results folder, so that
 * whoever stops it can go on later; then `trials` has fewer than were planned.
 * @throws Failure if it cannot be done: a runtime that does not start, results of something else, a folder that cannot be written
 */
export const runBench = async (given: BenchOptions): Promise<BenchRun> => {
  const options = settled(given)
  const { pack, command, environment, listener } = options
  const variables = handedOn(environment, options.env)
  const missing = programProblem(resolvePaths(command, options.folder)[0] ?? '', options.env)
  if (missing === 'ENOENT') throw noProgram(command)
  if (missing !== undefined) throw notStarted(command, missing)
  const began = performance.now()
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline, pack)
  if (baseline?.warning !== undefined) listener?.warned?.(baseline.warning)
  const opened = options.resume ? resume(options, baseline) : begin(options, baseline)
  try {
    const places = new Set([tmpdir(), opened.state.temp_folder])
    for (const place of places)
      for (const { processes } of await endLeftovers(place)) listener?.warned?.(leftBehind(processes))
    return await goOn(opened, { options, variables, baseline, began })
  } finally {
    opened.results.close()
  }
}

/** A results folder that is open, and what it is of. */
interface Opened {
  readonly results: Results
  readonly state: BenchState
}

interface Going {
  readonly options: Settings
  readonly variables: TrialSetting['given']
  readonly baseline: Baseline | undefined
  readonly began: number
}

const leftBehind = (processes: number): string =>
  `a bench run that was killed had left its folders behind${processes === 0 ? '' : `, and ${processes} ${processes === 1 ? 'process' : 'processes'}`}; they are gone now`

/** Makes what is missing. */
const goOn = async ({ results, state }: Opened, { options, variables, baseline, began }: Going): Promise<BenchRun> => {
  const { pack, command, environment, listener } = options
  const { seed, repeats, only } = state
  const plan = planTrials(pack.pack, { only, repeats, seed })
  const trials = finishedOf(plan, { results, state }, options)
  const { signer, approver, keys } = makeKeys(options.signer, state.keys)
  const stateNow: BenchState = { ...state, keys, temp_folder: tmpdir() }
  results.writeState(stateNow)
  listener?.began?.({ seed, planned: plan.length, done: trials.size, out: results.folder })

  const halt = new AbortController()
  const halting = AbortSignal.any([options.stopped, halt.signal])
  const taken = new Set([...trials.values()].flatMap(runIdsOf))
  const session = openSession(options.keep)
  const setting: TrialSetting = {
    pack,
    session,
    command: resolvePaths(command, options.folder),
    given: variables,
    approver,
    home: options.env['HOME'] ?? homedir(),
    watchTemp: options.watchTemp,
    foreignResults: results.foreign,
    taken,
    stopped: halting,
  }
  const makeOne = async (planned: PlannedTrial): Promise<void> => {
    listener?.started?.(planned)
    const made = await makeTrial(planned, { setting, results, state, signer, baseline, options })
    if (made === undefined) return
    const { trial, words } = made
    trials.set(planned.name, trial)
    listener?.finished?.(trial, words)
  }
  const waiting = plan.filter(({ name }) => !trials.has(name))
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !halting.aborted; next = waiting.shift()) await makeOne(next)
  }
  try {
    const workers = Array.from({ length: options.jobs }, () =>
      work().catch((error: unknown) => {
        halt.abort()
        throw error
      }),
    )
    const ends = await Promise.allSettled(workers)
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  } finally {
    session.close()
    results.writeState({ ...stateNow, duration_ms: durationOf(state, began) })
  }
  for (const [name, trial] of trials) {
    if (results.keeps(name, trial)) continue
    trials.delete(name)
    listener?.warned?.(`the results of ${name} were changed by somebody; it does not count and has to be run again`)
  }
  return {
    id: state.id,
    pack,
    out: results.folder,
    command: maskCommand(command),
    environment,
    seed,
    repeats,
    jobs: options.jobs,
    ...(only.length === 0 ? {} : { only }),
    ...(baseline === undefined ? {} : { baseline: baseline.id }),
    signer,
    keys,
    startedAt: state.started_at,
    endedAt: new Date().toISOString(),
    durationMs: durationOf(state, began),
    planned: plan.length,
    trials: inOrder(pack, trials),
  }
}

/** Trials of earlier parts that stand. What does not is told, and is made anew. */
const finishedOf = (
  plan: readonly PlannedTrial[],
  { results, state }: Opened,
  { pack, signer, listener }: Settings,
): Map<string, BenchTrial> => {
  const finished = new Map<string, BenchTrial>()
  const ofResults = results.trust() ?? trustOfResults(state)
  // Who signs with a key of their own need believe no other.
  const keys = signer === undefined ? ofResults.keys : ofResults.keys.filter(({ key }) => key === signer.did)
  const setting = { folder: results.folder, pack, benchId: state.id, trust: { ...ofResults, keys } }
  for (const planned of plan) {
    const found = results.find(planned.name)
    if (found === undefined) continue
    const doubt = doubtAbout(planned, found, setting)
    if (doubt === undefined && found.trial !== undefined) finished.set(planned.name, found.trial)
    else listener?.warned?.(`${planned.name} is run again: ${doubt}`)
  }
  return finished
}

const durationOf = (state: BenchState, began: number): number =>
  Math.round(state.duration_ms + performance.now() - began)

const runIdsOf = ({ run_id, related_run_ids = [] }: BenchTrial): readonly string[] => [
  ...(run_id === undefined ? [] : [run_id]),
  ...related_run_ids,
]

const inOrder = ({ pack }: LoadedPack, trials: ReadonlyMap<string, BenchTrial>): readonly BenchTrial[] => {
  const rank = new Map(pack.scenarios.map(({ id }, index) => [id, index]))
  const of = ({ scenario }: BenchTrial): number => rank.get(scenario) ?? 0
  return [...trials.values()].sort((one, other) => of(one) - of(other) || one.repeat - other.repeat)
}

interface Making {
  readonly setting: TrialSetting
  readonly results: Results
  readonly state: BenchState
  readonly signer: Signer
  readonly baseline: Baseline | undefined
  readonly options: Settings
}

/** Runs and judges one. Undefined if the bench was stopped meanwhile: what is half done is not judged. @throws Failure */
const makeTrial = async (
  planned: PlannedTrial,
  { setting, results, state, signer, baseline, options }: Making,
): Promise<{ readonly trial: BenchTrial; readonly words: string } | undefined> => {
  const { listener, keep } = options
  const onOutput = listener?.output
  const { evidence, root, remove } = await runTrial(planned, {
    ...setting,
    ...(onOutput === undefined ? {} : { onOutput: (stream, octets) => onOutput(planned, stream, octets) }),
  })
  try {
    if (evidence.ending.how === 'not_started') throw notStarted(options.command, evidence.ending.problem)
    if (setting.stopped.aborted) return undefined
    const judgement = await judge(evidence, {
      now: () => new Date().toISOString(),
      evaluator: `agent-run bench ${version}`,
      benchId: state.id,
      env: { PATH: process.env['PATH'] ?? '', LANG: process.env['LANG'] ?? 'C.UTF-8' },
      stopped: setting.stopped,
      signer,
      trust: trustOf(options.trust, setting.approver),
      ...baseline?.of(planned.scenario.id),
    })
    if (setting.stopped.aborted) return undefined
    const words = evidence.root === undefined ? Buffer.from(evidence.stderr.octets).toString('utf8').trim() : ''
    return { trial: results.writeTrial(planned.name, evidence, judgement), words: words.slice(-2000) }
  } finally {
    await remove(keep)
    if (keep) listener?.kept?.(planned.name, root)
  }
}

/** For the judge: what the user says, and the key that answers questions in this part of the bench run. */
const trustOf = (given: Trust | undefined, { did }: Signer): Trust => ({
  ...given,
  agent_run_trust: '1.0',
  keys: [...(given?.keys ?? []), { key: did, identity: 'approver of the bench', roles: ['approver'] }],
})

const noProgram = ([program = '']: readonly string[]): Failure =>
  new Failure(
    `the runtime cannot be started: there is no program "${visible(program)}"; --runtime takes a program and its arguments, and no shell reads them`,
  )

const notStarted = ([program = '']: readonly string[], problem = 'unknown error'): Failure =>
  new Failure(
    `the runtime cannot be started: "${visible(program)}": ${problem}${problem === 'ENOENT' ? ' (is the interpreter there that its first line names?)' : ''}`,
  )

const begin = (options: Settings, baseline: Baseline | undefined): Opened => {
  const { pack, seed = randomBytes(4).toString('hex'), repeats = 1, only, command, environment } = options
  // Refuses names that are none before anything is written.
  planTrials(pack.pack, { only, repeats, seed })
  const id = `bench-${randomBytes(8).toString('hex')}`
  const state: BenchState = {
    bench: '1',
    id,
    pack: { id: pack.pack.id, version: pack.pack.version, digest: pack.digest },
    command: maskCommand(command),
    command_digest: commandDigest(id, command),
    environment,
    seed,
    repeats,
    only,
    ...(baseline === undefined ? {} : { baseline: baseline.id }),
    pack_folder: pack.folder,
    folder: options.folder,
    temp_folder: tmpdir(),
    keys: [],
    started_at: new Date().toISOString(),
    duration_ms: 0,
  }
  return { results: createResults(options.out), state }
}

const resume = (options: Settings, baseline: Baseline | undefined): Opened => {
  const { pack, seed, repeats, only, command, out } = options
  const { results, state } = reopenResults(out)
  const refuse = (what: string): never => {
    results.close()
    throw new Failure(`these results cannot be gone on with: ${what}`)
  }
  if (state.pack.digest !== pack.digest)
    refuse(
      `the pack is another one, or has changed since (${visible(state.pack.id)} ${visible(state.pack.version)} then)`,
    )
  if (state.command_digest !== commandDigest(state.id, command))
    refuse(`the runtime was another one: ${visible(state.command.join(' '))}`)
  if (seed !== undefined && seed !== state.seed) refuse(`their seed is ${visible(state.seed)}`)
  if (repeats !== undefined && repeats !== state.repeats) refuse(`they have ${state.repeats} repeats`)
  if (only.length > 0 && only.join() !== state.only.join()) refuse('--only was another choice')
  if (baseline !== undefined && baseline.id !== state.baseline) refuse('the baseline was another one')
  return { results, state }
}

const makeKeys = (given: Signer | undefined, before: readonly BenchKey[]) => {
  const since = new Date().toISOString()
  const signer = given ?? createSigner(generateSeed())
  const approver = createSigner(generateSeed())
  const made: readonly BenchKey[] = [
    { did: signer.did, role: 'evaluator', own: given !== undefined, since },
    { did: approver.did, role: 'approver', own: false, since },
  ]
  const keys = [
    ...before,
    ...made.filter(({ did, role }) => !before.some((key) => key.did === did && key.role === role)),
  ]
  return { signer, approver, keys }
}
