import { Command, Option } from 'commander'
import { exportFormats, importFormats } from '../conversion/formats.ts'

const examples = `
Inputs
  What agents and their tools already write: transcripts, rollouts, traces, logs, trajectories (also .gz), directories,
  quoted globs, - for standard input. Each file is recognised by its content; --from says it for all. Files of one
  session are brought together, with the sub-agents in <session>/subagents/ of a transcript that is named.

Examples
  $ agent-run convert ~/.claude/projects > runs.jsonl
  $ agent-run convert ~/.codex/sessions --output-dir runs --report report.json
  $ agent-run convert --from otel-genai traces.json --prices | agent-run validate -
  $ agent-run convert run.json --to otlp > spans.json

Exit code
  0  done; lines that could not be read are counted on standard error
  2  nothing was recognised, or an input could not be read

A converted record says so: what a source does not record stays absent, and what was concluded is marked as inferred.
Secrets of known shapes are replaced before anything is written.`

/** `agent-run convert`. */
export function convertCommand(): Command {
  return new Command('convert')
    .summary('make records from what agents already write')
    .description(
      'Makes records from what agents already write, one record for each turn of the person, and writes records in other formats.',
    )
    .argument('<inputs...>', 'files, directories, globs, or - for standard input')
    .addOption(new Option('--from <format>', 'what the inputs are, if not what they look like').choices(importFormats))
    .addOption(new Option('--to <format>', 'write another format than records').choices(exportFormats))
    .option('-o, --output <file>', 'write all records to one file instead of standard output')
    .option('--output-dir <dir>', 'write every record to a file of its own')
    .addOption(
      new Option('-f, --format <name>', 'one record a line, or a JSON array')
        .choices(['ndjson', 'json'])
        .default('ndjson'),
    )
    .option('--report <file>', 'write the full account of the conversion as JSON')
    .option('--no-redact', 'keep secrets of known shapes (API keys, tokens, passwords in addresses) as they are')
    .option('--prices', 'compute what model calls cost where the source does not say it (bundled prices, offline)')
    .option('-q, --quiet', 'no progress and no summary')
    .addHelpText('after', examples)
    .action(async (inputs: string[], _options, command: Command) => {
      const { runConvert } = await import('../conversion/run-convert.ts')
      process.exitCode = await runConvert(inputs, command.optsWithGlobals())
    })
}
