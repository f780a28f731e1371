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
