import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'

/** A request that wrote something, or tried to. */
export interface Arrival {
  readonly method: string
  /** Path without its query. */
  readonly path: string
  /** Status of the answer; 0 if the connection ended before there was one. */
  readonly status: number
  /** The body as it was sent, after inflation; empty where it was not taken. */
  readonly octets: Uint8Array
}

/** What a server is sent, as it arrives. */
export interface Arrivals {
  readonly all: readonly Arrival[]
  /** Octets so far: bodies as they were sent, and inflated, too, where they were compressed; paths; and {@link REQUEST}. */
  readonly total: number
}

/** Octets that every request counts for, so that no number of empty ones fills the memory. */
const REQUEST = 256

/**
 * Keeps the bodies of all writing requests that a server has taken, octet for octet, before it reads them: a store keeps what
 * a record means, and the results of a bench what was sent.
 * @param most octets that are kept altogether
 * @param onWrite told after each write that was accepted
 */
export const keepArrivals = (server: Server, most: number, onWrite: () => void): Arrivals => {
  const all: Arrival[] = []
  let total = 0
  const bodyOf = (parts: readonly Uint8Array[], { headers }: IncomingMessage): Uint8Array => {
    const octets = Buffer.concat(parts)
    const inflated = inflate(octets, headers['content-encoding'], Math.max(1, most - total))
    if (inflated !== octets) total += inflated.length
    return inflated
  }
  const watch = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '' } = request
    if (method === 'GET' || method === 'HEAD') return
    total += url.length + REQUEST
    const parts: Uint8Array[] = []
    // Listening for its data would begin to read it before the server has looked at its headers.
    const push = request.push.bind(request)
    request.push = (part: unknown, encoding?: BufferEncoding): boolean => {
      if (part instanceof Uint8Array) {
        if (total <= most) parts.push(Uint8Array.from(part))
        total += part.length
      }
      return push(part, encoding)
    }
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 0
      const isTaken = status >= 200 && status < 300
      all.push({
        method,
        path: url.split('?', 1)[0] as string,
        status,
        octets: isTaken ? bodyOf(parts, request) : NONE,
      })
      if (isTaken) onWrite()
    })
  }
  server.prependListener('request', watch)
  server.prependListener('checkContinue', watch)
  return {
    all,
    get total() {
      return total
    },
  }
}

const NONE = new Uint8Array()

const inflate = (octets: Uint8Array, encoding: string | undefined, most: number): Uint8Array => {
  if (encoding === undefined || !/^(x-)?gzip$/i.test(encoding.trim())) return octets
  try {
    return gunzipSync(octets, { maxOutputLength: most })
  } catch {
    return NONE
  }
}
