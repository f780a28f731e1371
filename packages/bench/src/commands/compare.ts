import { Command, InvalidArgumentError, Option } from 'commander'
import {
  type CompareFormat,
  compareFormats,
  compareReports,
  defaults,
  type FailOn,
  failOnNames,
  renderComparison,
} from '../compare/index.ts'
import { exit, Failure } from '../failure.ts'
import { readReport } from '../report/index.ts'
import { terminalOf } from './terminal-of.ts'

const examples = `
What counts
  pass      a scenario passed less often than before, however little
  score     its mean score fell by more than --threshold points
  missing   it is not there any more
  cost      a trial costs more than --slack percent more; only costs that both sides know are compared
  duration  a trial takes more than --slack percent longer

How sure that is
  With repeats, chance is told from change: passes by Fisher's exact test, everything else by permutation tests, two-sided.
  "too few repeats to tell": not even the clearest result of so many repeats would be sure. For passes that is so
  below 4 repeats a side. Each scenario is tested by itself: of 20 that did not change, one looks sure by chance.
  --only-sure lets nothing else count.

Examples
  $ agent-run bench compare bench-results/main bench-results/change
  $ agent-run bench compare before/ after/ --format markdown > comment.md
  $ agent-run bench compare before/ after/ --fail-on pass,score,cost --threshold 10 --slack 30
  $ agent-run bench compare before/ after/ --only-sure --significance 0.01

Exit code
  0  no regression
  1  there are regressions
  2  they cannot be compared`

interface CompareCommandOptions {
  readonly threshold: number
  readonly slack: number
  readonly significance: number
  readonly failOn: readonly FailOn[]
  readonly onlySure?: true
  readonly format: CompareFormat
  /** Option of the program. */
  readonly color?: boolean
}

/** `agent-run-bench compare`. */
export const compareCommand = (): Command =>
  new Command('compare')
    .summary('say what got worse from one bench run to another')
    .description(
      'Compares the results of two bench runs, scenario by scenario and as a whole, and says how sure each difference is.',
    )
    .argument('<before>', 'results folder or report.json of the earlier run')
    .argument('<after>', 'of the later run')
    .addOption(number('--threshold <points>', 'points of score that may be lost', 100).default(defaults.score))
    .addOption(
      number('--slack <percent>', 'percent by which cost and duration may grow', 100_000).default(
        defaults.slackPercent,
      ),
    )
    .addOption(
      number('--significance <p>', 'probability of chance, 0 to 1, at which a difference is sure', 1).default(
        defaults.significance,
      ),
    )
    .addOption(
      new Option('--fail-on <names>', `what counts: any of ${failOnNames.join(', ')}, or none; with commas`)
        .argParser(parseFailOn)
        .default(defaults.failOn, defaults.failOn.join(',')),
    )
    .option('--only-sure', 'only differences that are sure count')
    .addOption(new Option('-f, --format <name>', 'how to show it').choices([...compareFormats]).default('pretty'))
    .addHelpText('after', examples)
    .action((before: string, after: string, _options, command: Command) => {
      process.exitCode = compare(before, after, command.optsWithGlobals())
    })

const number = (flags: string, description: string, most: number): Option =>
  new Option(flags, description).argParser((text) => {
    const value = /^[0-9]{1,9}(\.[0-9]{1,9})?$/.test(text) ? Number(text) : Number.NaN
    if (!(value <= most)) throw new InvalidArgumentError(`Expected a number from 0 to ${most}.`)
    return value
  })

const parseFailOn = (text: string): readonly FailOn[] => {
  if (text === 'none') return []
  return text.split(',').map((name) => {
    const found = failOnNames.find((each) => each === name.trim())
    if (found === undefined) throw new InvalidArgumentError(`Expected ${failOnNames.join(', ')} or none.`)
    return found
  })
}

const compare = (before: string, after: string, options: CompareCommandOptions): number => {
  const one = { name: before, report: readReport(before).report }
  const other = { name: after, report: readReport(after).report }
  const names = new Set(one.report.scenarios.map(({ scenario }) => scenario))
  if (!other.report.scenarios.some(({ scenario }) => names.has(scenario)))
    throw new Failure('these two have no scenario in common; compare runs of the same pack')
  const comparison = compareReports(one, other, {
    score: options.threshold,
    slackPercent: options.slack,
    significance: options.significance,
    failOn: options.failOn,
    onlySure: options.onlySure === true,
  })
  process.stdout.write(renderComparison(options.format, comparison, terminalOf(options.color)))
  return comparison.pass ? exit.clean : exit.findings
}
