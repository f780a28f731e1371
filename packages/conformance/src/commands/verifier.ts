import { Command, Option } from 'commander'
import { collect, once, parseSeconds } from './option-values.ts'
import { exitCodes, type SharedOptions, sharedOptions } from './shared-options.ts'

/** Options of the role verifier. */
export interface VerifierOptions extends SharedOptions {
  readonly command?: string
  readonly env: readonly string[]
  readonly answerTimeout: number
  readonly startTimeout: number
  readonly list?: true
}

const examples = `
The command
  A program that reads requests from standard input and writes answers to standard output, one JSON
  object a line: conformance/harness.md says how, examples/verifier has some. No shell runs it:
  --command is split at spaces, quotes and backslashes hold words together. After -- the words are
  taken as they are.

Levels
  recorded     it tells records from what is none, and finds contradictions
  sealed       and says whether anything was changed: canonical form, hashes, trees, signatures
  accountable  and who answers for it: trust, approvals, lineage, journals, evaluations, erasures

Examples
  $ agent-run-conformance verifier --command "python3 harness.py"
  $ agent-run-conformance verifier --level sealed --html report.html -- ./harness --strict
  $ agent-run-conformance verifier --only vectors/canonical --only vectors/hash -- node hasher.mjs
  $ agent-run-conformance verifier --list --level recorded
${exitCodes}`

/** `agent-run-conformance verifier`. */
export function verifierCommand(): Command {
  return sharedOptions(
    new Command('verifier')
      .summary('put a verifier, a canonicaliser or a hasher to the test')
      .description('Sends the vectors to a program that speaks for a verifier, and compares what it says.')
      .argument('[command...]', 'the program and its arguments, after --')
      .option('--command <text>', 'the same as one text', once)
      .option('--env <name>', 'variable that the program gets as well; may be repeated', collect, [])
      .addOption(
        new Option('--answer-timeout <seconds>', 'longest time without an answer').argParser(parseSeconds).default(10),
      )
      .addOption(
        new Option('--start-timeout <seconds>', 'longest time for the first answer')
          .argParser(parseSeconds)
          .default(60),
      )
      .option('--list', 'only list the cases, with sentence and level'),
  )
    .addHelpText('after', examples)
    .action(async (words: readonly string[], _options: VerifierOptions, command: Command) => {
      const { runVerifier } = await import('./verifier-trial.ts')
      process.exitCode = await runVerifier(words, command.optsWithGlobals<VerifierOptions>())
    })
}
