// A server for the examples of one page: they find its address and a key in their environment.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const sleep = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

/**
 * A server that starts when somebody asks for it, with an empty store, on a free port of this machine.
 * @param {string} root of the repository, built
 */
export const pageServer = (root) => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-page-server-'))
  let child
  let environment
  return {
    /** AGENT_RUN_SERVER_URL and AGENT_RUN_KEY. Waits until the server listens. */
    environment() {
      if (environment !== undefined) return environment
      const ready = join(folder, 'ready.json')
      const options = ['--port', '0', '--store', 'sqlite::memory:', '--ready-file', ready]
      const bin = join(root, 'node_modules/@agent-run/server/bin/agent-run-server.mjs')
      child = spawn(process.execPath, [bin, 'serve', ...options, '--log-level', 'silent'], { stdio: 'ignore' })
      for (let waited = 0; !existsSync(ready); waited += 50) {
        if (waited > 30_000) throw new Error('the server of the page did not start in half a minute')
        sleep(50)
      }
      const { url, key } = JSON.parse(readFileSync(ready, 'utf8'))
      environment = { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key }
      return environment
    },
    stop() {
      child?.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
