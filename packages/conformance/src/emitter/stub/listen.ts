import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { sha256 } from '../../bytes/digest.ts'
import { isObject, type JsonObject } from '../../bytes/json.ts'
import { Failure } from '../../failure.ts'
import type { Schemas } from '../../http/schemas.ts'
import { printable } from '../../http/show.ts'
import { type Decision, decide } from './approvals.ts'
import { createMishaps, type Mishap, mishapReply } from './mishap.ts'
import { refusalOf } from './refusals.ts'
import { problemReply, type Reply } from './reply.ts'
import { limits, parseBody, readBody, type StubRequest } from './request.ts'
import { answer, type Desk, discovery, isWrite, operationOf } from './routes.ts'
import { Shelf } from './shelf.ts'

/** One write of the runtime, as the stub server saw it. */
export interface Write {
  /** As `operationOf` names it. */
  readonly operation: string
  /** Id of the run in the path, where there is one. */
  readonly target: string | undefined
  readonly body: Buffer
  /** Status that was answered; undefined where the connection was cut. */
  readonly status: number | undefined
  /** Seconds that the answer asked to wait. */
  readonly retryAfter: number | undefined
  /** Milliseconds of a clock that only goes forward: when it came, when it was answered. */
  readonly came: number
  readonly answered: number
}

/** A stub server that listens. */
export interface Stub {
  readonly url: string
  readonly key: string
  readonly shelf: Shelf
  /** Writes in their order, the first of very many. */
  readonly writes: readonly Write[]
  /** Requests that had no or another key. */
  readonly strangers: number
  readonly requests: number
  stop(): Promise<void>
}

/** How a stub server is started. */
export interface StubOptions {
  readonly host: string
  readonly port: number
  readonly schemas: Schemas
  readonly fold: (journal: Uint8Array) => JsonObject | undefined
  readonly mishaps?: readonly Mishap[]
  readonly decisions?: readonly Decision[]
}

/** Writes that are kept for what is asked about a client, and octets of their bodies. */
const MOST_WRITES = 2_000
const MOST_OCTETS = 64 * 1024 * 1024
const METHOD = /^(?:POST|PUT|PATCH|DELETE)$/
/** Milliseconds that the rest of an unwanted body may still come. */
const DRAIN = 2_000
/** Answers of earlier requests by `Idempotency-Key` that are remembered. */
const MOST_KEYS = 2_000

/**
 * A small server of the protocol for runtimes under test: it takes records and journals, gives back what it has, and goes
 * wrong where a scenario says so. Memory and connections are bounded whatever comes.
 */
