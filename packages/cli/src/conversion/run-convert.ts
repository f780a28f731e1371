import { convertClaudeCode, type FileReport } from '@agent-run/sdk/adapters/claude-code'
import { exit, Failure } from '../failure.ts'
import { count } from '../format/wording.ts'
import { visibleName } from '../terminal/escape.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { styleOf, wantsColour } from '../terminal/style.ts'
import { lookLike } from './look-like.ts'
import { conversionSummary, type FileWords } from './summary.ts'
import { expandTranscripts, openTranscript, type Transcript } from './transcript-files.ts'
import { writeRunFiles, writeRuns } from './write-runs.ts'

/** Options of `agent-run convert`, as the command line gives them. */
export interface ConvertCommandOptions {
  readonly from: 'claude-code'
  readonly output?: string
  readonly outputDir?: string
  readonly format: 'ndjson' | 'json'
  readonly report?: string
  readonly redact: boolean
  readonly quiet?: boolean
  readonly color?: boolean
}

/** Converts the inputs and writes the records. Returns the exit code. Throws `Failure` if nothing comes of it. */
export async function runConvert(inputs: readonly string[], options: ConvertCommandOptions): Promise<number> {
  if (options.output !== undefined && options.outputDir !== undefined) {
    throw new Failure('--output and --output-dir exclude each other')
  }
  const { sources, unusable } = expandTranscripts(inputs)
  for (const { name, problem } of unusable)
    process.stderr.write(`agent-run: ${visibleName(name)}: ${problem.message}\n`)
  if (sources.length === 0) {
    if (unusable.length > 0) return exit.failure
    throw new Failure('no transcripts found: expected *.jsonl files')
  }
  for (const written of [options.output, options.report])
    refuseToReplace(
      written,
      sources.map(({ path }) => path),
    )
  const progress = createProgress(options.quiet === true)
  const state = { bytes: 0, files: 0 }
  const totalBytes = sources.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  )
  const onRead = (bytes: number): void => {
    state.bytes += bytes
    progress.update(() => ({
      bytes: state.bytes,
      totalBytes,
      done: `${count(state.files, 'file')} of ${sources.length}`,
    }))
  }
  const transcripts: Transcript[] = []
  function* opened(): Iterable<Transcript> {
    for (const source of sources) {
      const transcript = openTranscript(source, onRead)
      transcripts.push(transcript)
      state.files++
      yield transcript
    }
  }
  const { runs, report } = await convertClaudeCode(opened(), { redact: options.redact })
  progress.hide()
  const style = styleOf(
    wantsColour({ option: options.color, env: process.env, isTerminal: process.stderr.isTTY === true }),
  )
  const about = (file: FileReport): FileWords => {
    const transcript = transcripts.find(({ name }) => name === file.name)
    return transcript
      ? { name: transcript.sourceName, looks: lookLike(transcript.head()) }
      : { name: file.name, looks: 'something else' }
  }
  if (options.report !== undefined) await writeReport(options.report, report)
  if (runs.length > 0) {
    if (options.outputDir !== undefined) {
      writeRunFiles(runs, options.outputDir)
    } else {
      const output = outputTo(options.output, progress.hide)
      const toTerminal = options.output === undefined && process.stdout.isTTY === true
      await writeRuns(runs, options.format, output, toTerminal)
      await output.close()
    }
  }
  const summary = conversionSummary(report, style, about)
  if (!options.quiet || !report.ok) process.stderr.write(summary)
  return report.ok && unusable.length === 0 ? exit.clean : exit.failure
}

const writeReport = async (path: string, report: object): Promise<void> => {
  const output = outputTo(path)
  await output.write(`${JSON.stringify(report, null, 2)}\n`)
  await output.close()
}
