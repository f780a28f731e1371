// A way to a server on which things happen: requests get lost, answers get lost, come late, come twice, or are errors.
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterTest } from './server-process.ts'

/** What happens to one request. */
export type Mishap = 'none' | 'lost' | 'answer lost' | 'answer cut' | 'late' | 'error' | 'twice'

/** The way, and what has happened on it. */
export interface Way {
  readonly url: string
  readonly happened: Map<Mishap, number>
}

/** Opens a way to a server; `next` says what happens to the next request. */
export async function unreliable(target: string, next: (request: IncomingMessage) => Mishap): Promise<Way> {
  const happened = new Map<Mishap, number>()
  const server = createServer(async (incoming, outgoing) => {
    const mishap = next(incoming)
    happened.set(mishap, (happened.get(mishap) ?? 0) + 1)
    const chunks: Buffer[] = []
    try {
      for await (const chunk of incoming) chunks.push(chunk)
    } catch {
      return
    }
    if (mishap === 'lost') return void outgoing.socket?.destroy()
    if (mishap === 'error') return void outgoing.writeHead(500, { 'content-type': 'text/html' }).end('<html>')
    if (mishap === 'late') await new Promise((resolve) => setTimeout(resolve, 60))
    const answer = await forward(target, incoming, Buffer.concat(chunks))
    if (mishap === 'twice') await forward(target, incoming, Buffer.concat(chunks))
    if (mishap === 'answer lost' || answer === undefined) return void outgoing.socket?.destroy()
    outgoing.writeHead(answer.status, answer.headers)
    if (mishap !== 'answer cut') return void outgoing.end(answer.body)
    outgoing.write(answer.body.subarray(0, answer.body.length / 2))
    setTimeout(() => outgoing.socket?.destroy(), 5)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterTest(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, happened }
}

const forward = (
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer } | undefined> =>
  new Promise((resolve) => {
    const sent = request(
      `${target}${url}`,
      { method, headers: { ...headers, connection: 'close' } },
      async (answer) => {
        const chunks: Buffer[] = []
        try {
          for await (const chunk of answer) chunks.push(chunk)
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) })
        } catch {
          resolve(undefined)
        }
      },
    )
    sent.on('error', () => resolve(undefined))
    sent.end(body)
  })
