import { Command } from 'commander'
import { keyOption, passphraseOption } from './key-options.ts'

/** `agent-run attest`. */
export function attestCommand(): Command {
  return new Command('attest')
    .summary('hand a sealed record to tools that know DSSE or in-toto')
    .description(
      'Writes a sealed record as a DSSE envelope, with the signature it has, or as a newly signed in-toto statement.',
    )
    .argument('<input>', 'a sealed record, or - for standard input')
    .option('--dsse', 'DSSE envelope: the same bytes, the same signature')
    .option('--in-toto', 'in-toto statement whose subject is the record, signed anew with --key')
    .addOption(keyOption('key for --in-toto'))
    .addOption(passphraseOption())
    .option('-o, --output <file>', 'write to a file')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run attest run.json --dsse > run.dsse.json
  $ agent-run attest run.json --in-toto --key agent-run.key > run.intoto.json

Exit code
  0  written
  2  not written: the record is not signed, or the key cannot be used`,
    )
    .action(async (input: string, _options, command: Command) => {
      const { runAttest } = await import('../sealing/run-attest.ts')
      process.exitCode = await runAttest(input, command.optsWithGlobals())
    })
}
