import { resolve } from 'node:path'
import { count, styleOf, visibleName, wantsColour } from '@agent-run/core/text'
import {
  Accountant,
  Arranger,
  type ConversionReport,
  type ConvertOptions,
  convertGroups,
} from '@agent-run/sdk/conversion'
import type { AgentRun } from '@agent-run/types'
import { exit, Failure } from '../failure.ts'
import { type Look, lookLike, looksLikeRecords } from '../input/look-like.ts'
import { outputTo, realPath, refuseToReplace } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { type exportFormats, formatsFor } from './formats.ts'
import { readRecords } from './read-records.ts'
import { expandSources, openSource, type SourceFile } from './source-files.ts'
import { conversionSummary } from './summary.ts'
import { createWriter } from './write-runs.ts'

/** Options of `agent-run convert`, as the command line gives them. */
export interface ConvertCommandOptions {
  readonly from?: string
  readonly to?: (typeof exportFormats)[number]
  readonly output?: string
  readonly outputDir?: string
  readonly format: 'ndjson' | 'json'
  readonly report?: string
  readonly redact: boolean
  readonly prices?: boolean
  readonly quiet?: boolean
  readonly color?: boolean
}

/** Converts the inputs and writes the records as they come. Returns the exit code. Throws `Failure` if nothing comes of it. */
export async function runConvert(inputs: readonly string[], options: ConvertCommandOptions): Promise<number> {
  if (options.output !== undefined && options.outputDir !== undefined) {
    throw new Failure('--output and --output-dir exclude each other')
  }
  if (
    options.report !== undefined &&
    options.outputDir === undefined &&
    isSame(options.report, options.output ?? '-')
  ) {
    throw new Failure('--report and the records would go to the same place; give --report another file')
  }
  const { sources, unusable } = expandSources(inputs)
  for (const { name, problem } of unusable)
    process.stderr.write(`agent-run: ${visibleName(name)}: ${problem.message}\n`)
  if (sources.length === 0) return exit.failure
  for (const written of [options.output, options.report])
    refuseToReplace(
      written,
      sources.map(({ path }) => path),
    )
  const convertOptions = await optionsOf(options)
  const progress = createProgress(options.quiet === true)
  const state = { bytes: 0, runs: 0 }
  const totalBytes = sources.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  )
  const onRead = (bytes: number): void => {
    state.bytes += bytes
    progress.update(() => ({ bytes: state.bytes, totalBytes, done: count(state.runs, 'run') }))
  }
  const files: SourceFile[] = []
  const recordFiles: SourceFile[] = []
  const arranger = new Arranger(await formatsFor(options.from), options.from)
  for (const source of sources) {
    const { file, head, first } = await openSource(source, onRead)
    files.push(file)
    if (options.to !== undefined && looksLikeRecords(first)) recordFiles.push(file)
    else arranger.add({ head, open: file.open })
  }
  const { groups, attachments, unrecognised } = arranger.finish()
  const exported = options.to === undefined ? undefined : (await import('./export-runs.ts')).createExport(options.to)
  const passed = new Set(unrecognised.map(({ head }) => head.name))
  const read = files.flatMap((file) =>
    passed.has(file.name) || file.source.path === undefined ? [] : [file.source.path],
  )
  const writer = createWriter({ ...options, inputs: read, before: progress.hide })
  const write = async (run: AgentRun): Promise<void> => {
    state.runs++
    await writer.write(exported?.document(run) ?? run, run.id)
  }
  const accountant = new Accountant()
  const onAttached = (report: ConversionReport): void => accountant.add({ report, repeated: 0 })
  for await (const converted of convertGroups({ groups, attachments }, convertOptions, { onAttached })) {
    accountant.add(converted)
    for (const run of converted.runs) await write(run)
  }
  const records = await readRecords(recordFiles, write)
  await writer.close()
  progress.hide()

  const account = accountant.finish(unrecognised.map(({ head }) => head.name))
  const named = new Set(inputs)
  const byName = new Map(files.map((file) => [file.name, file]))
  const looks = async (name: string): Promise<Look> =>
    lookLike(name, (await byName.get(name)?.begin()) ?? Buffer.alloc(0))
  const fileName = (name: string): string => byName.get(name)?.source.name ?? name
  const passedOver = unrecognised.map(({ head }) => ({
    name: head.name,
    isNamed: named.has(fileName(head.name)) || byName.get(head.name)?.source.path === undefined,
  }))
  if (options.report !== undefined) await writeReport(options.report, { ...account, ...exported?.account() })
  const style = styleOf(
    wantsColour({ option: options.color, env: process.env, isTerminal: process.stderr.isTTY === true }),
  )
  const isDone = (account.ok || (records.runs > 0 && account.reports.length === 0)) && records.problems.length === 0
  const done = isDone && unusable.length === 0 && !passedOver.some(({ isNamed }) => isNamed)
  const summary = await conversionSummary({
    account,
    passedOver,
    records,
    style,
    isGiven: options.from !== undefined,
    lost: exported?.words() ?? [],
    fileName,
    looks,
  })
  if (!options.quiet || !done) process.stderr.write(summary)
  return done ? exit.clean : exit.failure
}

const optionsOf = async ({ redact, prices }: ConvertCommandOptions): Promise<ConvertOptions> => {
  if (!prices) return { redact }
  const { loadPrices } = await import('@agent-run/sdk/prices')
  return { redact, prices: await loadPrices() }
}

/** Whether two outputs are one: standard output, or one file. */
const isSame = (a: string, b: string): boolean =>
  a === '-' || b === '-' ? a === b : (realPath(a) ?? resolve(a)) === (realPath(b) ?? resolve(b))

const writeReport = async (path: string, report: object): Promise<void> => {
  const output = outputTo(path)
  await output.write(`${JSON.stringify(report, null, 2)}\n`)
  await output.close()
}
