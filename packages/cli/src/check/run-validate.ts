import { count, styleOf, visible, wantsColour } from '@agent-run/core/text'
import { type SchemaName, schemaNames } from '@agent-run/core/validate'
import { exit, Failure } from '../failure.ts'
import { type FormatName, formatForFile, loadReporter } from '../format/formats.ts'
import { seconds, summarySentence } from '../format/wording.ts'
import { expandArguments } from '../input/expand.ts'
import { nearestName } from '../terminal/nearest.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { version } from '../version.ts'
import { checkSources } from './check-sources.ts'
import type { Summary } from './result.ts'

/** Options of `agent-run validate`, as the command line gives them. */
export interface ValidateCommandOptions {
  readonly format?: FormatName
  readonly output?: string
  readonly lenient?: boolean
  readonly schema?: string
  readonly semantics: boolean
  readonly failOn: 'error' | 'warning'
  readonly maxWarnings?: number
  readonly maxFindings: number
  readonly maxSize: number
  readonly quiet?: boolean
  readonly color?: boolean
}

/** Checks the inputs and reports. Returns the exit code. Throws `Failure` if the job cannot be begun. */
export async function runValidate(inputs: readonly string[], options: ValidateCommandOptions): Promise<number> {
  const schema = options.schema === undefined ? undefined : schemaNamed(options.schema)
  const expansion = expandArguments(inputs)
  const progress = createProgress(options.quiet === true)
  const onActions = process.env['GITHUB_ACTIONS'] === 'true'
  const isTerminal = options.output === undefined && process.stdout.isTTY === true
  const format = options.format ?? formatForFile(options.output) ?? (isTerminal || onActions ? 'pretty' : 'line')
  const reporter = await loadReporter(format, {
    style: styleOf(wantsColour({ option: options.color, env: process.env, isTerminal })),
    width: Math.min(process.stdout.columns || 100, 160),
    version,
    summary: options.quiet !== true,
    workspace: process.env['GITHUB_WORKSPACE'],
  })
  const github = onActions
    ? (await import('./github-summary.ts')).createGithubSummary(process.env, format !== 'github')
    : undefined
  refuseToReplace(
    options.output,
    expansion.sources.map(({ path }) => path),
  )
  const output = outputTo(options.output, progress.hide)
  const totalBytes = expansion.sources.every(({ size }) => size !== undefined)
    ? expansion.sources.reduce((sum, { size }) => sum + (size ?? 0), 0)
    : undefined

  const summary = await checkSources(
    expansion,
    {
      schema,
      reading: options.lenient ? 'lenient' : 'strict',
      semantics: options.semantics,
      maxFindings: options.maxFindings,
      maxSize: options.maxSize,
      onProgress: ({ bytes, files, records }) =>
        progress.update(() => ({ bytes, totalBytes, done: `${count(files, 'file')}, ${count(records, 'record')}` })),
    },
    {
      async finding(placed) {
        // Counts if the reader goes away in the middle.
        if (placed.finding.severity === 'error') process.exitCode = exit.findings
        github?.finding(placed)
        await output.write(reporter.finding(placed))
      },
      file: async (result) => output.write(reporter.file(result)),
    },
  )
  progress.hide()
  const code = exitCodeOf(summary, options)
  await output.write(reporter.end(summary, code))
  await output.close()
  const toldOnOutput = format === 'pretty' && (options.output === undefined || options.output === '-')
  if (!options.quiet && !toldOnOutput) {
    process.stderr.write(`${summarySentence(summary)}   (${seconds(summary.durationMs)})\n`)
  }
  github?.end(summary, code)
  return code
}

const exitCodeOf = (summary: Summary, { failOn, maxWarnings }: ValidateCommandOptions): number => {
  if (summary.unusable > 0) return exit.failure
  // Findings that were only counted are warnings or stand in a record that has an error too.
  if (summary.errors > 0) return exit.findings
  const tooMany = maxWarnings !== undefined && summary.warnings > maxWarnings
  return (failOn === 'warning' && summary.warnings > 0) || tooMany ? exit.findings : exit.clean
}

const schemaNamed = (name: string): SchemaName => {
  const wanted = name.replace(/\.json$/, '')
  const known = schemaNames.find((schema) => schema === wanted)
  if (known) return known
  const near = nearestName(wanted, schemaNames)
  const hint = near === undefined ? 'agent-run schema list shows them all' : `did you mean ${near}?`
  throw new Failure(`there is no schema "${visible(name)}" (${hint})`)
}
