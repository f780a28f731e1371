import { Command } from 'commander'
import { restOfLine } from './rest-of-line.ts'

const examples = `
Examples
  $ agent-run conform server --url http://127.0.0.1:3000          a server (its key in AGENT_RUN_KEY)
  $ agent-run conform emitter --listen 127.0.0.1:0 -- my-agent    a runtime that writes records
  $ agent-run conform verifier --command "python3 harness.py"     a verifier
  $ agent-run conform server --url http://127.0.0.1:3000 --html report.html --record proof.run.json

agent-run-conformance --help has it all (so has: agent-run conform -- --help).

Exit code
  0  everything that is scored passed
  1  findings
  2  it could not be tested

Everything behind "conform" goes to agent-run-conformance as it is.
The suite is a package of its own: npm install @agent-run/conformance`

const suite = {
  package: '@agent-run/conformance',
  bin: 'agent-run-conformance',
  what: 'the conformance suite',
}

/** `agent-run conform`. */
export function conformCommand(): Command {
  return new Command('conform')
    .summary('prove that a server, a runtime or a verifier complies with the standard')
    .description('Starts the conformance suite (package @agent-run/conformance) with the arguments given.')
    .argument('[arguments...]', 'arguments of agent-run-conformance')
    .allowUnknownOption()
    .helpOption(false)
    .option('-h, --help', 'display help for command')
    .addHelpText('after', examples)
    .action(async (given: string[], { help }: { readonly help?: true }, command: Command) => {
      // Behind a command of the other program, it is that one's help that is asked for.
      if (help && given.length === 0) return command.outputHelp()
      const { runPackage } = await import('../starting/run-package.ts')
      process.exitCode = await runPackage(suite, restOfLine(command))
    })
}
