import { visible } from '@agent-run/core/text'
import { Command, CommanderError } from 'commander'
import { approveCommand } from './commands/approve.ts'
import { attestCommand } from './commands/attest.ts'
import { benchCommand } from './commands/bench.ts'
import { completionCommand } from './commands/completion.ts'
import { conformCommand } from './commands/conform.ts'
import { convertCommand } from './commands/convert.ts'
import { diffCommand } from './commands/diff.ts'
import { explainCommand } from './commands/explain.ts'
import { hashCommand } from './commands/hash.ts'
import { hookCommand } from './commands/hook.ts'
import { journalCommand } from './commands/journal.ts'
import { keygenCommand } from './commands/keygen.ts'
import { mcpProxyCommand } from './commands/mcp-proxy.ts'
import { proveCommand } from './commands/prove.ts'
import { queryCommand } from './commands/query.ts'
import { recordCommand } from './commands/record.ts'
import { redactCommand } from './commands/redact.ts'
import { schemaCommand } from './commands/schema.ts'
import { sealCommand } from './commands/seal.ts'
import { sendCommand } from './commands/send.ts'
import { serveCommand } from './commands/serve.ts'
import { showCommand } from './commands/show.ts'
import { signCommand } from './commands/sign.ts'
import { validateCommand } from './commands/validate.ts'
import { verifyCommand } from './commands/verify.ts'
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

/** The command line: every command and option, nothing executed and nothing heavy loaded. */
export function createProgram(): Command {
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
  for (const create of [
    validateCommand,
    convertCommand,
    recordCommand,
    mcpProxyCommand,
    hookCommand,
    showCommand,
    queryCommand,
    diffCommand,
    keygenCommand,
    sealCommand,
    verifyCommand,
    journalCommand,
    proveCommand,
    redactCommand,
    sendCommand,
    approveCommand,
    attestCommand,
    signCommand,
    hashCommand,
    explainCommand,
    schemaCommand,
    serveCommand,
    conformCommand,
    benchCommand,
    completionCommand,
  ]) {
    program.addCommand(create())
  }
  forEachCommand(program, (command) => {
    command.exitOverride()
    command.configureOutput({ outputError: (text, write) => write(usageLine(text, pathOf(command))) })
  })
  return program
}

/** Runs the program and sets the exit code. Never shows a stack, unless asked to. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv])
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
