// Databases for tests: AGENT_RUN_TEST_PG_URL, or one cluster for all test files of this process, made by the first of
// them that needs it. The test files of a worker share a process but not their modules, so they meet in the file system.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createCluster } from './cluster.mjs'

const WAIT_MS = 115_000

/** Connection string of a server that this process may use; it lives as long as the process does. */
const sharedServer = async () => {
  const given = process.env.AGENT_RUN_TEST_PG_URL
  if (given) return given
  const folder = join(tmpdir(), `agent-run-pg-of-${process.pid}`)
  const answer = join(folder, 'answer.json')
  // What an earlier process of the same number left behind.
  const began = Date.now() - process.uptime() * 1000
  if (existsSync(folder) && statSync(folder).birthtimeMs < began - 1000)
    rmSync(folder, { recursive: true, force: true })
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return waitFor(answer)
  }
  const result = await createCluster({ folder }).then(
    (cluster) => ({ url: cluster.url() }),
    (error) => ({ fault: String(error.message) }),
  )
  writeFileSync(`${answer}.new`, JSON.stringify(result))
  renameSync(`${answer}.new`, answer)
  return waitFor(answer)
}

const waitFor = async (answer) => {
  const deadline = Date.now() + WAIT_MS
  while (!existsSync(answer)) {
    if (Date.now() > deadline) throw new Error('the PostgreSQL of this process did not start in time')
    await sleep(25)
  }
  const { url, fault } = JSON.parse(readFileSync(answer, 'utf8'))
  if (url === undefined) throw new Error(fault)
  return url
}

/** A connection to a server, which the caller ends. */
export const openClient = async (url) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** Runs one statement against a server, in a connection of its own. */
export const execute = async (url, sql, values = []) => {
  const client = await openClient(url)
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}

/**
 * A new, empty database.
 * @param {{server?: string, encoding?: string}} [options] `server`: connection string of a server; the shared one if it
 *   is left out
 * @returns {Promise<{url: string, drop: () => Promise<void>}>}
 */
export const createDatabase = async ({ server, encoding = 'UTF8' } = {}) => {
  const maintenance = server ?? (await sharedServer())
  const name = `agent_run_${randomBytes(8).toString('hex')}`
  await execute(
    maintenance,
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING '${encoding}' LC_COLLATE 'C' LC_CTYPE 'C'`,
  )
  const url = new URL(maintenance)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => void (await execute(maintenance, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  }
}
