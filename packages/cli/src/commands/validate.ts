import { Command, Option } from 'commander'
import { formatNames } from '../format/formats.ts'
import { parseCount, parseSize } from './option-values.ts'

const examples = `
Inputs
  Files, directories (searched for *.json, *.jsonl, *.ndjson and .gz of those; not node_modules
  and .git), quoted globs, - for standard input. NDJSON, JSON arrays of records and gzip are
  recognised by their content, and so are bundles, journals, proofs and trust files: each line
  is checked as what it is. With --schema it has to be that.

Examples
  $ agent-run validate run.json
  $ agent-run validate 'out/**/*.json' --format sarif --output findings.sarif
  $ agent-run convert --from claude-code session.jsonl | agent-run validate -
  $ agent-run validate runs.jsonl.gz --fail-on warning
  $ agent-run validate cost.json --schema cost

Not checked here
  Whether fingerprints, seals, signatures and the chain of a journal match. A record can be valid
  and its run_hash wrong: agent-run verify recomputes them all.

Exit code
  0  no errors (warnings alone are 0: see --fail-on and --max-warnings)
  1  findings
  2  the job could not be done: bad usage, nothing matched, an input that cannot be read

Code frames mask the values of private members, so that a build log does not publish them.
On GitHub Actions errors and warnings also annotate the lines (the first 10 of each, as many as
it shows), and a table is added to the job summary.`

/** `agent-run validate`. */
export function validateCommand(): Command {
  return new Command('validate')
    .summary('check records: bytes, schema, semantic rules')
    .description(
      'Checks records against the standard: their bytes, their schema and what a schema cannot say. Works offline.',
    )
    .argument('<inputs...>', 'files, directories, globs, or - for standard input')
    .addOption(
      new Option(
        '-f, --format <name>',
        'how to report; pretty on a terminal and on GitHub Actions, line elsewhere',
      ).choices(formatNames),
    )
    .option(
      '-o, --output <file>',
      'write the report to a file; its name may say the format (.sarif .xml .md .json .ndjson)',
    )
    .option('--lenient', 'do not warn about members that no schema names')
    .option('--schema <schema>', 'what the inputs have to be; agent-run schema list shows the names')
    .option('--no-semantics', 'check bytes and schema only')
    .addOption(
      new Option('--fail-on <severity>', 'what makes the exit code 1').choices(['error', 'warning']).default('error'),
    )
    .option('--max-warnings <n>', 'exit with 1 if there are more warnings than this', parseCount)
    .option('--max-findings <n>', 'report at most this many findings; the others are counted', parseCount, 1000)
    .addOption(
      new Option('--max-size <bytes>', 'longest record to read; longer ones are a finding (K, M, G for powers of 1024)')
        .argParser(parseSize)
        .default(parseSize('256M'), '256M'),
    )
    .option('-q, --quiet', 'no progress and no summary')
    .addHelpText('after', examples)
    .action(async (inputs: string[], _options, command: Command) => {
      const { runValidate } = await import('../check/run-validate.ts')
      process.exitCode = await runValidate(inputs, command.optsWithGlobals())
    })
}
