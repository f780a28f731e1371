import { visibleName } from '@agent-run/core/text'
import { Command, Option } from 'commander'
import { exit } from '../failure.ts'
import { type ReportFormat, readReport, renderReport, reportFormats } from '../report/index.ts'
import { proofOf } from '../report/proof.ts'
import { terminalOf } from './terminal-of.ts'

const examples = `
Says besides whether the results are still those that were written: report.run.json is the sealed record of the bench
run, it names report.json and bundle.jsonl by their digests, and trust.json has the key.

Examples
  $ agent-run bench report bench-results/mine-20261122-000512
  $ agent-run bench report results/ --format markdown >> "$GITHUB_STEP_SUMMARY"
  $ agent-run bench report results/ --format html > report.html
  $ agent-run bench report report.json --format line

Exit code
  0  shown, and the results are those that were written
  1  shown, and something of the results was changed since, or is not there to be checked
  2  there are no results that can be read`

interface ReportOptions {
  readonly format: ReportFormat
  /** Option of the program. */
  readonly color?: boolean
}

/** `agent-run-bench report`. */
export const reportCommand = (): Command =>
  new Command('report')
    .summary('show the results of a bench run once more')
    .description(
      'Shows the results of a bench run, in any of its forms, and checks that they are as they were written.',
    )
    .argument('<results>', 'results folder, or a report.json')
    .addOption(new Option('-f, --format <name>', 'how to show them').choices([...reportFormats]).default('pretty'))
    .addHelpText('after', examples)
    .action((path: string, _options, command: Command) => {
      process.exitCode = showReport(path, command.optsWithGlobals())
    })

const showReport = (path: string, { format, color }: ReportOptions): number => {
  const { report, folder } = readReport(path)
  const proof = folder === undefined ? undefined : proofOf(folder)
  const place = folder === undefined ? undefined : proof === undefined ? { folder } : { folder, proof }
  process.stdout.write(renderReport(format, report, place, terminalOf(color)))
  if (folder === undefined) return exit.clean
  const problems = proof?.problems ?? [
    'it lacks report.run.json, bundle.jsonl or trust.json, so nothing can be checked',
  ]
  for (const problem of problems) process.stderr.write(`agent-run-bench: ${visibleName(folder)}: ${problem}\n`)
  return problems.length === 0 ? exit.clean : exit.findings
}
