// A server for the examples of one page: they find its address and a key in their environment.
import { execFileSync, spawn } from 'node:child_process'
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
  const bin = join(root, 'node_modules/@agent-run/server/bin/agent-run-server.mjs')
  const store = `sqlite:${join(folder, 'runs.db')}`
  let child
  let environment
  let keys
  return {
    /** AGENT_RUN_SERVER_URL and AGENT_RUN_KEY. Waits until the server listens. */
    environment() {
      if (environment !== undefined) return environment
      const ready = join(folder, 'ready.json')
      const options = ['--port', '0', '--store', store, '--ready-file', ready]
      child = spawn(process.execPath, [bin, 'serve', ...options, '--log-level', 'silent'], { stdio: 'ignore' })
      for (let waited = 0; !existsSync(ready); waited += 50) {
        if (waited > 300_000) throw new Error('the server of the page did not start in five minutes')
        sleep(50)
      }
      const { url, key } = JSON.parse(readFileSync(ready, 'utf8'))
      environment = { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key }
      return environment
    },
    /** Those, and a key of every other role of a server's proof: AGENT_RUN_KEY_READER and so on. */
    keys() {
      if (keys !== undefined) return keys
      const main = this.environment()
      const keysOf = (...words) =>
        execFileSync(process.execPath, [bin, 'keys', ...words, '--store', store], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        })
      const create = (...words) => keysOf('create', '--scopes', ...words).trim()
      const { expires, expired } = soonExpired((time) => create('admin', '--expires', time))
      const revoked = create('admin')
      keysOf('revoke', revoked.slice(0, 'ark_12345678'.length))
      keys = {
        ...main,
        AGENT_RUN_KEY_READER: create('runs:read'),
        AGENT_RUN_KEY_INGEST: create('runs:write'),
        AGENT_RUN_KEY_OTHER: create('admin', '--tenant', 'other'),
        AGENT_RUN_KEY_EXPIRED: expired,
        AGENT_RUN_KEY_REVOKED: revoked,
      }
      sleep(Math.max(0, expires - Date.now()))
      return keys
    },
    stop() {
      child?.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A key that is over in two seconds, or in more where a slow machine needs longer than that to make it: one that is over already is refused. */
const soonExpired = (create) => {
  for (const seconds of [2, 8, 32]) {
    const expires = new Date(Date.now() + seconds * 1000)
    try {
      return { expires, expired: create(expires.toISOString()) }
    } catch (error) {
      if (Date.now() < expires) throw error
    }
  }
  throw new Error('no key could be made within half a minute')
}
