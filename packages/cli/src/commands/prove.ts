import { Command } from 'commander'

/** `agent-run prove`. */
export function proveCommand(): Command {
  return new Command('prove')
    .summary('prove that one step belongs to a sealed record, without showing the others')
    .description(
      'Writes a proof that one step belongs to a sealed record. Who has it can check it without the other steps.',
    )
    .argument('<input>', 'a sealed record, or - for standard input')
    .requiredOption('-s, --step <id>', 'the step')
    .option('-o, --output <file>', 'write to a file')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run prove run.json --step s31 > proof.json
  $ agent-run verify proof.json

Exit code
  0  written
  2  not written: no such step, or the record is not sealed`,
    )
    .action(async (input: string, _options, command: Command) => {
      const { runProve } = await import('../sealing/run-prove.ts')
      process.exitCode = await runProve(input, command.optsWithGlobals())
    })
}
