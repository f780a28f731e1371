import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { agentRun, folderWith } from '../binary.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

it('puts a server to the test, and ends as the suite does', async () => {
  const server = createServer((_request, response) => response.end('<!doctype html>'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, stdout, stderr } = await agentRun(['conform', 'server', '--url', url, '--only', 'AR-HTTP-002'])
  server.close()
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(stdout).toContain('AR-HTTP-002')
})

it('passes on what the suite says about its arguments, and its exit code', async () => {
  const { code, stderr } = await agentRun(['conform', 'sever'])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "agent-run-conformance: unknown command 'sever' (did you mean server?)\n",
  })
  const help = await agentRun(['conform', '--', 'server', '--help'])
  expect({ code: help.code, stdout: help.stdout }).toEqual({ code: 0, stdout: expect.stringContaining('--level') })
})

it('says how to install the suite where it is missing', async () => {
  const folder = folderWith()
  const scope = join(folder, 'node_modules/@agent-run')
  mkdirSync(scope, { recursive: true })
  for (const name of ['core', 'sdk', 'types']) symlinkSync(join(root, 'packages', name), join(scope, name))
  symlinkSync(join(root, 'node_modules/commander'), join(folder, 'node_modules/commander'))
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, 'packages/cli', part), join(folder, part), { recursive: true })
  const child = spawn(process.execPath, [join(folder, 'bin/agent-run.mjs'), 'conform', 'server'], { cwd: folder })
  let stderr = ''
  child.stderr.on('data', (text) => {
    stderr += text
  })
  expect(await once(child, 'close')).toEqual([2, null])
  expect(stderr).toBe('agent-run: the conformance suite is not installed; run: npm install @agent-run/conformance\n')
})
