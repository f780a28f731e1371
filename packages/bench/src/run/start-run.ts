import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseTrust } from '@agent-run/core'
import { lineOf, visible, visibleName, wantsColour } from '@agent-run/core/text'
import { loadSigner } from '@agent-run/sdk/keys'
import type { Trust } from '@agent-run/types'
import { exit, Failure, systemError } from '../failure.ts'
import { readPack } from '../pack/index.ts'
import { type ReportFormat, renderReport, reportOf, terminalReport, writeReports } from '../report/index.ts'
import { folderName } from '../terminal/folder-name.ts'
import type { BenchRun } from '../trial.ts'
import { maskCommand, splitCommand } from './command-line.ts'
import { createListener } from './listener.ts'
import { commandDigest, readState } from './results.ts'
import { type BenchOptions, runBench } from './run-bench.ts'
import { guardProcesses } from './stopping.ts'

/** Options of `agent-run-bench run`, as the command line gives them. */
export interface RunOptions {
  readonly runtime?: string
  readonly out?: string
  readonly resume?: string
  readonly only?: readonly string[]
  readonly repeats?: number
  readonly seed?: string
  readonly jobs: number
  readonly env?: readonly string[]
  readonly key?: string
  readonly passphraseFile?: string
  readonly trust?: string
  readonly baseline?: string
  readonly watchTemp?: true
  readonly keep?: true
  readonly quiet?: boolean
  readonly format: ReportFormat
  /** Options of the program. */
  readonly color?: boolean
  readonly verbose?: boolean
}

/** Runs a pack as the command line asks, and says how it went. @returns the exit code @throws Failure */
export const startRun = async (path: string | undefined, options: RunOptions): Promise<number> => {
  if (options.out !== undefined && options.resume !== undefined)
    throw new Failure('--out and --resume do not go together: a run that is resumed keeps its folder')
  const subject = options.resume === undefined ? given(path, options) : resumed(path, options, resolve(options.resume))
  const pack = readPack(subject.path)
  const signer = options.key === undefined ? undefined : await signerOf(options.key, options.passphraseFile)
  const trust = options.trust === undefined ? undefined : trustIn(options.trust)
  const { resume, out, seed, repeats, only = [], jobs, baseline } = options
  const listener = createListener(options)
  if (resume !== undefined)
    listener.warned?.(`the runtime is ${visible(lineOf([...maskCommand(subject.command)]))}, as these results say`)
  const settings: BenchOptions = {
    pack,
    command: subject.command,
    folder: subject.folder,
    environment: subject.environment,
    env: process.env,
    out: resolve(resume ?? out ?? join('bench-results', `${pack.pack.id}-${stamp()}`)),
    resume: resume !== undefined,
    seed,
    repeats,
    only,
    jobs,
    signer,
    trust,
    baseline,
    watchTemp: options.watchTemp === true,
    keep: options.keep === true,
    listener,
  }
  const run = await guardProcesses(
    async (stopped) => {
      const run = await runBench({ ...settings, stopped })
      // A signal does not leave half of them.
      await writeReports(run)
      return run
    },
    () => process.stderr.write('\nstopping: what is finished is kept and written down; once more to stop at once\n'),
  ).finally(() => listener.end())
  print(run, options)
  if (run.trials.length < run.planned) {
    process.stderr.write(
      `agent-run-bench: stopped after ${run.trials.length} of ${run.planned} trials; agent-run bench run --resume ${visible(lineOf([folderName(run.out)]))} goes on\n`,
    )
    return exit.undone
  }
  return run.trials.every(({ pass }) => pass) ? exit.clean : exit.findings
}

/** What is run, and by which command. */
interface Subject {
  readonly path: string
  readonly command: readonly string[]
  /** Relative paths of the command are seen from here. */
  readonly folder: string
  readonly environment: readonly string[]
}

const given = (path: string | undefined, { runtime, env = [] }: RunOptions): Subject => {
  if (path === undefined) throw new Failure('which pack? give its folder: agent-run bench run PACK --runtime COMMAND')
  if (runtime === undefined) throw new Failure('which runtime? give its command: --runtime "my-agent"')
  return { path, command: splitCommand(runtime), folder: process.cwd(), environment: env }
}

/** What is not given is as it was. */
const resumed = (path: string | undefined, { runtime, env }: RunOptions, folder: string): Subject => {
  const state = readState(folder)
  const isWhole = state.command_digest === commandDigest(state.id, state.command)
  if (runtime === undefined && !isWhole)
    throw new Failure('the command had a secret in it, which was not kept; give it again: --runtime COMMAND')
  return {
    path: path ?? state.pack_folder,
    command: runtime === undefined ? state.command : splitCommand(runtime),
    folder: runtime === undefined ? state.folder : process.cwd(),
    environment: env ?? state.environment,
  }
}

const print = (run: BenchRun, { format, color }: RunOptions): void => {
  const terminal = {
    color: wantsColour({ option: color, env: process.env, isTerminal: process.stdout.isTTY === true }),
    width: process.stdout.columns || Number(process.env['COLUMNS']) || 100,
  }
  process.stdout.write(
    format === 'pretty' ? terminalReport(run, terminal) : renderReport(format, reportOf(run), undefined, terminal),
  )
}

/** The moment as part of a name: `20261122-000512`. */
const stamp = (): string => new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

const signerOf = async (file: string, passphraseFile: string | undefined) => {
  try {
    return await loadSigner(file, {
      env: process.env,
      ...(passphraseFile === undefined ? {} : { passphrase: () => passphraseIn(passphraseFile) }),
    })
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(`--key: ${visible(cause instanceof Error ? cause.message : 'the key cannot be used')}`, { cause })
  }
}

const trustIn = (file: string): Trust => {
  let octets: Uint8Array
  try {
    octets = readFileSync(file)
  } catch (cause) {
    throw new Failure(`the trust file ${visibleName(file)} cannot be read: ${systemError(cause)}`, { cause })
  }
  const parsed = parseTrust(octets)
  if (parsed.ok) return parsed.trust
  const [finding] = parsed.findings
  throw new Failure(
    `${visibleName(file)} is no trust file: ${finding === undefined ? 'it is not right' : `${finding.path || 'the root'}: ${visible(finding.message)}`}`,
  )
}

const passphraseIn = (file: string): string => {
  try {
    const [first = ''] = readFileSync(file, 'utf8').split(/\r?\n/, 1)
    if (first !== '') return first
  } catch (cause) {
    throw new Failure(`the passphrase file ${visibleName(file)} cannot be read: ${systemError(cause)}`, { cause })
  }
  throw new Failure(`the passphrase file ${visibleName(file)} is empty`)
}
