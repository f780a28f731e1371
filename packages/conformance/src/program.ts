import { Command, CommanderError } from 'commander'
import { aboutCommand } from './commands/about.ts'
import { emitterCommand } from './commands/emitter.ts'
import { serverCommand } from './commands/server.ts'
import { verifierCommand } from './commands/verifier.ts'
import { exit, Failure } from './failure.ts'
import { printable } from './http/show.ts'
import { version } from './suite/identity.ts'

const NAME = 'agent-run-conformance'

const help = `
Start here
  $ ${NAME} server --url http://127.0.0.1:3000                     a server (its key in AGENT_RUN_KEY)
  $ ${NAME} emitter --listen 127.0.0.1:0 -- npm run my-agent       a runtime that writes records
  $ ${NAME} verifier --command "python3 harness.py"                a verifier

Every command has examples: ${NAME} server --help
Exit code: 0 everything that is scored passed, 1 findings, 2 it could not be tested.`

/** The command line: every command and option, nothing executed and nothing heavy loaded. */
export const createProgram = (): Command => {
  const program = new Command(NAME)
    .description('Proves that a server, a runtime or a verifier complies with the agent-run standard.')
    .version(version, '-V, --version', 'print the version')
    .option('--color', 'colours even without a terminal')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--verbose', 'show where an unexpected error came from (also: AGENT_RUN_DEBUG=1)')
    .showSuggestionAfterError(true)
    .addHelpText('after', help)
  // Commander takes --no-color for a default of true: neither given must stay neither.
  program.setOptionValueWithSource('color', undefined, undefined)
  for (const create of [serverCommand, emitterCommand, verifierCommand, aboutCommand]) program.addCommand(create())
  for (const command of [program, ...program.commands]) {
    command.exitOverride()
    command.configureOutput({ outputError: (text, write) => write(usageLine(text, command)) })
  }
  return program
}

/** Runs the program and sets the exit code. Never shows a stack, unless asked to. */
export const runProgram = async (argv: readonly string[]): Promise<void> => {
  try {
    await createProgram().parseAsync([...argv])
  } catch (error) {
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? exit.passed : exit.untested
    if (!(error instanceof CommanderError)) process.stderr.write(`${describe(error, argv)}\n`)
  }
}

const describe = (error: unknown, argv: readonly string[]): string => {
  const message = error instanceof Error ? error.message : String(error)
  const isVerbose = argv.includes('--verbose') || !!process.env.AGENT_RUN_DEBUG
  if (isVerbose && error instanceof Error) return `${NAME}: ${error.stack ?? message}`
  if (error instanceof Failure) return `${NAME}: ${message}`
  return `${NAME}: this should not have happened: ${printable(message)} (--verbose shows where; please report it)`
}

/** What is wrong with the command line, in one line. */
const usageLine = (text: string, command: Command): string => {
  const [message = '', suggestion] = text
    .trim()
    .replace(/^error: /, '')
    .split('\n')
  const path = command.parent ? `${NAME} ${command.name()}` : NAME
  const hint = suggestion?.trim().replace(/^\(D/, '(d') ?? `(${path} --help shows what there is)`
  return `${NAME}: ${printable(message)} ${printable(hint)}\n`
}
