// The real client of the protocol with published servers behind the proxy, and the record judged by the program.

import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { validate } from '@agent-run/core'
import { createClient } from '@agent-run/sdk/client'
import type { AgentRun } from '@agent-run/types'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, it } from 'vitest'
import { agentRun, bin, folderWith } from '../binary.ts'
import { startServer } from '../server/server-process.ts'
import { hostile, noDeletes } from './proxied.ts'

const require = createRequire(import.meta.url)
const filesystem = join(require.resolve('@modelcontextprotocol/server-filesystem/package.json'), '../dist/index.js')
const everything = join(require.resolve('@modelcontextprotocol/server-everything/package.json'), '../dist/index.js')

interface Connected {
  readonly client: Client
  readonly records: () => AgentRun[]
  close(): Promise<AgentRun>
}

type ClientOptions = ConstructorParameters<typeof Client>[1]

const connect = async (
  cwd: string,
  options: readonly string[],
  server: readonly string[],
  { client: clientOptions, env = {} }: { client?: ClientOptions; env?: Record<string, string> } = {},
): Promise<Connected> => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [bin, 'mcp-proxy', '-q', ...options, '--', process.execPath, ...server],
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env },
    stderr: 'ignore',
  })
  const client = new Client({ name: 'real-client', version: '2.4.0' }, clientOptions)
  await client.connect(transport)
  const records = (): AgentRun[] => {
    const folder = join(cwd, '.agent-run')
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as AgentRun)
  }
  return {
    client,
    records,
    async close() {
      // The client would end it after two seconds, whether its record is written or not.
      const proxy = transport['_process']
      if (proxy === undefined) throw new Error('expected a client that is connected')
      const ended = once(proxy, 'close')
      proxy.stdin?.end()
      await ended
      await client.close()
      const [record] = records()
      if (record === undefined) throw new Error('expected a record')
      expect(validate(record).findings).toEqual([])
      return record
    },
  }
}

const keygen = async (cwd: string, name: string, role: string): Promise<{ keys: object[] }> => {
  const args = [
    'keygen',
    '--no-passphrase',
    '--output',
    `${name}.key`,
    '--identity',
    `${name}@example.org`,
    '--role',
    role,
  ]
  return JSON.parse((await agentRun(args, { cwd })).stdout) as { keys: object[] }
}

const policy = {
  policy: 'repo-files',
  version: '1',
  default: 'deny',
  rules: [
    { id: 'look', tools: ['read_*', 'list_*', 'get_file_info'], decision: 'allow', reason: 'looking changes nothing' },
    { id: 'notes', tools: 'write_file', arguments: { path: { within: 'NOTES' } }, decision: 'allow' },
    {
      id: 'edits',
      tools: 'edit_file',
      decision: 'ask',
      reason: 'somebody has to look at edits',
      required_role: 'editor',
    },
  ],
}

const folderForFiles = (): string => {
  const folder = realpathSync(folderWith())
  mkdirSync(join(folder, 'notes'))
  const text = JSON.stringify(policy).replace('NOTES', join(folder, 'notes'))
  writeFileSync(join(folder, 'policy.json'), text)
  return folder
}

describe('with the published filesystem server', () => {
  it('a session with a key, a policy and a trust file is accountable', async () => {
    const folder = folderForFiles()
    const trust = await keygen(folder, 'proxy', 'runtime')
    writeFileSync(join(folder, 'trust.json'), JSON.stringify(trust))
    const { client, close } = await connect(
      folder,
      ['--policy', 'policy.json', '--key', 'proxy.key'],
      [filesystem, folder],
    )
    expect((await client.listTools()).tools.length).toBeGreaterThan(10)
    const note = join(folder, 'notes', 'a.md')
    expect(
      await client.callTool({ name: 'write_file', arguments: { path: note, content: 'hello\n' } }),
    ).not.toHaveProperty('isError')
    expect(await client.callTool({ name: 'read_text_file', arguments: { path: note } })).toMatchObject({
      content: [{ type: 'text', text: 'hello\n' }],
    })
    const refused = await client.callTool({
      name: 'write_file',
      arguments: { path: join(folder, 'notes', '..', 'b.md'), content: 'x' },
    })
    expect(refused).toMatchObject({ isError: true })
    expect(() => readFileSync(join(folder, 'b.md'))).toThrow()
    const record = await close()
    expect(record.steps.map(({ tool_name, status }) => [tool_name, status])).toEqual([
      ['write_file', 'succeeded'],
      ['read_text_file', 'succeeded'],
      ['write_file', 'denied'],
    ])
    expect(record.inventory?.mcp_servers).toMatchObject([
      { name: 'server-filesystem', server_name: 'secure-filesystem-server', transport: 'stdio' },
    ])
    const verified = await agentRun(['verify', '.agent-run', '--level', 'accountable', '--trust', 'trust.json'], {
      cwd: folder,
    })
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('accountable') })
    const [file, journal] = ['json', 'journal'].map((ending) => join('.agent-run', `${record.id}.${ending}`)) as [
      string,
      string,
    ]
    const level = ['--level', 'accountable', '--trust', 'trust.json']
    expect((await agentRun(['verify', file, '--journal', journal, ...level], { cwd: folder })).code).toBe(0)
  })

  it('an approval through a server, signed by a person, is accountable too', async () => {
    const folder = folderForFiles()
    const { url, key } = await startServer()
    const env = { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key }
    const keys = [
      ...(await keygen(folder, 'proxy', 'runtime')).keys,
      ...(await keygen(folder, 'alice', 'approver')).keys,
    ]
    writeFileSync(join(folder, 'trust.json'), JSON.stringify({ ...(await keygen(folder, 'other', 'runtime')), keys }))
    const note = join(folder, 'notes', 'a.md')
    writeFileSync(note, 'hello\n')
    const { client, close } = await connect(
      folder,
      ['--policy', 'policy.json', '--key', 'proxy.key', '--ask', 'server', '--trust', 'trust.json'],
      [filesystem, folder],
      { env },
    )
    const edited = client.callTool({
      name: 'edit_file',
      arguments: { path: note, edits: [{ oldText: 'hello', newText: 'bye' }] },
    })
    const server = createClient({ url, key })
    const request = async (): Promise<{ run: string; approval: string }> => {
      for (;;) {
        for await (const { approval_id, run_id, state } of server.approvals())
          if (state === 'requested' && run_id !== undefined) return { run: run_id, approval: approval_id }
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    const { run, approval } = await request()
    expect(readFileSync(note, 'utf8')).toBe('hello\n')
    const answer = await agentRun(
      ['approve', run, approval, '--key', 'alice.key', '--as', 'alice@example.org', '--yes'],
      { cwd: folder, env },
    )
    expect(answer).toMatchObject({ code: 0, stderr: expect.stringContaining('edit_file') })
    expect(await edited).not.toHaveProperty('isError')
    expect(readFileSync(note, 'utf8')).toBe('bye\n')
    const record = await close()
    expect(record.steps[0]).toMatchObject({ tool_name: 'edit_file', approval: { state: 'approved' } })
    const verified = await agentRun(['verify', '.agent-run', '--level', 'accountable', '--trust', 'trust.json'], {
      cwd: folder,
    })
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('accountable') })
    expect((await server.getRun(run)).provenance.record_hash).toBe(record.provenance.record_hash)
  })
})