export const listen = async (options: StubOptions): Promise<Stub> => {
  const key = `cx_${randomBytes(24).toString('hex')}`
  const shelf = new Shelf()
  const mishaps = createMishaps(options.mishaps ?? [])
  const hasMishaps = (options.mishaps ?? []).length > 0
  const writes: Write[] = []
  const repeated = new Map<string, { readonly body: string; readonly reply: Reply }>()
  const afloat = { octets: 0 }
  const counts = { requests: 0, strangers: 0, octets: 0 }
  const desk: Desk = { ...options, shelf, decide: (run) => decide(run, options.decisions ?? []) }

  const isKnown = ({ headers }: IncomingMessage): boolean => {
    const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
    const given = headers['x-api-key'] ?? bearer
    return typeof given === 'string' && timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(key)))
  }

  const reply = async (message: IncomingMessage, came: number): Promise<Reply | 'cut'> => {
    const number = ++counts.requests
    const url = new URL(message.url ?? '/', 'http://stub')
    const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET')
    message.on('error', () => undefined)
    if (url.pathname === '/.well-known/agent-run') return discovery()
    if (!isKnown(message)) {
      counts.strangers++
      return problemReply(401, 'key.refused', {}, { 'www-authenticate': 'Bearer', connection: 'close' })
    }
    const path = pathOf(url)
    if (path === undefined) {
      if (method !== 'GET')
        shelf.refuse({
          message: `a ${METHOD.test(method) ? method : 'request'} went to no path of the protocol: what it brought is not judged`,
          origin: `request ${number}`,
        })
      return problemReply(404, 'http.not_found')
    }
    const refuse = (made: Reply, operation: string | undefined, body: Uint8Array): Reply => {
      const lines = hasMishaps ? Number.POSITIVE_INFINITY : (shelf.runs.get(path[1] ?? '')?.chain.length ?? 0)
      const refusal = refusalOf(options.schemas, { operation, method, body, reply: made, lines })
      if (refusal !== undefined) shelf.refuse({ ...refusal, origin: `request ${number}` })
      return made
    }
    const operation = operationOf({ method, path })
    const body = await readBody(
      message,
      operation === 'POST runs:batch' ? limits.batch_octets : limits.body_octets,
      afloat,
    )
    if (!Buffer.isBuffer(body)) return refuse(body, operation, Buffer.alloc(0))
    const type = mediaType(operation, message.headers['content-type'])
    if (type !== undefined) {
      if (operation === 'POST runs') shelf.keep(body, `POST /api/v1/runs, request ${number}`)
      return refuse(type, operation, body)
    }
    const request: StubRequest = { method, path, query: url.searchParams, headers: message.headers, body, number }
    if (!isWrite(operation)) return refuse(answer(desk, request), operation, body)
    const mishap = mishaps.next()
    if (mishap !== undefined && operation === 'POST runs') shelf.keep(body, `POST /api/v1/runs, request ${number}`)
    const done = mishap?.answer
      ? mishapReply(mishap.answer)
      : mishap?.cut === 'before_storing'
        ? undefined
        : refuse(
            once(message.headers['idempotency-key'], `${operation} ${path.join('/')} ${sha256(body)}`, () =>
              answer(desk, request),
            ),
            operation,
            body,
          )
    const shown = mishap?.cut === undefined ? done : undefined
    note({
      operation: operation!,
      target: path[1],
      body,
      status: shown?.status,
      retryAfter: mishap?.answer?.retry_after,
      came,
      answered: performance.now(),
    })
    return shown ?? 'cut'
  }

  /** The same answer to the same request with the same Idempotency-Key (AR-HTTP-028). */
  const once = (name: string | string[] | undefined, body: string, act: () => Reply): Reply => {
    if (typeof name !== 'string') return act()
    const earlier = repeated.get(name)
    if (earlier !== undefined) return earlier.body === body ? earlier.reply : problemReply(422, 'idempotency.reused')
    const made = act()
    if (repeated.size < MOST_KEYS && made.status < 500) repeated.set(name, { body, reply: made })
    return made
  }

  const note = (write: Write): void => {
    counts.octets += write.body.length
    if (writes.length < MOST_WRITES && counts.octets <= MOST_OCTETS) writes.push(write)
  }

  const server = createServer((message, response) => {
    void reply(message, performance.now())
      .catch(() => problemReply(400, 'http.malformed'))
      .then((made) => send(message, response, made))
  })
  server.maxConnections = 1_024
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Failure(`cannot listen on ${printable(options.host)}:${options.port}: ${error.code ?? 'unknown'}`)),
    )
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    key,
    shelf,
    writes,
    get strangers() {
      return counts.strangers
    },
    get requests() {
      return counts.requests
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const send = (message: IncomingMessage, response: ServerResponse, made: Reply | 'cut'): void => {
  if (made === 'cut') {
    message.socket.destroy()
    return
  }
  const { status, headers, body } = made
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(message.method === 'HEAD' ? undefined : body)
  if (message.complete) return
  // What is left of a body that nobody wants is read away, for a short time.
  message.resume()
  const { socket } = message
  setTimeout(() => socket.destroy(), DRAIN).unref()
}

const pathOf = (url: URL): readonly string[] | undefined => {
  if (!url.pathname.startsWith('/api/v1/')) return undefined
  try {
    return url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}

const NDJSON = 'application/x-ndjson'
const TYPES: Readonly<Record<string, string>> = {
  'POST runs': 'application/json',
  'POST runs:batch': NDJSON,
  'POST runs/*/events': NDJSON,
  'PATCH runs/*': 'application/merge-patch+json',
  'PUT runs/*/eval': 'application/json',
  'POST runs/*/approvals/*': 'application/json',
}

/** 415 for another media type than that of the operation (AR-HTTP-011). */
const mediaType = (operation: string | undefined, given: string | undefined): Reply | undefined => {
  const wanted = operation === undefined ? undefined : TYPES[operation]
  const isRight = wanted === undefined || given?.split(';')[0]?.trim().toLowerCase() === wanted
  return isRight ? undefined : problemReply(415, 'body.media_type')
}

/** Ids of the runs that a write is about, with the value of each record or line. */
export const valuesOf = ({ operation, body }: Write): readonly JsonObject[] => {
  if (operation === 'POST runs') return [parseBody(body)].filter(isObject)
  return body
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => parseBody(Buffer.from(line)))
    .filter(isObject)
}
