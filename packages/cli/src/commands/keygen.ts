import { Command, InvalidArgumentError, Option } from 'commander'
import { collect, once } from './option-values.ts'

const examples = `
Examples
  $ agent-run keygen --identity me@example.org            asks for a passphrase, writes agent-run.key
  $ agent-run keygen --identity ci@example.org --output ci.key --no-passphrase > ci.trust.json
  $ agent-run keygen --identity alice@example.org --output alice.key --role approver
  $ agent-run keygen --identity ci@example.org --existing ci.key > ci.trust.json

What is printed is a trust file with the new key in it and nothing else; the private key never leaves
its file, which only you can read (mode 0600). An existing file is never overwritten. A passphrase
comes from --passphrase-file, AGENT_RUN_PASSPHRASE, or is asked for on a terminal; a key without one
is made only if you say --no-passphrase.

Exit code
  0  made
  2  not made`

const roles = ['runtime', 'recorder', 'approver', 'evaluator', 'server', 'auditor', 'witness']

/** `agent-run keygen`. */
export function keygenCommand(): Command {
  return new Command('keygen')
    .summary('make a key to seal with')
    .description('Makes an Ed25519 key in a file of its own, and prints what others need to trust it.')
    .option('-o, --output <file>', 'where the private key goes', 'agent-run.key')
    .option('--existing <file>', 'make no key: print the trust file of this one', once)
    .option('--passphrase-file <file>', 'file whose first line is the passphrase')
    .option('--no-passphrase', 'do not encrypt the key')
    .addOption(
      new Option('-f, --format <name>', 'PKCS#8 PEM, or JSON Web Key (not encrypted)')
        .choices(['pem', 'jwk'])
        .default('pem'),
    )
    .requiredOption(
      '--identity <who>',
      'whose key it is, for the trust file (required): an address such as ci@example.org',
    )
    .addOption(
      new Option('--role <role>', 'what it may sign, for the trust file (may be repeated; recorder if absent)')
        .choices(roles)
        .argParser(addRole),
    )
    .addHelpText('after', examples)
    .action(async (_options, command: Command) => {
      const { runKeygen } = await import('../sealing/run-keygen.ts')
      process.exitCode = await runKeygen(command.optsWithGlobals())
    })
}

const addRole = (role: string, before: readonly string[] = []): readonly string[] => {
  if (!roles.includes(role)) throw new InvalidArgumentError(`Allowed choices are ${roles.join(', ')}.`)
  return collect(role, before)
}
