import { type ClientRequest, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** What an exchange may take; a server can neither hold nor fill the one who asks. */
export interface Bounds {
  /** Seconds from the first octet sent to the last one received. */
  readonly seconds: number
  /** Octets of an answer's body. */
  readonly octets: number
}

/** A request, ready to be sent. `path` is sent as it is, dots and all. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly octets: Uint8Array | undefined
  /** Sent without a Content-Length. */
  readonly chunked: boolean
}

export interface Answer {
  readonly status: number
  /** Names in lower case; several of one name joined by comma and space. */
  readonly headers: Readonly<Record<string, string>>
  readonly octets: Uint8Array
}

/**
 * An answer, or in one sentence why there is none: `begun` if the beginning of one came, `closed` if the other side closed the
 * connection instead.
 */
export type Outcome =
  | { readonly answer: Answer }
  | { readonly failure: string; readonly begun?: true; readonly closed?: true }

/**
 * A body longer than this waits a moment, in milliseconds, so that a server can refuse it by its declared length. If the
 * connection breaks while it is sent, the refusal may have been lost with it, and it waits longer the next time.
 */
const LONG_BODY = 256 * 1024
const MOMENTS = [100, 1000, 3000]
const CHUNK = 64 * 1024
const HEADER_OCTETS = 64 * 1024

const CLOSED = 'closed the connection without answering'

/** Sends a request on a connection of its own. Follows no redirect, never throws for what a server does. */
export const exchange = async (url: URL, sent: Sent, bounds: Bounds): Promise<Outcome> => {
  const moments = isLong(sent) ? MOMENTS : [0]
  let outcome: Outcome = { failure: 'nothing was sent' }
  for (const moment of moments) {
    const tried = await attempt(url, sent, bounds, moment)
    outcome = tried.outcome
    if (!tried.broken) break
  }
  return outcome
}

/** What came of sending once; `broken` if the connection broke under what was sent. */
interface Attempt {
  readonly outcome: Outcome
  readonly broken: boolean
}

const attempt = (url: URL, sent: Sent, bounds: Bounds, moment: number): Promise<Attempt> =>
  new Promise((resolve) => {
    const request = open(url, sent)
    let settled = false
    let begun = false
    const settle = (outcome: Outcome, broken = false): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      request.destroy()
      resolve({ outcome: 'failure' in outcome && begun ? { ...outcome, begun } : outcome, broken })
    }
    const timer = setTimeout(
      () => settle({ failure: `no whole answer within ${bounds.seconds} s` }),
      bounds.seconds * 1000,
    )
    request.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET'
        ? settle({ failure: CLOSED, closed: true }, true)
        : settle({ failure: `no answer: ${reason(error)}` }),
    )
    request.on('close', () => settle({ failure: CLOSED, closed: true }))
    request.on('response', (response) => {
      begun = true
      read(response, bounds, settle)
    })
    void write(request, sent, moment, () => settled)
  })

const open = (url: URL, { method, path, headers, octets, chunked }: Sent): ClientRequest => {
  const framing: OutgoingHttpHeaders =
    octets === undefined ? {} : chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': octets.length }
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return send({
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    method,
    path: url.pathname.replace(/\/$/, '') + path,
    headers: { ...headers, ...framing, connection: 'close' },
    agent: false,
    maxHeaderSize: HEADER_OCTETS,
  })
}

const read = (response: IncomingMessage, { octets: most }: Bounds, settle: (outcome: Outcome) => void): void => {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > most) settle({ failure: `the answer is longer than ${most} octets` })
    else chunks.push(chunk)
  })
  response.on('end', () => {
    const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')])
    settle({
      answer: { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), octets: Buffer.concat(chunks) },
    })
  })
  const cut = (): void => settle({ failure: 'the connection was closed before the end of the answer', closed: true })
  response.on('aborted', cut)
  response.on('error', cut)
}

const isLong = ({ octets }: Sent): boolean => octets !== undefined && octets.length > LONG_BODY

const write = async (request: ClientRequest, sent: Sent, moment: number, settled: () => boolean): Promise<void> => {
  const { octets } = sent
  if (octets === undefined || !isLong(sent)) {
    request.end(octets)
    return
  }
  let answered = false
  request.on('response', () => {
    answered = true
  })
  request.flushHeaders()
  await new Promise((resolve) => setTimeout(resolve, moment))
  for (let start = 0; start < octets.length; start += CHUNK) {
    if (answered || settled()) return
    if (!request.write(octets.subarray(start, start + CHUNK))) await drained(request)
    // An answer that is there already is read before anything is written that nobody takes any more.
    await new Promise((resolve) => setImmediate(resolve))
  }
  request.end()
}

const drained = (request: ClientRequest): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      request.off('drain', go)
      request.off('close', go)
      resolve()
    }
    request.on('drain', go)
    request.on('close', go)
  })

const reason = (error: NodeJS.ErrnoException): string =>
  (error.code ?? 'the connection failed').replaceAll(/[^A-Za-z0-9_ ]/g, '')
