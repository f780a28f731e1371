import { Command, Option } from 'commander'

/** `agent-run journal`. */
export function journalCommand(): Command {
  return new Command('journal')
    .summary('read what was written down during a run')
    .description('Works on journals: the chained lines that a recorder writes while the run goes on.')
    .addCommand(foldCommand())
    .addCommand(verifyCommand())
    .addHelpText(
      'after',
      `
Examples
  $ agent-run journal fold run.journal.ndjson > run.json
  $ agent-run journal verify run.journal.ndjson --record run.json
  $ agent-run verify run.json --journal run.journal.ndjson    the whole verdict about the record`,
    )
}

const foldCommand = (): Command =>
  new Command('fold')
    .description('Writes the record that a journal adds up to, as far as the journal is sound.')
    .argument('<journal>', 'a journal, or - for standard input')
    .option('-o, --output <file>', 'write to a file')
    .addHelpText('after', '\nExample\n  $ agent-run journal fold run.journal.ndjson | agent-run show -')
    .action(async (input: string, _options, command: Command) => {
      const { runJournalFold } = await import('../sealing/run-journal.ts')
      process.exitCode = await runJournalFold(input, command.optsWithGlobals())
    })

const verifyCommand = (): Command =>
  new Command('verify')
    .description('Checks the chain, the signed heads and, with --record, that the journal tells of that record.')
    .argument('<journal>', 'a journal, or - for standard input')
    .option('--record <file>', 'the record that it should tell of')
    .addOption(new Option('-f, --format <name>', 'how to print').choices(['text', 'json']).default('text'))
    .option('-o, --output <file>', 'write to a file')
    .addHelpText('after', '\nExample\n  $ agent-run journal verify run.journal.ndjson --record run.json')
    .action(async (input: string, _options, command: Command) => {
      const { runJournalVerify } = await import('../sealing/run-journal.ts')
      process.exitCode = await runJournalVerify(input, command.optsWithGlobals())
    })
