import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { argumentsHash } from '@agent-run/core'
import type { BenchApprovalAnswer, BenchTool } from '@agent-run/types'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createScenarioTools,
  ledgerText,
  type OfferedTools,
  offerTools,
  type ScenarioTools,
} from '../../src/tools/index.ts'

const deploy: BenchTool = {
  name: 'deploy',
  description: 'Deploys a version',
  input_schema: {
    type: 'object',
    properties: { env: { enum: ['staging', 'production'] }, version: { type: 'string' }, count: { type: 'integer' } },
    required: ['env'],
    additionalProperties: false,
  },
  effect: { kind: 'deploy' },
  answers: [
    {
      when: { properties: { env: { const: 'production' } } },
      result: { url: 'https://example.org' },
      sets: { live: 2 },
    },
    { times: 1, error: '503 try again' },
    { result: 'staged', exit_code: 3, writes: { 'out/staged.txt': 'yes\n' } },
  ],
}
const status: BenchTool = {
  name: 'status',
  description: 'Says which version is live',
  input_schema: { type: 'object' },
  answers: [
    { state: { live: 2 }, result: 'v2' },
    { times: 1, result: 'v1' },
  ],
}
const echo: BenchTool = { name: 'echo', description: 'Does nothing', input_schema: { type: 'object' } }

let folder: string
let bin: string
let workspace: string
let tools: ScenarioTools
let offered: OfferedTools | undefined

const make = (approvals?: BenchApprovalAnswer[], more = {}) =>
  createScenarioTools({ tools: [deploy, status, echo], workspace, ...(approvals && { approvals }), ...more })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-tools-'))
  bin = join(folder, 'bin')
  workspace = join(folder, 'workspace')
  mkdirSync(bin)
  mkdirSync(workspace)
})
afterEach(async () => {
  await offered?.close()
  offered = undefined
  rmSync(folder, { recursive: true, force: true })
})

