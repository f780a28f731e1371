import { Command, Option } from 'commander'

const examples = `
Inputs
  Transcripts (*.jsonl, also .gz), directories (searched for *.jsonl and *.meta.json), quoted globs,
  - for standard input. Give the files of one session together; sub-agents in <session>/subagents/
  of a transcript that is named are found by themselves.

Examples
  $ agent-run convert --from claude-code ~/.claude/projects/my-project/*.jsonl > runs.jsonl
  $ agent-run convert --from claude-code session.jsonl | agent-run validate -
  $ agent-run convert --from claude-code session.jsonl --output-dir runs --report report.json

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
      'Makes records from the transcripts that agents already write, one record for each turn of the person.',
    )
    .argument('<inputs...>', 'files, directories, globs, or - for standard input')
    .addOption(new Option('--from <format>', 'what the inputs are').choices(['claude-code']).makeOptionMandatory())
    .option('-o, --output <file>', 'write all records to one file instead of standard output')
    .option('--output-dir <dir>', 'write every record to a file of its own')
    .addOption(
      new Option('-f, --format <name>', 'one record a line, or a JSON array')
        .choices(['ndjson', 'json'])
        .default('ndjson'),
    )
    .option('--report <file>', 'write the full account of the conversion as JSON')
    .option('--no-redact', 'keep secrets of known shapes (API keys, tokens, passwords in addresses) as they are')
    .option('-q, --quiet', 'no progress and no summary')
    .addHelpText('after', examples)
    .action(async (inputs: string[], _options, command: Command) => {
      const { runConvert } = await import('../conversion/run-convert.ts')
      process.exitCode = await runConvert(inputs, command.optsWithGlobals())
    })
}
