import { AgentRunError } from '@agent-run/core'
import { Command, CommanderError } from 'commander'
import { version } from './app/version.ts'
import { compactCommand } from './commands/compact.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { keysCommand } from './commands/keys.ts'
import { migrateCommand } from './commands/migrate.ts'
import { migrateStoreCommand } from './commands/migrate-store.ts'
import { serveCommand } from './commands/serve.ts'
import { Failure, shown } from './config/failure.ts'

const help = `
Start here
  $ agent-run-server                                     serve on 127.0.0.1:3000 with SQLite; the first key is printed once
  $ agent-run-server keys create --scopes runs:write     a key that can only send
  $ agent-run-server serve --help                        every option, and the variable that sets it

Exit code: 0 done, 2 the job could not be done.`

/** The command line: every command and option, nothing executed. */
export function createProgram(): Command {
  const program = new Command('agent-run-server')
    .description("Keeps records of AI agents' runs and answers questions about them, over HTTP.")
    .version(version, '-V, --version', 'print the version')
    .showSuggestionAfterError(true)
    .addHelpText('after', help)
  program.addCommand(serveCommand(), { isDefault: true })
  program.addCommand(keysCommand())
  program.addCommand(exportCommand())
  program.addCommand(importCommand())
  program.addCommand(migrateCommand())
  program.addCommand(migrateStoreCommand())
  program.addCommand(compactCommand())
  forEachCommand(program, (command) => {
    command.exitOverride()
    command.configureOutput({ outputError: (text, write) => write(usageLine(text)) })
  })
  return program
}

/** Runs the program and sets the exit code. Never shows a stack. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv])
  } catch (error) {
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2
    if (!(error instanceof CommanderError) && !isClosedOutput(error))
      process.stderr.write(`agent-run-server: ${describe(error)}\n`)
  }
}

const describe = (error: unknown): string => {
  if (error instanceof Failure) return error.message
  if (error instanceof AgentRunError) return shown(error.message)
  const refused = systemRefusal(error)
  if (refused !== undefined) return shown(refused)
  return `this should not have happened: ${shown(error instanceof Error ? error.message : String(error))}`
}

/** Whoever read the output has gone. */
const isClosedOutput = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === 'EPIPE'

/** What the system says about a file: it is there or not, may be used or not. */
const systemRefusal = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined
  const [, code, reason, path] = /^(E[A-Z0-9]+): (.+), \w+(?: '(.*)')?$/.exec(error.message) ?? []
  return code === undefined ? undefined : `${path === undefined ? '' : `${path}: `}${reason} (${code})`
}

/** What is wrong with the command line, in one line. A password in a URL is not repeated. */
const usageLine = (text: string): string => {
  const line = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(:\/\/[^:@/\s]*):[^@\s]*@/g, '$1@')
  return `agent-run-server: ${shown(line)} (--help shows what there is)\n`
}

const forEachCommand = (command: Command, action: (command: Command) => void): void => {
  action(command)
  for (const child of command.commands) forEachCommand(child, action)
}
