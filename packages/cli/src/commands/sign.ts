import { Command } from 'commander'
import { keyOption, passphraseOption } from './key-options.ts'
import { once, parseTime } from './option-values.ts'

/** `agent-run sign`. */
export function signCommand(): Command {
  return new Command('sign')
    .summary('sign an evaluation, a decision or a statement about a record')
    .description(
      'Signs what is said about a record: an evaluation, an approval event, a statement. What it is is seen from its members.',
    )
    .argument('<input>', 'the object, or - for standard input')
    .addOption(keyOption('key to sign with').makeOptionMandatory())
    .addOption(passphraseOption())
    .option('--record <file>', 'the record it is about: its id and hash are put in', once)
    .option('--at <time>', 'when, where the object does not say; now unless given', parseTime)
    .option('-o, --output <file>', 'write to a file')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run sign eval.json --key alice.key --record run.json > signed-eval.json
  $ echo '{"kind":"countersignature","body":{}}' | agent-run sign - --key witness.key --record run.json
  $ echo '{"kind":"revocation","about":"did:key:z6Mk…","body":{"reason":"compromised"}}' | agent-run sign - --key root.key
  $ cat run.json signed-eval.json > bundle.jsonl; agent-run verify bundle.jsonl --trust team.trust.json

Exit code
  0  signed
  2  not signed: already signed, invalid, or about another record`,
    )
    .action(async (input: string, _options, command: Command) => {
      const { runSign } = await import('../sealing/run-sign.ts')
      process.exitCode = await runSign(input, command.optsWithGlobals())
    })
}
