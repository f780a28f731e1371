import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readJson } from '@agent-run/core'
import type { ScenarioTools } from './scenario-tools.ts'
import type { ToolReply } from './tool-reply.ts'

/** Where the tools of a trial can be called. */
export interface ToolEndpoint {
  /** `POST <url>/<name>` with the arguments as JSON; `GET <url>` lists the definitions. Both with `Authorization: Bearer <key>`. */
  readonly url: string
  close(): Promise<void>
}

/** Largest request, in bytes. */
export const MOST_REQUEST_BYTES: number = 256 * 1024
/** Largest sum of all requests of a trial, in bytes. */
export const MOST_TRIAL_BYTES: number = 16 * 1024 * 1024

/** Answers calls over HTTP, on a free port of the loopback interface. */
export async function openToolEndpoint(tools: ScenarioTools, key: string): Promise<ToolEndpoint> {
  let received = 0
  const isOurs = keyCheck(key)
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    answerRequest(request)
      .then(([status, body]) => send(response, status, body))
      .catch(() => response.destroy())
  })
  server.maxConnections = 64

  const answerRequest = async (request: IncomingMessage): Promise<readonly [number, object]> => {
    if (!isOurs(request.headers.authorization))
      return [401, { error: 'expected Authorization: Bearer with the key of this trial' }]
    const name = nameIn(request.url ?? '/')
    if (name === undefined) return [404, { error: 'expected the path of a tool, such as /deploy' }]
    if (request.method === 'GET' && name === '') return [200, { tools: tools.definitions }]
    if (request.method !== 'POST' || name === '')
      return [405, { error: 'expected POST with a tool in the path, or GET without one' }]
    const bytes = await bodyOf(request, Math.min(MOST_REQUEST_BYTES, MOST_TRIAL_BYTES - received))
    if (bytes === undefined)
      return [413, { error: `arguments are too long; at most ${MOST_REQUEST_BYTES} bytes a call` }]
    received += bytes.length
    const read = bytes.length === 0 ? { ok: true as const, value: {} } : readJson(bytes, { maxDepth: 64 })
    if (!read.ok) return [400, { error: `the arguments are not JSON: ${read.finding.code}` }]
    if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value))
      return [400, { error: 'expected the arguments as a JSON object' }]
    const reply = await tools.call(name, read.value)
    return [statusOf(reply), reply]
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      tools.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A tool that fails has answered; only a call that reached no script has another status. */
const statusOf = ({ refused }: ToolReply): number => {
  if (refused === 'unknown_tool') return 404
  if (refused === 'invalid_arguments') return 422
  return refused === 'over_limit' ? 429 : 200
}

const keyCheck = (key: string) => {
  const digestOf = (text: string) => createHash('sha256').update(text).digest()
  const expected = digestOf(`Bearer ${key}`)
  return (given: string | undefined): boolean => given !== undefined && timingSafeEqual(digestOf(given), expected)
}

const nameIn = (url: string): string | undefined => {
  const [path = ''] = url.split('?')
  return /^\/([A-Za-z0-9_-]{0,64})$/.exec(path)?.[1]
}

const bodyOf = async (request: IncomingMessage, most: number): Promise<Uint8Array | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const send = (response: ServerResponse, status: number, body: object): void => {
  // A body that was too long is not read to its end.
  const headers = { 'content-type': 'application/json', ...(status === 413 ? { connection: 'close' } : {}) }
  response.writeHead(status, headers).end(JSON.stringify(body))
}
