import { Command, Option } from 'commander'
import { once, parseSeconds } from './option-values.ts'
import { exitCodes, sharedOptions } from './shared-options.ts'

const examples = `
Keys
  Some sentences need keys of several roles. Better than as an option, which everybody on the machine can read, a key is
  given in the environment, or in a file. Without the key of a role, what needs it is untestable.
    AGENT_RUN_KEY           may do everything: --key, --key-file (its first line)
    AGENT_RUN_KEY_READER    of the same tenant, scope runs:read
    AGENT_RUN_KEY_INGEST    of the same tenant, scope runs:write
    AGENT_RUN_KEY_OTHER     of another tenant, may do everything
    AGENT_RUN_KEY_EXPIRED   was one, until it expired; make one that expires in a moment
    AGENT_RUN_KEY_REVOKED   was one, until it was revoked
  All in one file, for --keys: {"main": "…", "reader": "…", "ingest": "…", "other": "…", "expired": "…", "revoked": "…"}

Levels
  core   what every server has, and nothing else
  full   all capabilities; one that is not declared fails
  Without --level, what the server declares is tested.

Examples
  $ export AGENT_RUN_KEY=…
  $ agent-run-conformance server --url http://127.0.0.1:3000
  $ agent-run-conformance server --url https://runs.example.org --level full --html report.html --badge badge.json
  $ agent-run-conformance server --url http://127.0.0.1:3000 --only AR-HTTP-026 --only http/erasure
  $ agent-run-conformance server --list

Stored are runs of its own, under names that begin with cx-; nothing else is changed or deleted. No redirect is followed,
and no key stands in a report: command lines in it that show a finding again take keys from the variables above.
${exitCodes}`

/** `agent-run-conformance server`. */
export const serverCommand = (): Command => {
  const command = new Command('server')
    .summary('put a server to the test')
    .description(
      'Plays the cases for servers against one and says, sentence by sentence of the standard, what it keeps.',
    )
    .option(
      '--url <url>',
      'where it is, with a path if the paths of the protocol have one before them (else AGENT_RUN_SERVER_URL)',
      once,
    )
    .option('--key <key>', 'key that may do everything (better: AGENT_RUN_KEY)', once)
    .option('--key-file <file>', 'file whose first line is that key', once)
    .option('--reader-key <key>', 'key that may only read', once)
    .option('--ingest-key <key>', 'key that may only write', once)
    .option('--other-key <key>', 'key of another tenant', once)
    .option('--expired-key <key>', 'key that has expired', once)
    .option('--revoked-key <key>', 'key that was revoked', once)
    .option('--keys <file>', 'JSON file with keys by role', once)
    .addOption(new Option('--request-timeout <seconds>', 'time for one answer').argParser(parseSeconds).default(10))
    .option('--list', 'print the cases that would be played, and play none')
  return sharedOptions(command)
    .addHelpText('after', examples)
    .action(async (_options, self: Command) => {
      const { runServer } = await import('../server/run-server.ts')
      process.exitCode = await runServer(self.optsWithGlobals())
    })
}
