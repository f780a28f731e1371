// A server for one demonstration: its records are gone when it is.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/**
 * Starts a server with an empty store on a free port of this machine.
 * @param {string} root of the repository
 * @returns {Promise<{url: string, key: string, stop: () => Promise<void>, abandon: () => void}>} `abandon` does not wait; the key may do everything
 */
export const startServer = async (root) => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-start-'))
  const ready = join(folder, 'ready.json')
  const bin = join(root, 'packages/cli/bin/agent-run.mjs')
  const options = ['--port', '0', '--store', `sqlite:${join(folder, 'runs.db')}`, '--ready-file', ready]
  const child = spawn(process.execPath, [bin, 'serve', ...options, '--log-level', 'error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  const abandon = () => {
    child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    abandon()
  }
  while (!existsSync(ready)) {
    if (child.exitCode !== null) throw new Error('the server did not start')
    await setTimeout(20)
  }
  const { url, key } = JSON.parse(readFileSync(ready, 'utf8'))
  return { url, key, stop, abandon }
}
