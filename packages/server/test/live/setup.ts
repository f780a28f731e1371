import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner, foldJournal, readJournal, type Signer } from '@agent-run/core'
import { createRecorder } from '@agent-run/sdk'
import type { AgentRun } from '@agent-run/types'
import { afterEach } from 'vitest'
import type { AppOptions } from '../../src/app/create-app.ts'
import type { Scope } from '../../src/store/store.ts'
import { startServer, type TestServer } from '../http/start-app.ts'

const endings: (() => unknown)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** Does something after the test. */
export const afterTest = (end: () => unknown): void => void endings.push(end)

/** A key that signs the same in every test. */
export const signer = (seed = 7): Signer => createSigner(new Uint8Array(32).fill(seed))

/** The key of the server. */
export const serverKey: Signer = signer(42)

/** What a request was answered with. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** The body as a value. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect, and fail where it is something else
  readonly json: any
}

/** A server with one tenant's key, and requests to it. */
export interface Client {
  readonly server: TestServer
  readonly key: string
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** The same server with another key. */
  as(options: { readonly tenant?: string; readonly scopes?: readonly Scope[] }): Promise<Client>
}

/** Scopes of a key that may do everything but administrate. */
export const scopes: readonly Scope[] = ['runs:read', 'runs:write', 'runs:delete', 'approvals:decide']
const media: Readonly<Record<string, string>> = { PATCH: 'application/merge-patch+json' }

/** A server as somebody with a key sees it. */
export const clientOf = (server: TestServer, key: string): Client => ({
  server,
  key,
  async send(method, path, body, headers = {}) {
    const isText = typeof body === 'string' || Buffer.isBuffer(body)
    const response = await server.app.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      headers: {
        'x-api-key': key,
        ...(body === undefined
          ? {}
          : { 'content-type': isText ? 'application/x-ndjson' : (media[method] ?? 'application/json') }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: isText ? body : JSON.stringify(body) }),
    })
    const text = response.payload
    const isJson = String(response.headers['content-type'] ?? '').includes('json') && !text.includes('}\n')
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      json: isJson && text !== '' ? JSON.parse(text) : undefined,
    }
  },
  as: async ({ tenant = 'a', scopes: chosen = scopes }) =>
    clientOf(server, await server.key({ tenant, scopes: chosen })),
})

/** If-Match with the ETag that a run has now. */
export const meant = async (client: Client, path: string): Promise<Readonly<Record<string, string>>> => ({
  'if-match': String((await client.send('GET', path)).headers.etag),
})

/** Starts a server over an empty store in memory. */
export const startClient = async (options: Partial<AppOptions> = {}): Promise<Client> => {
  const server = await startServer({ serverKey, ...options })
  afterTest(() => server.stop())
  return clientOf(server, await server.key({ scopes }))
}

/** The example journal of the repository, line by line, private ones included. */
export const exampleLines = (): readonly string[] =>
  readFileSync(new URL('../../../../examples/proof/journal.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .slice(0, -1)

/** Lines as a body. */
export const bodyOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-live-'))
  afterTest(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A whole run of a recorder, with everything that has lines of its own: its record and its journal. */
export const recordRun = async (): Promise<{ readonly record: AgentRun; readonly lines: readonly string[] }> => {
  const run = createRecorder(
    {
      agent_id: 'release-bot',
      model: 'claude-sonnet-4-5',
      trigger: 'manual',
      input: 'Write the notes',
      tags: ['notes'],
    },
    { directory: temporaryFolder(), signer: signer(), headEvery: 2, fsync: 'never' },
  )
  await run.modelCall({ model: 'claude-sonnet-4-5', input: 'Write the notes' }, () => ({
    model: 'claude-sonnet-4-5',
    usage: { input_tokens: 900, output_tokens: 40 },
  }))
  for (const path of ['notes.md', 'changes.md', 'readme.md'])
    await run.toolCall({ tool_name: 'write_file', arguments: { path, content: '# 2.3.1' } }, (_args, step) => {
      step.artifact({ name: path, kind: 'file', action: 'created', content: '# 2.3.1' })
      step.evidence({ kind: 'postcondition', name: 'file exists', result: 'pass' })
      return 'written'
    })
  await run
    .toolCall({ tool_name: 'failing', arguments: {} }, () => {
      throw new Error('no')
    })
    .catch(() => undefined)
  run.update({ tags: ['notes', 'done'] })
  const record = await run.end({ outcome: 'success', output: 'Done' })
  return {
    record,
    lines: readFileSync(run.journalPath as string, 'utf8')
      .split('\n')
      .slice(0, -1),
  }
}

/** The sealed record of the example journal. */
export const exampleRecord = (): AgentRun => foldJournal(readJournal(bodyOf(exampleLines()))).run as AgentRun
