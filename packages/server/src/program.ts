import { AgentRunError } from '@agent-run/core'
import { Command, CommanderError } from 'commander'
import { version } from './app/version.ts'
import { Failure, shown } from './config/failure.ts'

const help = `
Start here
  $ agent-run-server                                     serve on 127.0.0.1:3000 with SQLite; the first key is printed once
  $ agent-run-server keys create --scopes runs:write     a key that can only send
  $ agent-run-server serve --help                        every option, and the variable that sets it

Exit code: 0 done, 2 the job could not be done.`

/** The commands in the order of the help, each in a file of its own: all of them together load the whole server. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  keys: async () => (await import('./commands/keys.ts')).keysCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  import: async () => (await import('./commands/import.ts')).importCommand(),
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  'migrate-store': async () => (await import('./commands/migrate-store.ts')).migrateStoreCommand(),
  compact: async () => (await import('./commands/compact.ts')).compactCommand(),
}

/** The command line, nothing executed, with the commands that these arguments can have to do with. */
async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('agent-run-server')
    .description("Keeps records of AI agents' runs and answers questions about them, over HTTP.")
    .version(version, '-V, --version', 'print the version')
    .showSuggestionAfterError(true)
    .addHelpText('after', help)
  for (const [name, load] of needed(argv)) program.addCommand(await load(), { isDefault: name === 'serve' })
  forEachCommand(program, (command) => {
    command.exitOverride()
    command.configureOutput({ outputError: (text, write) => write(usageLine(text)) })
  })
  return program
}

/** A command that is named first is found, and the version told, whatever other commands there are. */
const needed = ([, , first = '']: readonly string[]): readonly (readonly [string, () => Promise<Command>])[] => {
  if (first === '-V' || first === '--version') return []
  const all = Object.entries(commands)
  const only = all.filter(([name]) => name === first)
  return only.length === 0 ? all : only
}

/** Runs the program and sets the exit code. Never shows a stack. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(argv)
    await program.parseAsync([...argv])
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
