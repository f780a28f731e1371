import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { createDatabase, execute } from './database.mjs'

it.skipIf(!tool('postgres'))('gives every test file databases of its own on one server', async () => {
  const [one, other] = await Promise.all([createDatabase(), createDatabase()])
  try {
    await execute(one.url, 'CREATE TABLE t (n int)')
    expect(await execute(other.url, "SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
    expect(Number((await execute(one.url, 'SHOW server_version_num'))[0].server_version_num)).toBeGreaterThan(150_000)
  } finally {
    await Promise.all([one.drop(), other.drop()])
  }
})

it.skipIf(!tool('initdb'))('leaves no server behind when the process that started it is killed', async () => {
  const module = fileURLToPath(new URL('./cluster.mjs', import.meta.url))
  const program = `import { createCluster } from ${JSON.stringify(module)}
    console.log((await createCluster()).folder); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const folder = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(`${text}`.trim())))
  expect(existsSync(folder)).toBe(true)
  child.kill('SIGKILL')
  // The test ends in time if the sweeper does not come.
  while (existsSync(folder)) await new Promise((done) => setTimeout(done, 100))
})
