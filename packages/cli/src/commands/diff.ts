import { Command } from 'commander'
import { once } from './option-values.ts'
import { addQuestionOptions } from './query-options.ts'

const examples = `
Runs
  A run is named by a file that holds one record, or by its id, or by what only its id begins with. Ids are looked up
  in the inputs that follow, in .agent-run/ if there are none, or on the server.

Examples
  $ agent-run diff good.json bad.json
  $ agent-run diff run-7 run-8 runs.jsonl
  $ agent-run diff run.json --against last_good runs/
  $ agent-run diff run-8 --against last_good --server http://127.0.0.1:3000

The last good run is the baseline that the record names; else the newest earlier run of the same agent with the same
task or benchmark, else with the same repository, whose eval passes or, without one, whose outcome is success. The
answer says which of these it was.

Ids, times, hashes, the words of models and the output of tools differ between any two runs. Such differences are
counted at the end, not listed.

Exit code
  0  no difference
  1  the runs differ
  2  they could not be compared, or no last good run is known`

/** `agent-run diff`. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .summary('compare two runs: configuration, where they part, steps, results')
    .description(
      'Says what differs between two runs: what they were given, the first step that differs, all that differ, what came of it.',
    )
    .argument('<before>', 'the earlier run; with --against the run in question')
    .argument('[after...]', 'the later run, then where to look for ids')
    .option('--against <run>', 'compare with this run, or with last_good', once)
  return addQuestionOptions(command, ['pretty', 'line', 'json', 'markdown'])
    .option('--all', 'list all differences, however many')
    .addHelpText('after', examples)
    .action(async (before: string, others: string[], _options, self: Command) => {
      const { runDiff } = await import('../querying/run-diff.ts')
      process.exitCode = await runDiff([before, ...others], self.optsWithGlobals())
    })
}
