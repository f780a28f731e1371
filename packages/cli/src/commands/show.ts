import { Command, Option } from 'commander'
import { LARGEST_RECORD, once, parseSize } from './option-values.ts'
import { addWatch } from './query-options.ts'
import { serverOptions } from './server-options.ts'

const examples = `
Examples
  $ agent-run show run.json
  $ agent-run show runs.jsonl                 an overview, then a receipt for each run
  $ agent-run show runs.jsonl --run 6f1c      the run whose id begins like this
  $ agent-run show runs/                      the newest runs of a folder
  $ agent-run show latest                     the newest run that the recorder has left in .agent-run/
  $ agent-run show 6f1c runs/                 a run by its id, wherever it stands in the folder
  $ agent-run show runs/ --watch              again whenever a run is added
  $ agent-run show run.json --trust team.trust.json
  $ agent-run show run.json --format markdown >> "$GITHUB_STEP_SUMMARY"
  $ agent-run convert --from claude-code session.jsonl | agent-run show -
  $ agent-run show 6f1c --server http://127.0.0.1:3000   a run of a server, by its id or the beginning of one

A name that is no file is an id, or the beginning of one: on the server that AGENT_RUN_SERVER_URL names, if it names
one, else in the other inputs, or in .agent-run/. The newest run is called latest.
Large folders have an index beside the files: agent-run query --help says more.

Exit code
  0  shown
  1  shown, and the record has errors (above its receipt) or a check under Proof failed
  2  nothing could be shown

What is checked stands under Proof:
  ✓ checked here, holds   ✗ checked here, does not   ? not enough was given to tell   – not there
More, and with a journal and other runs: agent-run verify`

/** `agent-run show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .summary('show a record as a receipt')
    .description(
      'Shows what happened in a run: what changed, who allowed it, what it cost, how to undo it, and what of this is checked.',
    )
    .argument('[inputs...]', 'files, directories, globs, - for standard input, or an id; with --server ids of runs')
    .option(
      '-r, --run <id>',
      'only the run with this id, or the only one whose id begins like this; latest: the newest',
    )
    .addOption(
      new Option('-f, --format <name>', 'how to show it').choices(['pretty', 'markdown', 'json']).default('pretty'),
    )
    .option('-t, --trust <file>', 'whose keys you trust, for what', once)
    .option('-o, --output <file>', 'write to a file')
    .option('--all', 'name everything, however long the lists are')
    .addOption(
      new Option('--max-size <bytes>', 'longest record to read (K, M, G for powers of 1024)')
        .argParser(parseSize)
        .default(LARGEST_RECORD, '256M'),
    )
    .option('--no-index', 'read the files, make and use no index of them')
  return addWatch(serverOptions(command))
    .addHelpText('after', examples)
    .action(async (inputs: string[], _options, command: Command) => {
      const { runShow } = await import('../receipt/run-show.ts')
      process.exitCode = await runShow(inputs, command.optsWithGlobals())
    })
}
