import { Command, Option } from 'commander'
import { reportFormats } from '../report/render.ts'
import { collect, once, parseCount, parseSeed } from './option-values.ts'

const examples = `
The runtime is any command. It is started in a fresh workspace for each trial, without a shell, with the prompt on
standard input, and with these variables and nothing else (PATH, HOME, TMPDIR and LANG aside):
  AGENT_RUN_TASK        file with prompt, tools, MCP servers, limits, seed (JSON)
  AGENT_RUN_OUTPUT      folder for records (.json), journals (.journal, .jsonl) and the answer (answer.txt)
  AGENT_RUN_SERVER_URL  a server of the protocol, for records, journals and approvals; its key is in AGENT_RUN_KEY
  AGENT_RUN_TOOLS_URL   the tools: POST /<name>; the same are commands on PATH and an MCP server
  AGENT_RUN_SEED        seed of the trial
In the command {prompt}, {seed} and {workspace} stand for what they say, {task} for the path of the task file, {mcp} for
that of a file with the MCP servers, as most runtimes read it.

Examples
  $ agent-run bench run bench/packs/tool-discipline --runtime "node examples/scripted-agent.mjs"
  $ agent-run bench run packs/mine --runtime "my-agent --task {task}" --env ANTHROPIC_API_KEY --repeats 3 --jobs 2
  $ agent-run bench run packs/mine --runtime "claude -p --mcp-config {mcp}" --env ANTHROPIC_API_KEY
  $ agent-run bench run packs/mine --runtime "bwrap --ro-bind / / --tmpfs /root … my-agent"   with a sandbox of yours
  $ agent-run bench run --resume bench-results/mine-20261122-000512              what is missing of a run that was stopped

Exit code
  0  every trial passed
  1  some did not
  2  it could not be done, or was stopped`

/** `agent-run-bench run`. */
export const runCommand = (): Command =>
  new Command('run')
    .summary('put a runtime to the scenarios of a pack')
    .description('Puts a runtime to the scenarios of a benchmark pack, and judges what it did.')
    .argument('[pack]', 'folder of the pack')
    .option('--runtime <command>', 'how the runtime is started', once)
    .option('-o, --out <folder>', 'results folder (default: bench-results/<pack>-<time>)', once)
    .option('--resume <folder>', 'go on with the results of a run that was stopped', once)
    .option('--only <id...>', 'these scenarios only', collectAll)
    .addOption(
      new Option('--repeats <number>', 'how often each scenario is run (default: 1)').argParser(parseCount(1000)),
    )
    .addOption(
      new Option('--seed <word>', 'the same seed gives the same order and the same seeds of trials').argParser(
        parseSeed,
      ),
    )
    .addOption(new Option('-j, --jobs <number>', 'trials at a time').default(1).argParser(parseCount(64)))
    .option('--env <name>', 'hand this variable on to the runtime; may be repeated', collect)
    .option('--key <file>', 'sign the evaluations with this key (default: one that is made for this run)', once)
    .option('--passphrase-file <file>', 'file whose first line is the passphrase (also: AGENT_RUN_PASSPHRASE)', once)
    .option(
      '--trust <file>',
      'whose keys records have to be sealed with (default: those of the runtime, at its word)',
      once,
    )
    .option('--baseline <folder>', 'results of an earlier run: evaluations say where they are worse', once)
    .option('--watch-temp', 'new names in the temporary folder of the machine count as written outside, too')
    .option('--keep', 'leave the folders of the trials where they are')
    .option('-q, --quiet', 'no progress')
    .addOption(
      new Option('-f, --format <name>', 'what stands on standard output').choices([...reportFormats]).default('pretty'),
    )
    .addHelpText('after', examples)
    .action(async (path: string | undefined, _options, command: Command) => {
      const { startRun } = await import('../run/start-run.ts')
      process.exitCode = await startRun(path, command.optsWithGlobals())
    })

const collectAll = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...value.split(',').filter((name) => name !== ''),
]
