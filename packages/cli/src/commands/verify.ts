import { Command, Option } from 'commander'
import { formatNames } from '../format/formats.ts'
import { collect, once, parseSize, parseTime, parseWorkers } from './option-values.ts'
import { serverOptions } from './server-options.ts'

const examples = `
Inputs
  Records, bundles (a record, then the statements, evaluations and batch proofs about it, one a
  line), journals and step proofs: files, directories, quoted globs, - for standard input. NDJSON of
  any size, JSON arrays and gzip are recognised by their content. Lines before the first record of
  an input, such as a batch statement, hold for all of its records.

Levels
  recorded     the record has the right form and does not contradict itself
  sealed       and nothing was changed since somebody sealed it
  accountable  and somebody you trust answers for it: every effect is allowed, by whom is shown

Examples
  $ agent-run verify run.json
  $ agent-run verify run.json --trust team.trust.json --level accountable
  $ agent-run verify run.json --journal run.journal.ndjson --related parent.json
  $ agent-run verify run.json --trust team.trust.json --signed-by ci@example.org
  $ agent-run verify runs.jsonl --trust team.trust.json --format junit --output verify.xml
  $ agent-run verify archive/ --failed --workers 4

Exit code
  0  every record is as asked: nothing fails and the level is reached
  1  some record is not, or an input is broken in places
  2  the job could not be done: bad usage, nothing matched, an input that cannot be read

  ✓ checked here, holds   ✗ checked here, does not   ? not enough was given to tell
  – nothing there to check   · not looked at, because the schema comes first
Works offline. Whom to trust is what your trust file says and nothing else.`

/** `agent-run verify`. */
export function verifyCommand(): Command {
  return serverOptions(
    new Command('verify')
      .summary('check seals, signatures, approvals, lineage: what is proven and what is not')
      .description(
        'Says of each record what is proven, what is only claimed and what is missing, and whether it reaches a level.',
      )
      .argument('<inputs...>', 'files, directories, globs, or - for standard input; with --server ids of runs')
      .option('-t, --trust <file>', 'whose keys you trust, for what; without it nobody signs for anything', once)
      .addOption(
        new Option('-l, --level <level>', 'level that every record has to reach')
          .choices(['recorded', 'sealed', 'accountable'])
          .default('sealed'),
      )
      .option('--require-trusted', 'a seal counts only if somebody of the trust file answers for it')
      .option(
        '--signed-by <identity>',
        'the same, and it has to be this one (may be repeated: one of them)',
        collect,
        [],
      )
      .option('--journal <file>', 'the journal that was written during the run', once)
      .option('--related <file>', 'parents, children and other runs that a record names (may be repeated)', collect, [])
      .option('--statements <file>', 'statements, evaluations and batch proofs (may be repeated)', collect, [])
      .option('--now <time>', 'judge the validity of keys at this time instead of now', parseTime)
      .option('-r, --run <id>', 'only the record with this id', once)
      .addOption(
        new Option(
          '-f, --format <name>',
          'how to report; pretty on a terminal and on GitHub Actions, line elsewhere',
        ).choices(formatNames),
      )
      .option('-o, --output <file>', 'write the report to a file; its name may say the format')
      .option('--details', 'every record in full, however many there are')
      .option('--failed', 'report only what is not as asked')
      .addOption(
        new Option('--workers <n>', 'threads for large inputs; 0 for none').argParser(parseWorkers).default('auto'),
      )
      .addOption(
        new Option(
          '--max-size <bytes>',
          'longest record to read; longer ones are a finding (K, M, G for powers of 1024)',
        )
          .argParser(parseSize)
          .default(parseSize('256M'), '256M'),
      )
      // For measuring and testing: where a file is cut must not show.
      .addOption(
        new Option('--part-size <bytes>', 'bytes of a part').argParser(parseSize).default(parseSize('16M')).hideHelp(),
      )
      .option('-q, --quiet', 'no progress and no summary'),
  )
    .addHelpText('after', examples)
    .action(async (inputs: string[], _options, command: Command) => {
      const { runVerify } = await import('../verification/run-verify.ts')
      process.exitCode = await runVerify(inputs, command.optsWithGlobals())
    })
}
