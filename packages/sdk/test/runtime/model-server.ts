import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

/** Answers one request. */
export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server on this machine, gone after the test; its address without a slash at the end. */
export const serve = async (handler: Handler): Promise<string> => {
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => handler(request, response, new TextDecoder().decode(Buffer.concat(chunks))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers with JSON. */
export const json =
  (value: unknown, status = 200): Handler =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }

/** Answers with server-sent events, cut into pieces anywhere. */
export const events =
  (all: readonly unknown[], cut = 7): Handler =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    const text = [...all.map((each) => JSON.stringify(each)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += cut) response.write(bytes.subarray(at, at + cut))
    response.end()
  }

/** A request with a key, as clients send it. */
export const post = (body: object, more: RequestInit = {}): RequestInit => ({
  method: 'POST',
  headers: { authorization: 'Bearer sk-ant-REDACTED', 'content-type': 'application/json' },
  body: JSON.stringify(body),
  ...more,
})

/** A question as most interfaces take it. */
export const ask = {
  model: 'asked-1',
  messages: [
    { role: 'system', content: 'Be kind' },
    { role: 'user', content: 'Which day?' },
  ],
}

/** What Anthropic says when an answer begins. */
export const usageAtFirst = {
  input_tokens: 10,
  cache_read_input_tokens: 90,
  cache_creation_input_tokens: 0,
  output_tokens: 1,
}
