import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach } from 'vitest'

/** A request as it came. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** An answer. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | object
}

/** What to answer; a function may answer itself, or do to the connection what it likes, and returns nothing then. */
export type Reply =
  | Answer
  | ((asked: Asked, response: ServerResponse) => Answer | undefined | Promise<Answer | undefined>)

/** A server that answers what a test says. */
export interface ScriptedServer {
  readonly url: string
  /** What it was asked, in order. */
  readonly asked: readonly Asked[]
}

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Starts a server that gives these answers, one after the other; the last one again and again. */
export async function scripted(...replies: readonly Reply[]): Promise<ScriptedServer> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const raw = Buffer.concat(chunks)
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
    asked.push(seen)
    const given = replies[Math.min(asked.length, replies.length) - 1] ?? {}
    const reply = typeof given === 'function' ? await given(seen, response) : given
    if (reply === undefined) return
    const { status = 200, headers = {}, body: content = {} } = reply
    const octets = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(octets)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** An error in the form of the protocol. */
export const problem = (
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: { type: `https://w3id.org/agent-run/v1/errors#${code}`, title: 'A title', status, code, ...more },
})

/** A connection that breaks before anything is answered. */
export const broken: Reply = (_asked, response) => {
  response.socket?.destroy()
  return undefined
}
