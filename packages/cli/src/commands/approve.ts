import { Command } from 'commander'
import { keyOption, passphraseOption } from './key-options.ts'
import { once } from './option-values.ts'
import { serverOptions } from './server-options.ts'

/** `agent-run approve`. */
export function approveCommand(): Command {
  const command = new Command('approve')
    .summary('allow or deny a tool call that a running agent asks about')
    .description(
      'Shows a tool call that waits for an approval, and sends a decision about exactly this call, signed with your key.',
    )
    .argument('<run>', 'id of the run')
    .argument('<approval>', 'id of the approval (agent-run query approvals --state requested lists them)')
    .addOption(
      keyOption(
        'key to sign with (required); it needs the role approver where the record is verified',
      ).makeOptionMandatory(),
    )
    .addOption(passphraseOption())
    .requiredOption('--as <who>', 'who you are, for the record (required): an address such as alice@example.org', once)
    .option('--deny', 'deny it')
    .option('--stop', 'with --deny: and end the whole run')
    .option('--reason <text>', 'why; it can be erased from the record later', once)
    .option('-y, --yes', 'do not ask whether you mean it')
  return serverOptions(command)
    .addHelpText(
      'after',
      `
Examples
  $ agent-run keygen --identity alice@example.org --output alice.key --role approver > alice.trust.json
  $ agent-run query approvals --state requested --server http://127.0.0.1:3000
  $ agent-run approve run_2292 appr-3 --key alice.key --as alice@example.org
  $ agent-run approve run_2292 appr-3 --key alice.key --as alice@example.org --deny --reason "not on a Friday"

Before anything is signed, the digest of the call is computed again from what is shown: what you see
is what you allow. An agent that records with the sdk's recorder runs the call with these arguments or not at all.

Exit code
  0  decided
  1  not decided: you said no, or somebody else was faster
  2  the job could not be done: no such request, the call is not what the request says, no server`,
    )
    .action(async (run: string, approval: string, _options, self: Command) => {
      const { runApprove } = await import('../approving/run-approve.ts')
      process.exitCode = await runApprove(run, approval, self.optsWithGlobals())
    })
}
