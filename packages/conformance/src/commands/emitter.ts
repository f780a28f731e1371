import { Command, InvalidArgumentError, Option } from 'commander'
import { once, parseSeconds } from './option-values.ts'
import { exitCodes, sharedOptions } from './shared-options.ts'

const examples = `
Inputs
  Folders (searched for *.json, *.jsonl, *.ndjson, *.journal and .gz of those), files, - for standard input.
  A file of a folder that is JSON without any member of a record is passed over; one that is named is judged.
  Records, lines of records, bundles and journals are told apart by their content. Records and
  journals of one run are compared.
  The report says how much was seen. The less that is, the less a report says.

A command
  --listen starts a stub server and runs the command behind --. The command finds
    AGENT_RUN_SERVER_URL, AGENT_RUN_KEY   where to send records, lines of journals, judgements
    AGENT_RUN_OUTPUT                      a folder for what it writes instead
    AGENT_RUN_SCENARIO, AGENT_RUN_SCRIPT  with --scenarios: what to play, and a JSON file with the script
    AGENT_RUN_TRUST                       with --scenarios: a trust file for the keys in the script
  A command that cannot play a scenario exits with 64; it does not apply then, as if it was not chosen.
  One that breaks, or has to be ended, leaves untested what it may not have sent.
  Without a command the server listens until Ctrl-C or --for; address and key stand on standard error.

Examples
  $ agent-run-conformance emitter out/
  $ agent-run-conformance emitter runs.jsonl --level sealed --trust team.trust.json
  $ agent-run-conformance emitter --watch out/ -- npm run agent
  $ agent-run-conformance emitter --listen 127.0.0.1:0 -- python3 agent.py
  $ agent-run-conformance emitter --listen 127.0.0.1:0 --scenarios all --level accountable -- node runtime.mjs
  $ agent-run-conformance emitter out/ --level recorded --subject-name my-runtime --subject-version 4.2
`

/** `agent-run-conformance emitter`. */
export const emitterCommand = (): Command =>
  sharedOptions(
    new Command('emitter')
      .summary('prove that what a runtime writes complies')
      .description(
        'Judges the records and journals that a runtime writes or sends, sentence by sentence of the standard.',
      )
      .argument('[inputs...]', 'files, folders or -; with --listen or --watch the command to run, behind --')
      .addOption(
        new Option('--listen <host:port>', 'start a stub server there; port 0 takes a free one').argParser(
          parseAddress,
        ),
      )
      .option('--watch <folder>', 'judge what appears in a folder until the command ends, Ctrl-C or --for', once)
      .addOption(new Option('--for <seconds>', 'how long to listen or watch without a command').argParser(parseSeconds))
      .option('--scenarios <names>', 'all, names with commas between them, or any: run the command once', once)
      .addOption(
        new Option('--capabilities <names>', 'of what every sentence has to be seen, beyond its level; with commas')
          .argParser((text) => text.split(',').filter(Boolean))
          .default([], ''),
      )
      .option('--trust <file>', 'trust file: whose keys count, for the level accountable', once)
      .option('--allow-remote', 'let --listen bind to an address that other machines reach'),
  )
    .addHelpText('after', examples + exitCodes)
    .action(async (inputs: string[], _options, command: Command) => {
      const { startEmitter } = await import('../emitter/start.ts')
      process.exitCode = await startEmitter(inputs, command.optsWithGlobals())
    })

const parseAddress = (text: string): { readonly host: string; readonly port: number } => {
  const found = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text)
  const port = Number(found?.[3])
  const host = found?.[1] ?? found?.[2]
  if (host === undefined || !(port <= 65_535))
    throw new InvalidArgumentError('Expected host:port, for example 127.0.0.1:0.')
  return { host, port }
}
