import { availableParallelism } from 'node:os'
import { count, visibleName, wantsColour } from '@agent-run/core/text'
import { exit, Failure } from '../failure.ts'
import { type FormatName, formatForFile } from '../format/formats.ts'
import { seconds } from '../format/wording.ts'
import type { Source, Unusable } from '../input/source.ts'
import { expandInputs } from '../server/run-sources.ts'
import type { ServerOptions } from '../server/server-options.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { version } from '../version.ts'
import { Assembler } from './assembler.ts'
import { startOf } from './failure-place.ts'
import { type Part, partsOf } from './part.ts'
import { loadVerifyFormat } from './report/formats.ts'
import { ReportBuilder } from './report/report-builder.ts'
import { sumSentence } from './report/sums.ts'
import type { VerifySettings } from './settings.ts'
import { createThread, type PartNews, type WorkOn } from './thread.ts'
import { warnOfTrust } from './trust-file.ts'

/** Options of `agent-run verify`, as the command line gives them. */
export interface VerifyCommandOptions extends ServerOptions {
  readonly trust?: string
  readonly level: VerifySettings['level']
  readonly requireTrusted?: boolean
  readonly signedBy: readonly string[]
  readonly journal?: string
  readonly related: readonly string[]
  readonly statements: readonly string[]
  readonly now?: string
  readonly run?: string
  readonly format?: FormatName
  readonly output?: string
  readonly details?: boolean
  readonly failed?: boolean
  readonly workers: number | 'auto'
  readonly maxSize: number
  /** Bytes of a part of a file that is cut. */
  readonly partSize: number
  readonly quiet?: boolean
  readonly color?: boolean
}

/** Verifies the inputs and reports. Returns the exit code. Throws `Failure` if the job cannot be begun. */
export async function runVerify(inputs: readonly string[], options: VerifyCommandOptions): Promise<number> {
  const start = performance.now()
  const { sources, unusable } = await expandInputs(inputs, options)
  const settings = settingsOf(options)
  const { appearance } = settings
  const progress = createProgress(options.quiet === true)
  refuseToReplace(options.output, [options.trust, options.journal, ...sources.map(({ path }) => path)])
  const output = outputTo(options.output, progress.hide)
  const format = await loadVerifyFormat(appearance)
  const assembler = new Assembler(format, (text) => output.write(text))
  const totalBytes = totalOf(sources)
  const state = { bytes: 0 }

  await assembler.add(unusableReport(unusable, new ReportBuilder(format, appearance)), 0)
  const here = await createThread(settings)
  await warnOfTrust(options.trust)
  let linesAbove = 0
  for await (const { part, news } of work(
    partsOf(sources, options.partSize),
    settings,
    workersFor(options, sources),
    here,
  )) {
    await assembler.add(news.report, linesAbove)
    if (news.last) linesAbove = part.last ? 0 : linesAbove + news.lines
    state.bytes += news.bytes
    progress.update(() => ({ bytes: state.bytes, totalBytes, done: count(assembler.tally.records, 'record') }))
  }
  progress.hide()
  const durationMs = performance.now() - start
  const code = await assembler.end(sources.length + unusable.length, durationMs)
  await output.close()
  const toldOnOutput = appearance.format === 'pretty' && (options.output === undefined || options.output === '-')
  if (!options.quiet && !toldOnOutput) {
    const sums = {
      tally: assembler.tally,
      files: sources.length + unusable.length,
      codes: [],
      durationMs,
      exitCode: code,
    }
    process.stderr.write(`${sumSentence(sums)}   (${seconds(durationMs)})\n`)
  }
  return Math.max(code, complaint(assembler, options))
}

/** Says what was given in vain. */
const complaint = (assembler: Assembler, { run, journal }: VerifyCommandOptions): number => {
  const { records, proofs, problems } = assembler.tally
  const say = (message: string): number => {
    process.stderr.write(`agent-run: ${message}\n`)
    return exit.failure
  }
  if (records + proofs + problems === 0)
    return say(run === undefined ? 'nothing to verify: no record in the inputs' : 'no record has the id of --run')
  if (journal !== undefined && !assembler.journalUsed)
    return say(`no record is of the run that the journal ${visibleName(journal)} is of`)
  return exit.clean
}

/** Throws `Failure` where nobody could ever meet it. */
const demandOf = ({ requireTrusted, signedBy, trust }: VerifyCommandOptions): VerifySettings['signedBy'] => {
  const asked = signedBy.length > 0 ? signedBy : requireTrusted === true ? ('trusted' as const) : undefined
  if (asked === undefined || trust !== undefined) return asked
  throw new Failure(
    `${asked === 'trusted' ? '--require-trusted' : '--signed-by'} needs --trust: it says whose key is whose`,
  )
}

const settingsOf = (options: VerifyCommandOptions): VerifySettings => {
  const onActions = process.env['GITHUB_ACTIONS'] === 'true'
  const isTerminal = options.output === undefined && process.stdout.isTTY === true
  return {
    level: options.level,
    signedBy: demandOf(options),
    now: options.now ?? new Date().toISOString(),
    maxSize: options.maxSize,
    run: options.run,
    evidence: {
      trust: options.trust,
      journal: options.journal,
      related: options.related,
      statements: options.statements,
    },
    appearance: {
      format: options.format ?? formatForFile(options.output) ?? (isTerminal || onActions ? 'pretty' : 'line'),
      colour: wantsColour({ option: options.color, env: process.env, isTerminal }),
      width: Math.min(process.stdout.columns || 100, 120),
      version,
      workspace: process.env['GITHUB_WORKSPACE'],
      details: options.details === true,
      failedOnly: options.failed === true,
    },
  }
}

async function* work(
  parts: Iterable<Part>,
  settings: VerifySettings,
  workers: number,
  here: WorkOn,
): AsyncGenerator<{ part: Part; news: PartNews }> {
  if (workers > 0) yield* (await import('./pool.ts')).inWorkers(parts, settings, workers, here)
  else for (const part of parts) for await (const news of here(part)) yield { part, news }
}

/** Bytes below which starting threads costs more than they bring. */
const WORTH_THREADS = 48 * 1024 * 1024

const workersFor = (
  { workers, trust, journal, related, statements }: VerifyCommandOptions,
  sources: readonly Source[],
): number => {
  // What is read from standard input can be read only once.
  if ([trust, journal, ...related, ...statements].includes('-')) return 0
  if (workers !== 'auto') return workers
  const known = sources.reduce((sum, { size }) => sum + (size ?? 0), 0)
  const threads = availableParallelism()
  return known < WORTH_THREADS || threads < 2 ? 0 : Math.min(threads, 8)
}

const totalOf = (sources: readonly Source[]): number | undefined =>
  sources.every(({ size }) => size !== undefined) ? sources.reduce((sum, { size }) => sum + (size ?? 0), 0) : undefined

const unusableReport = (unusable: readonly Unusable[], report: ReportBuilder): ReturnType<ReportBuilder['take']> => {
  for (const { name, problem } of unusable) {
    const { line, column, ...rest } = problem
    report.add({ kind: 'problem', file: name, ...startOf({ line, column }), ...rest, unusable: true })
  }
  return report.take()
}