describe('with the published server that has everything', () => {
  it('passes tools, resources, prompts, sampling and elicitation through, and records them', async () => {
    const folder = folderWith({ 'policy.json': noDeletes })
    const { client, close } = await connect(folder, ['--policy', 'policy.json'], [everything, 'stdio'], {
      client: { capabilities: { sampling: {}, elicitation: { form: {} }, roots: {} } },
    })
    client.setRequestHandler('sampling/createMessage', async () => ({
      role: 'assistant',
      content: { type: 'text', text: 'a sampled answer' },
      model: 'test-model',
    }))
    client.setRequestHandler('elicitation/create', async () => ({ action: 'decline' }))
    client.setRequestHandler('roots/list', async () => ({ roots: [] }))
    const { tools } = await client.listTools()
    const named = (part: string): string => tools.find(({ name }) => name.includes(part))?.name ?? part
    expect(await client.callTool({ name: 'echo', arguments: { message: 'hi' } })).toMatchObject({
      content: [{ text: expect.stringContaining('hi') }],
    })
    await client.callTool({ name: named('image'), arguments: {} })
    await client.callTool({ name: named('structured'), arguments: { location: 'New York' } })
    await client.callTool({ name: named('sampling'), arguments: { prompt: 'hello', maxTokens: 10 } })
    const { resources } = await client.listResources()
    await client.readResource({ uri: resources[0]?.uri ?? '' })
    await client.getPrompt({ name: 'simple-prompt' })
    const record = await close()
    expect(record.inventory?.tools?.length).toBe(tools.length)
    const kinds = record.steps.map(({ type, tool_name }) => tool_name ?? type)
    expect(kinds).toEqual([
      'echo',
      named('image'),
      named('structured'),
      'model_call',
      named('sampling'),
      'other',
      'other',
    ])
    expect(record.steps.find(({ tool_name }) => tool_name === named('image'))?.output_preview).toContain(
      '[image image/png',
    )
    expect(record.steps.find(({ tool_name }) => tool_name === named('structured'))).toMatchObject({
      metadata: { mcp: { structured: true } },
    })
    expect(record.steps.find(({ type }) => type === 'model_call')).toMatchObject({ model: 'test-model' })
  })
})

describe('with a client and a server of the revision 2026-07-28', () => {
  it('asks by an answer that the client comes back with', async () => {
    const folder = folderWith({ 'policy.json': noDeletes })
    const got = join(folder, 'received.bin')
    let message = ''
    const { client, close } = await connect(
      folder,
      ['--policy', 'policy.json', '--approver', 'ann'],
      [hostile, got, 'modern'],
      {
        client: { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
      },
    )
    client.setRequestHandler('elicitation/create', async (request) => {
      message = (request.params as { message: string }).message
      return { action: 'accept', content: { decision: 'allow once' } }
    })
    expect(await client.callTool({ name: 'read_file', arguments: {} })).toMatchObject({
      content: [{ text: 'the file' }],
    })
    expect(await client.callTool({ name: 'delete_quietly', arguments: { path: 'a' } })).toMatchObject({
      content: [{ text: 'ran delete_quietly' }],
    })
    expect(message).toContain('Allow the tool "delete_quietly"')
    expect(await client.callTool({ name: 'delete_file', arguments: { path: 'a' } })).toMatchObject({ isError: true })
    const record = await close()
    const sent = readFileSync(got, 'utf8')
    expect(sent).not.toContain('requestState')
    expect(sent).not.toContain('inputResponses')
    expect(sent).not.toContain('delete_file')
    expect(record).toMatchObject({
      agent_id: 'real-client',
      inventory: { mcp_servers: [{ server_name: 'hostile', version: '6.6.6', protocol_version: '2026-07-28' }] },
    })
    expect(record.steps.map(({ tool_name, status, approval }) => [tool_name, status, approval?.state])).toEqual([
      ['read_file', 'succeeded', 'not_required'],
      ['delete_quietly', 'succeeded', 'approved'],
      ['delete_file', 'denied', 'denied'],
    ])
  })
})
