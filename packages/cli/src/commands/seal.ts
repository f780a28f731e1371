import { Command } from 'commander'
import { keyOption, passphraseOption } from './key-options.ts'
import { parseTime } from './option-values.ts'

const examples = `
Examples
  $ agent-run seal run.json --key agent-run.key --output sealed.json
  $ agent-run seal run.json --key agent-run.key --in-place --protect
  $ agent-run convert --from claude-code session.jsonl | agent-run seal - --key agent-run.key > sealed.jsonl
  $ agent-run seal runs.jsonl --key agent-run.key --batch > batch.jsonl     one signature for all
  $ agent-run seal report.run.json --key agent-run.key --eval > sealed.json

A sealed record cannot be changed any more without that showing. With --protect, private content
(previews, errors, metadata, targets) can still be erased later: agent-run redact. Handoff steps are
left as they are, because the runs they started name them by their hash.
A seal does not cover an evaluation that stands in the record. With --eval it is signed as well, with
the same key: you say that the judgement is yours. agent-run verify counts it if the trust file gives
the key the role evaluator. Without --eval it stays as it is.
A passphrase comes from --passphrase-file, AGENT_RUN_PASSPHRASE, or is asked for on a terminal.

Exit code
  0  all records are sealed
  1  some could not be sealed: they are named on standard error and not written
  2  the job could not be done`

/** `agent-run seal`. */
export function sealCommand(): Command {
  return new Command('seal')
    .summary('seal records, so that every later change shows')
    .description('Seals finished records: step tree, record hash, time and, with a key, a signature.')
    .argument('<inputs...>', 'files, directories, globs, or - for standard input')
    .addOption(keyOption('key to sign with; without one the record is only hashed'))
    .addOption(passphraseOption())
    .option('--protect', 'make private content erasable')
    .option('--batch', 'one signature for all records of an input, with a proof for each')
    .option('--eval', 'sign the evaluation in a record too, as your own judgement')
    .option('--at <time>', 'time of sealing instead of now', parseTime)
    .option('-o, --output <file>', 'write to one file instead of standard output')
    .option('--in-place', 'replace the input files')
    .addHelpText('after', examples)
    .action(async (inputs: string[], _options, command: Command) => {
      const { runSeal } = await import('../sealing/run-seal.ts')
      process.exitCode = await runSeal(inputs, command.optsWithGlobals())
    })
}