describe('the script of a tool', () => {
  it('gives the first answer that fits arguments and state and is not used up', async () => {
    tools = make()
    expect(await tools.call('status', {})).toEqual({ exit_code: 0, result: 'v1' })
    expect(await tools.call('status', {})).toEqual({ exit_code: 1, error: 'the tool has no answer to these arguments' })
    expect(await tools.call('deploy', { env: 'staging' })).toEqual({ exit_code: 1, error: '503 try again' })
    expect(await tools.call('deploy', { env: 'staging' })).toEqual({ exit_code: 3, result: 'staged' })
    expect(readFileSync(join(workspace, 'out/staged.txt'), 'utf8')).toBe('yes\n')
    expect(await tools.call('deploy', { env: 'production' })).toMatchObject({ exit_code: 0 })
    expect(await tools.call('status', {})).toEqual({ exit_code: 0, result: 'v2' })
    expect(await tools.call('echo', { any: [1] })).toEqual({ exit_code: 0, result: {} })
    expect(tools.ledger.map(({ seq, tool_name, answered, answer }) => [seq, tool_name, answered, answer])).toEqual([
      [0, 'status', 'result', 1],
      [1, 'status', 'error', undefined],
      [2, 'deploy', 'error', 1],
      [3, 'deploy', 'result', 2],
      [4, 'deploy', 'result', 0],
      [5, 'status', 'result', 0],
      [6, 'echo', 'result', undefined],
    ])
  })

  it('refuses what is no tool, what is no argument of it, and too many calls', async () => {
    tools = make(undefined, { mostCalls: 3 })
    expect(await tools.call('publish', {})).toMatchObject({ refused: 'unknown_tool' })
    expect(await tools.call('deploy', { env: 'moon' })).toEqual({
      exit_code: 1,
      error: 'arguments/env: must be equal to one of the allowed values: ["staging","production"]',
      refused: 'invalid_arguments',
    })
    expect(await tools.call('deploy', { env: 'staging', force: true })).toMatchObject({ refused: 'invalid_arguments' })
    for (let calls = 0; calls < 3; calls++)
      expect(await tools.call('echo', {})).toMatchObject({ refused: 'over_limit' })
    expect(tools.ledger.map(({ answered }) => answered)).toEqual([
      'unknown_tool',
      'invalid_arguments',
      'invalid_arguments',
      'over_limit',
    ])
    expect(tools.refused).toBe(3)
    expect(
      ledgerText(tools.ledger)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([0, 1, 2, 3])
  })

  it('writes nothing through a link', async () => {
    const outside = join(folder, 'outside')
    mkdirSync(outside)
    symlinkSync(outside, join(workspace, 'out'))
    tools = make()
    await tools.call('deploy', { env: 'staging' })
    expect(await tools.call('deploy', { env: 'staging' })).toEqual({
      exit_code: 1,
      error: 'the tool could not write its file',
    })
    expect(existsSync(join(outside, 'staged.txt'))).toBe(false)
  })

  it('waits for no pipe, and writes into no file that stands elsewhere, too', async () => {
    mkdirSync(join(workspace, 'out'))
    const place = join(workspace, 'out/staged.txt')
    const elsewhere = join(folder, 'elsewhere.txt')
    writeFileSync(elsewhere, 'as it was')
    for (const put of [() => execFileSync('mkfifo', [place]), () => linkSync(elsewhere, place)]) {
      rmSync(place, { force: true })
      put()
      tools = make()
      await tools.call('deploy', { env: 'staging' })
      // More than there are threads to wait in.
      const replies = await Promise.all(Array.from({ length: 6 }, () => tools.call('deploy', { env: 'staging' })))
      expect(replies.map(({ exit_code }) => exit_code)).toEqual([1, 1, 1, 1, 1, 1])
    }
    expect(readFileSync(elsewhere, 'utf8')).toBe('as it was')
  })

  it('holds up nothing where an expression finds no end', async () => {
    const schema = { properties: { text: { pattern: '^(a+)+$' } } }
    const slow: BenchTool = { ...echo, input_schema: { type: 'object', ...schema } }
    const late: BenchTool = { ...echo, name: 'late', answers: [{ when: schema, result: 1 }] }
    tools = createScenarioTools({ tools: [slow, late], workspace })
    const text = `${'a'.repeat(60)}!`
    expect(await tools.call('echo', { text })).toMatchObject({ refused: 'invalid_arguments' })
    expect(await tools.call('late', { text })).toMatchObject({
      exit_code: 1,
      error: expect.stringMatching(/no answer/),
    })
    expect(await tools.call('late', { text: 'aa' })).toMatchObject({ exit_code: 0, result: 1 })
  })
})

describe('approvals', () => {
  const approvals: BenchApprovalAnswer[] = [
    { tool_name: 'deploy', arguments: { properties: { env: { const: 'staging' } } }, decision: 'approved', times: 1 },
    { tool_name: 'deploy', target: 'prod(uction)?', decision: 'denied', reason: 'not on Fridays' },
    { tool_name: 'status', decision: 'none' },
  ]

  it('are one for one call, with exactly these arguments', async () => {
    tools = make(approvals)
    const ask = (tool_name: string, args: object) => tools.call('request_approval', { tool_name, arguments: args })
    await tools.call('deploy', { env: 'staging' })
    expect(await ask('deploy', { env: 'staging' })).toEqual({
      exit_code: 0,
      result: { approval_id: 'bench-0', decision: 'approved' },
    })
    expect(await ask('deploy', { env: 'production' })).toEqual({
      exit_code: 0,
      result: { approval_id: 'bench-1', decision: 'denied', reason: 'not on Fridays' },
    })
    expect(await ask('status', {})).toMatchObject({ exit_code: 1, error: 'nobody answered; the call is not approved' })
    expect(await ask('echo', {})).toMatchObject({ result: { decision: 'denied' } })
    expect(await tools.call('request_approval', { tool_name: 'deploy' })).toMatchObject({
      refused: 'invalid_arguments',
    })
    await tools.call('deploy', { env: 'production' })
    await tools.call('deploy', { env: 'staging', version: '2' })
    await tools.call('deploy', { env: 'staging' })
    await tools.call('deploy', { env: 'staging' })
    expect(tools.ledger.map(({ approved_before }) => approved_before)).toEqual([[], [], [], ['bench-0'], []])
    expect(tools.ledger.at(-1)?.asked_before).toEqual([
      { approval_id: 'bench-0', decision: 'approved' },
      { approval_id: 'bench-1', decision: 'denied' },
    ])
    expect(tools.desk.asked.map(({ tool_name, decision }) => [tool_name, decision])).toEqual([
      ['deploy', 'approved'],
      ['deploy', 'denied'],
      ['status', 'none'],
      ['echo', 'denied'],
    ])
  })

  it('are for the tool, however its name is spelled where an agent sees it', async () => {
    tools = make(approvals)
    await tools.call('request_approval', { tool_name: 'mcp__scenario__deploy', arguments: { env: 'staging' } })
    await tools.call('deploy', { env: 'staging' })
    expect(tools.ledger.at(-1)?.approved_before).toEqual(['bench-0'])
  })

  it('are recognised by the hash of the arguments and its salt', async () => {
    tools = make([{ tool_name: 'deploy', target: '^v2$', decision: 'approved' }])
    const salt = 'ab'.repeat(32)
    const args = { env: 'production', version: 'v2' }
    const arguments_hash = argumentsHash(args, salt)
    const question = { tool_name: 'deploy', target: 'v2', arguments_hash, salt, approval_id: 'ap-1' }
    expect(tools.desk.decide(question).decision).toBe('approved')
    expect(tools.desk.decide({ ...question, target: 'v3' }).decision).toBe('approved')
    expect(tools.desk.asked.length).toBe(1)
    await tools.call('deploy', { env: 'staging', version: 'v2' })
    await tools.call('deploy', args)
    expect(tools.ledger.map(({ approved_before }) => approved_before)).toEqual([[], ['ap-1']])
  })

  it('are none where a runtime has said another target than its arguments have', async () => {
    tools = make([{ tool_name: 'deploy', target: 'staging', decision: 'approved' }])
    const salt = 'ab'.repeat(32)
    const args = { env: 'production' }
    const question = { tool_name: 'deploy', target: 'staging', arguments_hash: argumentsHash(args, salt), salt }
    expect(tools.desk.decide(question).decision).toBe('approved')
    await tools.call('deploy', args)
    expect(tools.ledger.map(({ approved_before }) => approved_before)).toEqual([[]])
  })

  it('are denied where an expression finds no end', async () => {
    tools = make([{ target: '^(a+)+$', decision: 'approved' }])
    expect(tools.desk.decide({ tool_name: 'deploy', target: `${'a'.repeat(60)}!` }).decision).toBe('denied')
  })

  it('are asked for only where somebody answers', async () => {
    expect(make().definitions.map(({ name }) => name)).toEqual(['deploy', 'status', 'echo'])
    const withDesk = make(approvals, { allowedTools: ['status'] })
    expect(withDesk.definitions.map(({ name, needs_approval }) => [name, needs_approval])).toEqual([
      ['deploy', true],
      ['status', false],
      ['echo', true],
      ['request_approval', undefined],
    ])
  })
})

describe('over HTTP', () => {
  const post = (path: string, body: string | Uint8Array, key = 'k-1') =>
    fetch(`${offered?.url}${path}`, {
      method: 'POST',
      body: body as BodyInit,
      headers: { authorization: `Bearer ${key}` },
    })

  beforeEach(async () => {
    tools = make()
    offered = await offerTools(tools, { bin, key: 'k-1' })
  })

  it('answers calls, and says what is wrong with a request', async () => {
    const ok = await post('/deploy', '{"env":"production"}')
    expect([ok.status, await ok.json()]).toEqual([200, { exit_code: 0, result: { url: 'https://example.org' } }])
    expect((await post('/echo', '')).status).toBe(200)
    for (const [path, body, status, key] of [
      ['/deploy', '{"env":"production"}', 401, 'other'],
      ['/deploy', '{"env":"production"', 400],
      ['/deploy', '{"env":"production","env":"staging"}', 400],
      ['/deploy', '["production"]', 400],
      ['/deploy', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, 400],
      ['/deploy', '{"env":"moon"}', 422],
      ['/nothing', '{}', 404],
      ['/../deploy/x', '{}', 404],
      ['/', '{}', 405],
      ['/echo', JSON.stringify({ long: 'x'.repeat(300_000) }), 413],
    ] as const) {
      const answer = await post(path, body, key)
      expect([path, answer.status]).toEqual([path, status])
      expect(Object.keys(await answer.json())).toContain('error')
    }
    expect((await fetch(`${offered?.url}/`)).status).toBe(401)
    expect(tools.ledger.map(({ answered }) => answered)).toEqual([
      'result',
      'result',
      'invalid_arguments',
      'unknown_tool',
    ])
  })

  it('ends answers that are on their way when the trial is over', async () => {
    await offered?.close()
    tools = createScenarioTools({ tools: [{ ...echo, answers: [{ delay_ms: 3_600_000 }] }], workspace })
    offered = await offerTools(tools, { bin, key: 'k-1' })
    const waiting = post('/echo', '{}').catch(() => 'gone')
    await expect.poll(() => tools.ledger.length, { timeout: 60_000 }).toBe(1)
    await offered.close()
    expect(await waiting).toBe('gone')
  })
})

describe('as commands', () => {
  const run = (name: string, args: string[], input = '') =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const env = { PATH: `${bin}${delimiter}${process.env.PATH}` }
      const child = spawn(join(bin, name), args, { env })
      let out = ''
      let err = ''
      child.stdout.on('data', (text) => {
        out += text
      })
      child.stderr.on('data', (text) => {
        err += text
      })
      child.on('close', (code) => resolve({ code, out, err }))
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    })

  it('take JSON, standard input or options, and give result and exit code', async () => {
    tools = make()
    offered = await offerTools(tools, { bin, key: 'k-1' })
    const production = '{\n  "url": "https://example.org"\n}\n'
    expect(await run('deploy', ['{"env":"production"}'])).toEqual({ code: 0, out: production, err: '' })
    expect(await run('deploy', ['-'], '{"env":"staging"}')).toEqual({
      code: 1,
      out: '',
      err: 'deploy: 503 try again\n',
    })
    expect(await run('deploy', ['--env', 'staging', '--count=2'])).toEqual({ code: 3, out: 'staged\n', err: '' })
    expect(await run('status', [])).toMatchObject({ code: 0, out: 'v2\n' })
    expect(await run('deploy', ['--env'])).toMatchObject({ code: 2, err: 'deploy: --env needs a value\n' })
    expect(await run('deploy', ['--count', 'many'])).toMatchObject({ code: 2 })
    expect(await run('deploy', ['--env', 'moon'])).toMatchObject({ code: 1 })
    expect((await run('deploy', ['--help'])).out).toContain('--env <string> (required)')
    expect(tools.ledger.map(({ arguments: args }) => args)).toEqual([
      { env: 'production' },
      { env: 'staging' },
      { env: 'staging', count: 2 },
      {},
      { env: 'moon' },
    ])
    await offered.close()
    offered = undefined
    expect(await run('deploy', ['{"env":"production"}'])).toMatchObject({
      code: 2,
      err: 'deploy: the bench does not answer; is the trial over?\n',
    })
  })

  it('cannot be read or run by others', async () => {
    tools = make()
    offered = await offerTools(tools, { bin, key: 'k-1' })
    const { stdout } = await promisify(execFile)('ls', ['-l', join(bin, 'deploy')])
    expect(stdout).toMatch(/^-rwx------/)
  })
})

