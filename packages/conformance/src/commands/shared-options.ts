import { type Command, Option } from 'commander'
import { collect, once, parseLabel, parseSeconds, parseSeed } from './option-values.ts'

/** How a report is written to standard output. */
export type ReportFormat = 'pretty' | 'line' | 'json'

/** Files that a report is written to, by the name of their option. */
export interface ReportFiles {
  readonly report?: string
  readonly junit?: string
  readonly markdown?: string
  readonly badge?: string
  readonly html?: string
  readonly record?: string
  readonly writeBaseline?: string
}

/** Options that every role has. `beginTrial` reads them, `finish` writes what they ask for. */
export interface SharedOptions extends ReportFiles {
  readonly profile: string
  readonly level?: string
  readonly only: readonly string[]
  readonly seed?: string
  readonly baseline?: string
  /** What the subject is called in the report, instead of what it says itself. */
  readonly subjectName?: string
  readonly subjectVersion?: string
  /** Seconds for everything; undefined for what the role thinks right. */
  readonly timeout?: number
  readonly quiet?: true
  readonly format?: ReportFormat
  /** An option of the program: undefined if neither --color nor --no-color was given. */
  readonly color?: boolean
}

/** Adds the options that every role has to the command of one. */
export const sharedOptions = (command: Command): Command =>
  command
    .option('--profile <version>', 'version of the standard to be held against', '1.0')
    .option('--level <name>', 'level that has to be reached, instead of the one that is declared', once)
    .option(
      '--only <pattern>',
      'play these cases only: an id of a requirement or a case, the beginning of one, * for anything; may be repeated',
      collect,
      [],
    )
    .addOption(new Option('--seed <word>', 'the same seed gives the same throw-away names').argParser(parseSeed))
    .option('--baseline <file>', 'known failures: a case or requirement id a line, the reason behind a #', once)
    .option('--write-baseline <file>', 'write such a list of all that is not in order now', once)
    .addOption(new Option('--subject-name <name>', 'what the subject is called in the report').argParser(parseLabel))
    .addOption(new Option('--subject-version <version>', 'which version of it this is').argParser(parseLabel))
    .addOption(new Option('--timeout <seconds>', 'time for everything').argParser(parseSeconds))
    .addOption(
      new Option(
        '-f, --format <name>',
        'what stands on standard output; pretty on a terminal and on GitHub Actions, line elsewhere',
      ).choices(['pretty', 'line', 'json']),
    )
    .option('--report <file>', 'write the report as JSON', once)
    .option('--junit <file>', 'write it as JUnit XML', once)
    .option('--markdown <file>', 'write a summary in markdown', once)
    .option('--badge <file>', 'write the JSON of a badge', once)
    .option('--html <file>', 'write one page that needs nothing else', once)
    .option('--record <file>', 'write it as the record of a run, which can be sealed', once)
    .option('-q, --quiet', 'no progress')

/** The end of a role's help: what comes out. */
export const exitCodes = `
Exit code
  0  everything that is scored passed (warnings are allowed)
  1  findings: a sentence is not kept, or the baseline is out of date
  2  it could not be tested: bad usage, no answer, or something scored that nothing is known about`
