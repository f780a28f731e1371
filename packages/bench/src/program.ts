import { visible } from '@agent-run/core/text'
import { Command, CommanderError } from 'commander'
import { exit, Failure, systemError } from './failure.ts'
import { version } from './version.ts'

const NAME = 'agent-run-bench'

const help = `
Start here
  $ ${NAME} list bench/packs/tool-discipline                        what a pack holds
  $ ${NAME} run bench/packs/tool-discipline --runtime "my-agent"    put a runtime to it
  $ ${NAME} compare bench-results/monday bench-results/tuesday      what got worse

Every command has examples: ${NAME} run --help
Exit code: 0 done and nothing found, 1 findings, 2 it could not be done.`

/** The commands in the order of the help: all of them together load the whole bench. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand(),
  compare: async () => (await import('./commands/compare.ts')).compareCommand(),
  leaderboard: async () => (await import('./commands/leaderboard.ts')).leaderboardCommand(),
  report: async () => (await import('./commands/report.ts')).reportCommand(),
  list: async () => (await import('./commands/pack.ts')).listCommand(),
  check: async () => (await import('./commands/pack.ts')).checkCommand(),
}

/** The command line, nothing executed, with the commands that these arguments can have to do with. */
export const createProgram = async (argv: readonly string[]): Promise<Command> => {
  const program = new Command(NAME)
    .description(
      'Puts agent runtimes to benchmark packs, and judges what they did by their records and by what really happened.',
    )
    .version(version, '-V, --version', 'print the version')
    .option('--color', 'colours even without a terminal')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--verbose', 'show what runtimes write, and where an unexpected error came from (also: AGENT_RUN_DEBUG=1)')
    .showSuggestionAfterError(true)
    .addHelpText('after', help)
  // Commander takes --no-color for a default of true: neither given must stay neither.
  program.setOptionValueWithSource('color', undefined, undefined)
  for (const load of needed(argv)) program.addCommand(await load())
  for (const command of [program, ...program.commands]) {
    command.exitOverride()
    command.configureOutput({ outputError: (text, write) => write(usageLine(text, command)) })
  }
  return program
}

/** A command that is named first is found, and the version told, whatever other commands there are. */
const needed = ([, , first = '']: readonly string[]): readonly (() => Promise<Command>)[] => {
  if (first === '-V' || first === '--version') return []
  const all = Object.entries(commands)
  const only = all.filter(([name]) => name === first)
  return (only.length === 0 ? all : only).map(([, load]) => load)
}

/** Runs the program and sets the exit code. Never shows a stack, unless asked to. */
export const runProgram = async (argv: readonly string[]): Promise<void> => {
  try {
    const program = await createProgram(argv)
    await program.parseAsync([...argv])
  } catch (error) {
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? exit.clean : exit.undone
    if (!(error instanceof CommanderError)) process.stderr.write(`${describe(error, argv)}\n`)
  }
}

const describe = (error: unknown, argv: readonly string[]): string => {
  const message = error instanceof Error ? error.message : String(error)
  const isVerbose = argv.includes('--verbose') || !!process.env['AGENT_RUN_DEBUG']
  if (isVerbose && error instanceof Error && !(error instanceof Failure)) return `${NAME}: ${error.stack ?? message}`
  if (error instanceof Failure) return [`${NAME}: ${message}`, ...error.details.map((line) => `  ${line}`)].join('\n')
  // The machine, not the program: no room left, too many open files.
  const code = systemError(error)
  if (/^(ENOSPC|EDQUOT|EROFS|EIO|EMFILE|ENFILE|ENOMEM|EACCES|EPERM)$/.test(code))
    return `${NAME}: the machine does not let it go on: ${visible(message)}; what is finished is kept, run --resume goes on with it`
  return `${NAME}: this should not have happened: ${visible(message)} (--verbose shows where; please report it)`
}

/** What is wrong with the command line, in one line. */
const usageLine = (text: string, command: Command): string => {
  const [message = '', suggestion] = text
    .trim()
    .replace(/^error: /, '')
    .split('\n')
  const path = command.parent ? `${NAME} ${command.name()}` : NAME
  const hint = suggestion?.trim().replace(/^\(D/, '(d') ?? `(${path} --help shows what there is)`
  return `${NAME}: ${visible(message)} ${visible(hint)}\n`
}
