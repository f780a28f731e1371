import { Command } from 'commander'
import { restOfLine } from './rest-of-line.ts'

const examples = `
Examples
  $ agent-run bench run bench/packs/tool-discipline --runtime "node examples/scripted-agent.mjs"
  $ agent-run bench compare before/ after/                 what got worse, and how sure that is
  $ agent-run bench leaderboard results/* --by model

Of each command: agent-run bench run --help. Of all of it: agent-run bench -- --help.

Exit code
  0  done; of run: every scenario passed; of compare: nothing got worse
  1  findings
  2  it could not be done

Everything behind "bench" goes to agent-run-bench as it is.
The bench is a package of its own: npm install @agent-run/bench`

const bench = { package: '@agent-run/bench', bin: 'agent-run-bench', what: 'the bench' }

/** `agent-run bench`. */
export function benchCommand(): Command {
  return new Command('bench')
    .summary('put a runtime to the scenarios of a benchmark pack, compare results')
    .description('Starts the bench (package @agent-run/bench) with the arguments given.')
    .argument('[arguments...]', 'arguments of agent-run-bench')
    .allowUnknownOption()
    .helpOption(false)
    .option('-h, --help', 'display help for command')
    .addHelpText('after', examples)
    .action(async (given: string[], { help }: { readonly help?: true }, command: Command) => {
      // Behind a command of the other program, it is that one's help that is asked for.
      if (help && given.length === 0) return command.outputHelp()
      const { runPackage } = await import('../starting/run-package.ts')
      process.exitCode = await runPackage(bench, restOfLine(command))
    })
}
