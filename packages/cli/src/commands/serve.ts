import { Command } from 'commander'
import { restOfLine } from './rest-of-line.ts'

const examples = `
Examples
  $ agent-run serve                                    on 127.0.0.1:3000, records in SQLite; the first key is printed once
  $ agent-run serve --port 0 --store sqlite:runs.db
  $ agent-run serve --store postgres://localhost/runs

Main options
  --host <address>        address to listen on (127.0.0.1)
  --port <number>         port; 0 for a free one (3000)
  --store <url>           sqlite:PATH or postgres://USER@HOST/DATABASE (sqlite:agent-run.db)
  --trust <file>          whose keys are whose, for levels and verdicts
  --key <file>            key of the server: countersigns what it receives
  --retain <days>         erase runs so many days after they were received
  --ready-file <file>     write {url, port, pid, store, key?} there once it listens
agent-run-server serve --help has them all (so has: agent-run serve -- --help).

Everything behind "serve" goes to agent-run-server as it is.
It runs until it is told to stop (Ctrl-C, SIGTERM) and answers what it has begun.
The server is a package of its own: npm install @agent-run/server`

const server = { package: '@agent-run/server', bin: 'agent-run-server', what: 'the server' }

/** `agent-run serve`. */
export function serveCommand(): Command {
  return new Command('serve')
    .summary('keep records and answer questions about them over HTTP')
    .description('Starts the reference server (package @agent-run/server) with the options given.')
    .argument('[options...]', 'options of agent-run-server serve')
    .allowUnknownOption()
    .addHelpText('after', examples)
    .action(async (_given: string[], _options, command: Command) => {
      const { runPackage } = await import('../starting/run-package.ts')
      process.exitCode = await runPackage(server, ['serve', ...restOfLine(command)])
    })
}
