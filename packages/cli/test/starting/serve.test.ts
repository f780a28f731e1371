import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { agentRun, bin, folderWith } from '../binary.ts'

it.each(['SIGTERM', 'SIGINT'] as const)('serves until %s, and ends as the server does', async (signal) => {
  const folder = folderWith()
  const ready = join(folder, 'ready.json')
  const args = ['serve', '--port', '0', '--store', `sqlite:${join(folder, 'runs.db')}`, '--ready-file', ready]
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const closed = once(child, 'close')
  while (!existsSync(ready) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20))
  const { url, pid } = JSON.parse(readFileSync(ready, 'utf8'))
  try {
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  } finally {
    child.kill(signal)
  }
  expect(await closed).toEqual([0, null])
  expect(() => process.kill(pid, 0)).toThrow()
})

it('passes on what the server says about its options, and its exit code', async () => {
  const { code, stderr } = await agentRun(['serve', '--prot', '0'])
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('agent-run-server: ') })
  expect(stderr).toContain('--port')
  const help = await agentRun(['serve', '--', '--help'])
  expect({ code: help.code, stdout: help.stdout }).toEqual({ code: 0, stdout: expect.stringContaining('--store') })
})
