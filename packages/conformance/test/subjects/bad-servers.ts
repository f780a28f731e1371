import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { stop } from './careless-server.ts'
import type { Listening } from './reference.ts'

const listen = async (answer: RequestListener): Promise<Listening> => {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys: {}, stop: () => stop(server) }
}

/** Takes connections and says nothing. */
export const startSilent = async (): Promise<Listening> => {
  const sockets = new Set<{ destroy(): void }>()
  const server = createSocketServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.resume()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: {},
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Answers everything with a page. */
export const startPages = (): Promise<Listening> =>
  listen((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>hello'),
  )

/** Closes each connection in the middle of an answer. */
export const startCutting = (): Promise<Listening> =>
  listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
    response.write('{"id":', () => response.destroy())
  })

/** Sends everybody somewhere else, for ever. */
export const startRedirecting = (): Promise<Listening> =>
  listen((request, response) => response.writeHead(307, { location: `${request.url}/x` }).end())

/** Answers without end: as fast as it is read, or a byte now and then. */
export const startEndless = (slowly: boolean): Promise<Listening> =>
  listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const chunk = Buffer.alloc(slowly ? 1 : 1024 * 1024, 0x20)
    const timer = setInterval(() => response.write(chunk), slowly ? 50 : 0)
    response.on('close', () => clearInterval(timer))
    response.on('error', () => clearInterval(timer))
  })

/** Puts the key that it is sent into every answer, with signs that steer terminals. */
export const startEchoing = (): Promise<Listening> =>
  listen((request, response) => {
    const key = String(request.headers['x-api-key'])
    response.writeHead(200, { 'content-type': 'application/json', etag: `"${key}"`, location: key })
    response.end(JSON.stringify({ id: `\u001b[31m${key}\u202e`, code: key, runs: [{ id: key }], status: key }))
  })

/** Announces an answer of five gigabytes and begins to send it. */
export const startHuge = (): Promise<Listening> =>
  listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 5 * 1024 ** 3 })
    const chunk = Buffer.alloc(1024 * 1024, 0x20)
    const send = (): void => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', send)
    response.on('error', () => {})
    send()
  })

/** Closes each connection without a word. */
export const startHangingUp = (): Promise<Listening> => listen((request) => request.socket.destroy())

/** Closes the connection, as many frameworks do when a handler throws, for every body that is no object with an id. */
export const startDroppingMalformed = (): Promise<Listening> =>
  listen(async (request, response) => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = request.method === 'GET' ? { id: 'none' } : JSON.parse(Buffer.concat(chunks).toString())
      if (typeof body.id !== 'string') throw new TypeError('no id')
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: body.id }))
    } catch {
      request.socket.destroy()
    }
  })

/** Says what it is, and nothing any more after that. */
export const startFallingSilent = (): Promise<Listening> =>
  listen((request, response) => {
    if (request.url === '/.well-known/agent-run')
      response.end('{"protocol":["1.0.0"],"capabilities":["core"],"limits":{"body_octets":1000}}')
  })
