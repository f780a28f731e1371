// A real PostgreSQL for tests and measurements: a cluster of its own in a temporary folder, reached over a Unix socket,
// run by somebody who is not root, and gone afterwards whatever happens to the one who started it.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { tool } from '../../../../scripts/test/tools.mjs'

const run = promisify(execFile)
const START_MS = 110_000

/** Who may run PostgreSQL where we are root, which it refuses. */
const unprivileged = () => {
  if (process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'nobody') ?? users.find(([name]) => name === 'postgres')
  if (user === undefined) throw new Error('PostgreSQL does not run as root, and there is neither nobody nor postgres')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

/**
 * Makes a cluster and starts it.
 * @param {{durable?: boolean, folder?: string, settings?: Record<string, string | number>}} [options]
 *   `durable`: fsync is on, as in production; otherwise it is off, for tests that are not about crashes.
 *   `folder`: an empty one, to be removed with the cluster; a new one if it is left out
 * @returns {Promise<Cluster>}
 *
 * @typedef {object} Cluster
 * @property {string} folder
 * @property {(database?: string) => string} url connection string of a database
 * @property {() => Promise<void>} start after `stop`
 * @property {(how?: 'fast' | 'immediate') => Promise<void>} stop `immediate` is a crash: nothing is written, the next start recovers
 * @property {() => Promise<void>} destroy stops and removes it
 */
export const createCluster = async ({ durable = false, folder = temporaryFolder(), settings = {} } = {}) => {
  const bin = tool('initdb')
  if (bin === undefined) throw new Error('there is no initdb; ask tool("initdb") first')
  const who = unprivileged()
  const data = join(folder, 'data')
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid)
  const sweeper = spawn(
    process.execPath,
    [fileURLToPath(new URL('./sweeper.mjs', import.meta.url)), `${process.pid}`, folder],
    {
      detached: true,
      stdio: 'ignore',
    },
  )
  sweeper.unref()

  const initdb = ['-D', data, '-U', 'agent_run', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions']
  // Without our environment: PGDATA and its like would lead it elsewhere.
  const options = { ...who, cwd: folder, env: { PATH: process.env.PATH ?? '' } }
  await run(bin, durable ? initdb : [...initdb, '--no-sync'], options)

  const parameters = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: 100,
    shared_buffers: '64MB',
    max_wal_size: '1GB',
    autovacuum_naptime: '5s',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  let server
  const start = async () => {
    const log = openSync(join(folder, 'log'), 'a')
    const flags = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    server = spawn(bin.replace(/initdb$/, 'postgres'), ['-D', data, ...flags], {
      ...options,
      detached: true,
      stdio: ['ignore', log, log],
    })
    server.unref()
    const deadline = Date.now() + START_MS
    // The eighth line of postmaster.pid says when connections are taken.
    while (!/\nready\s*$/.test(readIfThere(join(data, 'postmaster.pid')))) {
      if (server.exitCode !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start:\n${readIfThere(join(folder, 'log')).slice(-2000)}`)
      }
      await sleep(20)
    }
  }
  const stop = async (how = 'fast') => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    server.ref()
    const gone = once(server, 'exit')
    process.kill(server.pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await gone
  }
  await start()
  return {
    folder,
    url: (database = 'postgres') => `postgres://agent_run@localhost/${database}?host=${encodeURIComponent(folder)}`,
    start,
    stop,
    async destroy() {
      await stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'agent-run-pg-'))

const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
