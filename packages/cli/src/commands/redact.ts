import { Command } from 'commander'
import { keyOption, passphraseOption } from './key-options.ts'
import { collect, parseTime } from './option-values.ts'

/** `agent-run redact`. */
export function redactCommand(): Command {
  return new Command('redact')
    .summary('erase private content; seals stay valid')
    .description(
      'Erases the private content of a record (previews, references, errors, metadata). Its seals and signatures stay valid.',
    )
    .argument('<input>', 'a record that was sealed with --protect, or - for standard input')
    .option('-s, --step <id>', 'erase this step and its side effects (may be repeated)', collect, [])
    .option(
      '-p, --pointer <pointer>',
      'erase the object at this JSON Pointer, and those in it (may be repeated)',
      collect,
      [],
    )
    .option('--all', 'erase everything that can be')
    .addOption(keyOption('sign a tombstone: who erased this, and why'))
    .addOption(passphraseOption())
    .option('--reason <text>', 'why, for the tombstone; it is public')
    .option('--at <time>', 'time of erasing instead of now', parseTime)
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--in-place', 'replace the input file')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run redact run.json --step s31 --key agent-run.key --reason "request 17" > redacted.jsonl
  $ agent-run redact run.json --pointer /approvals/0 > redacted.json
  $ agent-run verify redacted.jsonl --trust team.trust.json

With a key the result is a bundle: the record, and on the next line the tombstone.

Exit code
  0  erased
  2  not erased: nothing there can be`,
    )
    .action(async (input: string, _options, command: Command) => {
      const { runRedact } = await import('../sealing/run-redact.ts')
      process.exitCode = await runRedact(input, command.optsWithGlobals())
    })
}
