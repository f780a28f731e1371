import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { createDatabase } from '../postgres/database.mjs'
import { afterTest, type ServerProcess, startServer, temporaryFolder } from './server-process.ts'

const program = fileURLToPath(new URL('../../../../examples/server/operator.mjs', import.meta.url))

/** Runs the example program, as it is, against a server; gives what it prints. */
const runProgram = async ({ url, key }: ServerProcess): Promise<string> => {
  const child = spawn(process.execPath, [program], {
    cwd: temporaryFolder(),
    env: { PATH: process.env['PATH'], AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (text) => {
    printed += text
  })
  expect(await once(child, 'close')).toEqual([0, null])
  return printed
}

const expected = `The server has approvals, batch, core, erasure, journal, proofs, query, verify
Sent: good, denied, child
Sent again, it is the same one: true
Another record of that id: run.exists
Wrote files: denied, good
Denied: denied
Used the MCP server github: child
Artifacts of the turn: dist/pkg.tgz (good), review.md (child)
The last good run before "denied": good (same task)
Leaderboard: release-bot 1 of 2
Recorded live and sealed; acknowledged by digest: true
Heard of it: run.created … run.completed
The server's verdict: sealed; the seal holds step 1 of 1
`

it('the example program works with SQLite', async () => {
  expect(await runProgram(await startServer())).toBe(expected)
})

it.skipIf(!tool('postgres'))('the same program works with PostgreSQL, and prints the same', async () => {
  const { url, drop } = await createDatabase()
  afterTest(drop)
  expect(await runProgram(await startServer(url))).toBe(expected)
})
