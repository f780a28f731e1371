// npm start -- --serve: the server, until it is stopped.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'

/**
 * Serves on 127.0.0.1:3000 with SQLite in .agent-run/, unless `options` say otherwise, and ends as the server does.
 * @param {string} root of the repository
 * @param {string[]} options of agent-run-server serve
 */
export const serve = (root, options) => {
  const args = ['serve', '--store', 'sqlite:.agent-run/server.db', '--screen', ...options]
  console.log(`$ npx agent-run ${args.join(' ')}\n`)
  const child = spawn(process.execPath, [join(root, 'packages/cli/bin/agent-run.mjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  // On a terminal Ctrl-C reaches the server by itself.
  const forward = (signal) => process.stdin.isTTY || child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
