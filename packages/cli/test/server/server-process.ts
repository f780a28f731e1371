// A real server in a process of its own, for the tests of commands that talk to one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { folderWith } from '../binary.ts'

const bin = fileURLToPath(new URL('../../../server/bin/agent-run-server.mjs', import.meta.url))

/** Where the server is, and a key that may do everything. */
export interface ServerProcess {
  readonly url: string
  readonly key: string
}

// Here and not in the function: a hook that is added while another one runs is forgotten.
const running: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of running.splice(0)) await stop()
})

/** Starts a server with an empty store; it is stopped after the tests of the file. */
export async function startServer(...options: string[]): Promise<ServerProcess> {
  const folder = folderWith()
  const ready = join(folder, 'ready.json')
  const store = `sqlite:${join(folder, 'runs.db')}`
  const args = ['serve', '--port', '0', '--store', store, '--ready-file', ready, '--log-level', 'error', ...options]
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const closed = once(child, 'close')
  let isClosed = false
  void closed.then(() => (isClosed = true))
  running.push(async () => {
    child.kill('SIGKILL')
    await closed
  })
  while (!existsSync(ready)) {
    if (isClosed) throw new Error(`the server did not start: ${complaint}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return JSON.parse(readFileSync(ready, 'utf8')) as ServerProcess
}
