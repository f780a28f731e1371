import { visible } from '@agent-run/core/text'
import { Command, CommanderError } from 'commander'
import { exit, Failure } from './failure.ts'
import { version } from './version.ts'

const help = `
Start here
  $ agent-run convert --from claude-code session.jsonl > runs.jsonl    make records of a recorded session
  $ agent-run validate runs.jsonl                                      check them
  $ agent-run show runs.jsonl                                          read them
  $ agent-run keygen --identity me@example.org > me.trust.json         make a key, once
  $ agent-run seal runs.jsonl --key agent-run.key > sealed.jsonl       every later change shows
  $ agent-run verify sealed.jsonl --trust me.trust.json                what is proven, what is not

Every command has examples: agent-run validate --help
Exit code: 0 done, 1 findings, 2 the job could not be done. Nothing here uses the network, except with --server, serve, conform and bench.`

/** The commands in the order of the help, each in a file of its own. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  validate: async () => (await import('./commands/validate.ts')).validateCommand(),
  convert: async () => (await import('./commands/convert.ts')).convertCommand(),
  record: async () => (await import('./commands/record.ts')).recordCommand(),
  'mcp-proxy': async () => (await import('./commands/mcp-proxy.ts')).mcpProxyCommand(),
  hook: async () => (await import('./commands/hook.ts')).hookCommand(),
  show: async () => (await import('./commands/show.ts')).showCommand(),
  query: async () => (await import('./commands/query.ts')).queryCommand(),
  diff: async () => (await import('./commands/diff.ts')).diffCommand(),
  keygen: async () => (await import('./commands/keygen.ts')).keygenCommand(),
  seal: async () => (await import('./commands/seal.ts')).sealCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  journal: async () => (await import('./commands/journal.ts')).journalCommand(),
  prove: async () => (await import('./commands/prove.ts')).proveCommand(),
  redact: async () => (await import('./commands/redact.ts')).redactCommand(),
  send: async () => (await import('./commands/send.ts')).sendCommand(),
  approve: async () => (await import('./commands/approve.ts')).approveCommand(),
  attest: async () => (await import('./commands/attest.ts')).attestCommand(),
  sign: async () => (await import('./commands/sign.ts')).signCommand(),
  hash: async () => (await import('./commands/hash.ts')).hashCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  schema: async () => (await import('./commands/schema.ts')).schemaCommand(),
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  conform: async () => (await import('./commands/conform.ts')).conformCommand(),
  bench: async () => (await import('./commands/bench.ts')).benchCommand(),
  completion: async () => (await import('./commands/completion.ts')).completionCommand(),
}

/** The command line, nothing executed and nothing heavy loaded, with the commands that these arguments can have to do with. */
async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('agent-run')
    .description("Validates, converts, shows, seals and verifies records of AI agents' runs.")
    .version(version, '-V, --version', 'print the version')
    .option('--color', 'colours even without a terminal')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--verbose', 'show where an unexpected error came from (also: AGENT_RUN_DEBUG=1)')
    .showSuggestionAfterError(true)
    .addHelpText('after', help)
  // Commander takes --no-color for a default of true: neither given must stay neither.
  program.setOptionValueWithSource('color', undefined, undefined)
  for (const load of needed(argv)) program.addCommand(await load())
  forEachCommand(program, (command) => {
    command.exitOverride()
    command.configureOutput({ outputError: (text, write) => write(usageLine(text, pathOf(command))) })
  })
  return program
}

/** A command that is named first is found, and the version told, whatever other commands there are. */
const needed = ([, , first = '']: readonly string[]): readonly (() => Promise<Command>)[] => {
  if (first === '-V' || first === '--version') return []
  const all = Object.entries(commands)
  // The script of `completion` names them all.
  const only = all.filter(([name]) => name === first && name !== 'completion')
  return (only.length === 0 ? all : only).map(([, load]) => load)
}

/** Runs the program and sets the exit code. Never shows a stack, unless asked to. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(argv)
    await program.parseAsync([...argv])
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    if (!(error instanceof CommanderError)) process.stderr.write(`${describe(error, argv)}\n`)
  }
}

const exitCodeOf = (error: unknown): number =>
  error instanceof CommanderError && error.exitCode === 0 ? exit.clean : exit.failure

const describe = (error: unknown, argv: readonly string[]): string => {
  const message = error instanceof Error ? error.message : String(error)
  const isVerbose = argv.includes('--verbose') || !!process.env['AGENT_RUN_DEBUG']
  if (isVerbose && error instanceof Error) return `agent-run: ${error.stack ?? message}${causeOf(error)}`
  if (error instanceof Failure) return `agent-run: ${message}`
  return `agent-run: this should not have happened: ${visible(message)} (--verbose shows where; please report it)`
}

const causeOf = ({ cause }: Error): string => (cause instanceof Error ? `\ncaused by ${cause.stack}` : '')

/** What is wrong with the command line, in one line. */
const usageLine = (text: string, command: string): string => {
  const [message, suggestion] = text
    .trim()
    .replace(/^error: /, '')
    .split('\n')
  const hint = suggestion?.trim().replace(/^\(D/, '(d') ?? `(${command} --help shows what there is)`
  return `agent-run: ${visible(message as string)} ${visible(hint)}\n`
}

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()

const forEachCommand = (command: Command, action: (command: Command) => void): void => {
  action(command)
  for (const child of command.commands) forEachCommand(child, action)
}
