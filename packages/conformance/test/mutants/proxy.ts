import { createHash } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Listening } from '../subjects/reference.ts'
import type { Ask, Forward, Memory, Mutant, Reply } from './mutant.ts'

/** A mutant in front of a reference server, listening on a port of its own. Stopping it leaves the reference running. */
export const startMutant = async (mutant: Mutant, reference: Listening): Promise<Listening> => {
  const memory: Memory = new Map()
  const target = new URL(reference.url)
  const roles = new Map(Object.entries(reference.keys).map(([role, key]) => [key, role]))
  const forward: Forward = (ask) => send(target, ask)
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
    const stream =
      request.headers.accept?.includes('text/event-stream') && request.url?.startsWith('/api/v1/runs/stream')
    void readAll(request, (octets) => mutant.cut?.(octets, memory))
      .then(async (body) => {
        const ask = askOf(request, body, roles)
        if (stream) {
          const opened = mutant.opens?.(ask, memory, reference.keys) ?? ask
          return 'method' in opened ? relay(mutant, target, opened, response, memory) : answer(response, opened)
        }
        answer(response, await (mutant.handle ? mutant.handle(ask, forward, memory, reference.keys) : forward(ask)))
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: reference.keys,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The ETag of octets, so that a mutant that changes a body changes nothing else. */
export const etagOf = (octets: Buffer): string => `"sha256:${createHash('sha256').update(octets).digest('hex')}"`

const askOf = (request: IncomingMessage, body: Buffer, roles: ReadonlyMap<string, string>): Ask => {
  const url = request.url ?? '/'
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
  const key = headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '')
  const run = /^\/api\/v1\/runs\/([^/]+)(\/.*)?$/.exec(path)
  return {
    method: request.method ?? 'GET',
    url,
    path,
    query: new URLSearchParams(query),
    headers,
    body,
    id: run ? decoded(run[1]!) : undefined,
    below: run?.[2] ?? '',
    role: key === undefined ? 'none' : roles.get(key),
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const readAll = async (request: IncomingMessage, cut?: (octets: Buffer) => void): Promise<Buffer> => {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch (error) {
    cut?.(Buffer.concat(chunks))
    throw error
  }
  return Buffer.concat(chunks)
}

const open = (target: URL, { method, url, headers, body }: Ask) => {
  const { connection: _c, 'transfer-encoding': chunked, 'content-length': length, ...rest } = headers
  const framing =
    length !== undefined ? { 'content-length': body.length } : chunked ? { 'transfer-encoding': chunked } : {}
  const request = httpRequest({
    host: target.hostname,
    port: target.port,
    method,
    path: url,
    headers: { ...rest, ...framing },
    agent: false,
  })
  request.end(body.length > 0 || length !== undefined ? body : undefined)
  return request
}

const send = (target: URL, ask: Ask): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const request = open(target, ask)
    let replied = false
    request.on('response', (response) => {
      replied = true
      readAll(response).then((body) => {
        const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')])
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body })
      }, reject)
    })
    request.on('error', (error) => (replied ? undefined : reject(error)))
  })

const answer = (response: ServerResponse, { status, headers, body }: Reply): void => {
  const { 'content-length': _l, 'transfer-encoding': _t, connection: _c, 'keep-alive': _k, ...rest } = headers
  response.writeHead(status, {
    ...rest,
    ...(status === 304 || status === 204 ? {} : { 'content-length': body.length }),
  })
  response.end(body)
}

/** Passes a stream on, block by block. */
const relay = (mutant: Mutant, target: URL, ask: Ask, response: ServerResponse, memory: Memory): void => {
  const request = open(target, ask)
  response.on('close', () => request.destroy())
  request.on('error', () => response.destroy())
  request.on('response', (from) => {
    const { status, headers } = { status: from.statusCode ?? 0, headers: from.headers }
    const begin = (): void => {
      if (response.headersSent) return
      response.writeHead(status, headers)
      response.flushHeaders()
    }
    if (!mutant.holds || status !== 200) begin()
    let rest = ''
    from.setEncoding('utf8')
    from.on('data', (text: string) => {
      if (status !== 200) {
        response.write(text)
        return
      }
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const changed = mutant.block ? mutant.block(block, ask, memory) : block
        if (changed === undefined) continue
        if (/^data:/m.test(block)) begin()
        if (response.headersSent) response.write(`${changed}\n\n`)
      }
    })
    from.on('end', () => response.end())
    from.on('error', () => response.destroy())
  })
}
