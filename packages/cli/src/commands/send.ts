import { Command, Option } from 'commander'
import { parseSize } from './option-values.ts'
import { serverOptions } from './server-options.ts'

/** `agent-run send`. */
export function sendCommand(): Command {
  const command = new Command('send')
    .summary('send records to a server')
    .description('Sends the records in the inputs to a server, in batches, and says of each that is refused why.')
    .argument('<inputs...>', 'files, directories, globs, or - for standard input')
  return serverOptions(command)
    .addOption(
      new Option('--max-size <bytes>', 'longest record to read (K, M, G for powers of 1024)')
        .argParser(parseSize)
        .default(parseSize('256M'), '256M'),
    )
    .option('-q, --quiet', 'no summary')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run send runs.jsonl --server http://127.0.0.1:3000
  $ agent-run convert --from claude-code session.jsonl | agent-run send -

Of a bundle the records and the evaluations are sent; statements, proofs and journals are not, and neither are
decisions about approvals (agent-run approve). Sending the same record again changes nothing.
Each refused record is one line on standard output: place, id, problem. The summary is on standard error.

Exit code
  0  all are stored
  1  some were refused
  2  the job could not be done: no server, no record, an input cannot be read`,
    )
    .action(async (inputs: string[], _options, self: Command) => {
      const { runSend } = await import('../sending/run-send.ts')
      process.exitCode = await runSend(inputs, self.optsWithGlobals())
    })
}
