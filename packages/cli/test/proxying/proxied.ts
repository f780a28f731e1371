// Plays a client, message by message, with the proxy in front of a server that keeps what it gets.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { AgentRun } from '@agent-run/types'
import { bin } from '../binary.ts'

export const hostile: string = fileURLToPath(new URL('./hostile-server.mjs', import.meta.url))

type Message = Record<string, unknown>

/** A session through the proxy. */
export interface Proxied {
  readonly child: ChildProcess
  readonly messages: Message[]
  stderr(): string
  send(message: unknown): void
  raw(bytes: string | Uint8Array): void
  request(method: string, params?: unknown): Promise<Message>
  call(name: string, args?: unknown, more?: object): Promise<{ result?: Message; error?: Message }>
  /** The next message that fits. */
  next(fits: (message: Message) => boolean): Promise<Message>
  /** Closes the client's side; the exit code. */
  close(): Promise<number | null>
  /** Every byte that the server got. */
  received(): Buffer
  records(): AgentRun[]
}

/** Starts the proxy in a folder. */
export function startProxy(
  folder: string,
  options: readonly string[],
  {
    words = [],
    command,
    env = {},
  }: { words?: readonly string[]; command?: readonly string[]; env?: Record<string, string> } = {},
): Proxied {
  const got = join(folder, 'received.bin')
  const server = command ?? [process.execPath, hostile, got, ...words]
  const child = spawn(process.execPath, [bin, 'mcp-proxy', ...options, '--', ...server], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
  })
  const messages: Message[] = []
  const waiting = new Set<{ fits: (message: Message) => boolean; give: (message: Message) => void }>()
  let stderr = ''
  let count = 0
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdin.on('error', () => {})
  createInterface({ input: child.stdout }).on('line', (line) => {
    const value = JSON.parse(line) as Message | Message[]
    for (const message of Array.isArray(value) ? [{ batch: value }] : [value]) {
      messages.push(message)
      for (const each of waiting)
        if (each.fits(message)) {
          waiting.delete(each)
          each.give(message)
        }
    }
  })
  const raw = (bytes: string | Uint8Array): void => void child.stdin.write(bytes)
  const send = (message: unknown): void => raw(`${JSON.stringify(message)}\n`)
  const next = (fits: (message: Message) => boolean): Promise<Message> => {
    const found = messages.find(fits)
    return found === undefined ? new Promise((give) => waiting.add({ fits, give })) : Promise.resolve(found)
  }
  const request = (method: string, params: unknown = {}): Promise<Message> => {
    const id = `c-${++count}`
    send({ jsonrpc: '2.0', id, method, params })
    return next((message) => message['id'] === id && message['method'] === undefined)
  }
  return {
    child,
    messages,
    stderr: () => stderr,
    send,
    raw,
    request,
    call: (name, args = {}, more = {}) => request('tools/call', { name, arguments: args, ...more }),
    next,
    async close() {
      const closed = once(child, 'close')
      child.stdin.end()
      const [code] = (await closed) as [number | null]
      return code
    },
    received: () => readFileSync(got),
    records() {
      const records = join(folder, '.agent-run')
      if (!existsSync(records)) return []
      return readdirSync(records)
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(records, name), 'utf8')) as AgentRun)
    },
  }
}

/** The beginning of every session until 2025-11-25. */
export async function initialize(proxied: Proxied, capabilities: object = {}): Promise<void> {
  const clientInfo = { name: 'test-client', version: '3.1' }
  await proxied.request('initialize', { protocolVersion: '2025-11-25', capabilities, clientInfo })
  proxied.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
}

export const noDeletes: object = {
  policy: 'no-deletes',
  version: '2',
  default: 'allow',
  rules: [
    { id: 'no-delete', tools: ['delete_file'], decision: 'deny', reason: 'files stay' },
    { id: 'ask-quiet', tools: ['delete_quietly'], decision: 'ask', reason: 'somebody has to look' },
  ],
}

/** The one record of a session. */
export const onlyRecord = (proxied: Proxied): AgentRun => {
  const [record, another] = proxied.records()
  if (record === undefined || another !== undefined) throw new Error('expected one record')
  return record
}