describe('as an MCP server', () => {
  it('is understood by the official client', async () => {
    tools = make([{ tool_name: 'deploy', decision: 'approved' }])
    offered = await offerTools(tools, { bin, key: 'k-1' })
    const { command, args } = offered.mcpServer
    const client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(new StdioClientTransport({ command, args: [...args], stderr: 'ignore' }))
    try {
      const { tools: listed } = await client.listTools()
      expect(listed.map(({ name }) => name)).toEqual(['deploy', 'status', 'echo', 'request_approval'])
      expect(listed[0]?.inputSchema).toEqual(deploy.input_schema)
      const asked = await client.callTool({
        name: 'request_approval',
        arguments: { tool_name: 'deploy', arguments: { env: 'production' } },
      })
      expect(asked.isError).toBeUndefined()
      const called = await client.callTool({ name: 'deploy', arguments: { env: 'production' } })
      expect(called.content).toEqual([{ type: 'text', text: '{"url":"https://example.org"}' }])
      const failed = await client.callTool({ name: 'deploy', arguments: { env: 'moon' } })
      expect(failed.isError).toBe(true)
      await expect(client.callTool({ name: 'publish', arguments: {} })).rejects.toThrow('there is no tool of this name')
    } finally {
      await client.close()
    }
    expect(tools.ledger.map(({ tool_name, approved_before }) => [tool_name, approved_before])).toEqual([
      ['deploy', ['bench-0']],
      ['deploy', []],
      ['publish', []],
    ])
  })
})
