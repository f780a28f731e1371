import { Command, Option } from 'commander'

const kinds = [
  'run',
  'document',
  'run-inputs',
  'private',
  'arguments',
  'tool',
  'tools',
  'inventory',
  'action',
  'subject',
  'approval',
  'eval',
  'statement',
  'head',
]

const examples = `
Examples
  $ agent-run hash run.json                               every hash of a record, recomputed
  $ agent-run hash tool.json --kind tool                  any JSON value, hashed as one kind of thing
  $ agent-run hash run.json --pae | sha256sum             the very bytes: the same as record_hash

A kind is part of what is hashed, so that nothing can be passed off as something else.

Exit code
  0  computed
  2  not computed`

/** `agent-run hash`. */
export function hashCommand(): Command {
  return new Command('hash')
    .summary('compute the hashes of a record')
    .description(
      'Computes record_hash, document_hash, run_hash and steps_root of a record, or one hash of any JSON value.',
    )
    .argument('<input>', 'a file, or - for standard input')
    .addOption(new Option('-k, --kind <kind>', 'hash the value as this kind').choices(kinds))
    .option('--pae', 'write the bytes that are hashed and signed (of kind run unless said otherwise)')
    .addOption(new Option('-f, --format <name>', 'how to print').choices(['text', 'json']).default('text'))
    .option('-o, --output <file>', 'write to a file')
    .addHelpText('after', examples)
    .action(async (input: string, _options, command: Command) => {
      const { runHashCommand } = await import('../sealing/run-hash.ts')
      process.exitCode = await runHashCommand(input, command.optsWithGlobals())
    })
}
