import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { agentRun } from '../binary.ts'

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
  for (const args of [
    ['server', '--help'],
    ['--', 'server', '--help'],
  ]) {
    const help = await agentRun(['conform', ...args])
    expect({ code: help.code, stdout: help.stdout }).toEqual({ code: 0, stdout: expect.stringContaining('--level') })
  }
  expect((await agentRun(['conform', '--help'])).stdout).toContain('Usage: agent-run conform')
})
