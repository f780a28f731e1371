import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { agentRun, bin, folderWith } from '../binary.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

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

it('says how to install the server where it is missing', async () => {
  const folder = folderWith()
  const scope = join(folder, 'node_modules/@agent-run')
  mkdirSync(scope, { recursive: true })
  for (const name of ['core', 'sdk', 'types']) symlinkSync(join(root, 'packages', name), join(scope, name))
  symlinkSync(join(root, 'node_modules/commander'), join(folder, 'node_modules/commander'))
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, 'packages/cli', part), join(folder, part), { recursive: true })
  const child = spawn(process.execPath, [join(folder, 'bin/agent-run.mjs'), 'serve'], { cwd: folder })
  let stderr = ''
  child.stderr.on('data', (text) => {
    stderr += text
  })
  expect(await once(child, 'close')).toEqual([2, null])
  expect(stderr).toBe('agent-run: the server is not installed; run: npm install @agent-run/server\n')
})
