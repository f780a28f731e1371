import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import type { Json } from '../../bytes/json.ts'
import { problemReply, type Reply } from './reply.ts'

const MEBI = 1024 * 1024

/** Limits of the stub server, as its discovery document says them. */
export const limits: Readonly<Record<'body_octets' | 'batch_octets' | 'batch_lines' | 'line_octets' | 'page', number>> =
  {
    body_octets: 10 * MEBI,
    batch_octets: 64 * MEBI,
    batch_lines: 10_000,
    line_octets: 10 * MEBI,
    page: 200,
  }

/** A request, read whole. */
export interface StubRequest {
  readonly method: string
  /** Decoded segments of the path below `/api/v1`. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** Number of the request, from 1. */
  readonly number: number
}

/** Octets of bodies that are on their way at most, of all requests together. */
const AFLOAT = 128 * MEBI

/** What bodies that are on their way hold in memory. */
export interface Afloat {
  octets: number
}

/**
 * Reads a body of at most `most` octets. What comes beyond is dropped, and the answer is 413, or 503 while there are too many
 * large ones; it is read on for a while, since a client that still writes would not see the answer otherwise.
 */
export const readBody = async (request: IncomingMessage, most: number, afloat: Afloat): Promise<Buffer | Reply> => {
  let held = 0
  try {
    return await new Promise((resolve) => {
      let parts: Buffer[] | undefined = []
      let length = 0
      const refuse = (reply: Reply): void => {
        parts = undefined
        resolve(reply)
      }
      request.on('data', (part: Buffer) => {
        length += part.length
        if (parts === undefined) return
        held += part.length
        afloat.octets += part.length
        if (length > most) refuse(tooLarge(most))
        else if (afloat.octets > AFLOAT) refuse(problemReply(503, 'server.busy', {}, { 'retry-after': '1' }))
        else parts.push(part)
      })
      request.once('end', () => parts !== undefined && resolve(unpack(request, Buffer.concat(parts), most)))
      request.once('error', () => refuse(problemReply(400, 'body.incomplete')))
      request.once('close', () => refuse(problemReply(400, 'body.incomplete')))
    })
  } finally {
    afloat.octets -= held
  }
}

const unpack = (request: IncomingMessage, body: Buffer, most: number): Buffer | Reply => {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip') return problemReply(415, 'body.encoding')
  try {
    return gunzipSync(body, { maxOutputLength: most })
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return isLarge ? tooLarge(most) : problemReply(400, 'body.malformed')
  }
}

const tooLarge = (limit: number): Reply => problemReply(413, 'body.too_large', { limit }, { connection: 'close' })

/** The JSON value of a body; undefined for one that is none. Whether its octets are those of a record is judged later. */
export const parseBody = (body: Uint8Array): Json | undefined => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json
  } catch {
    return undefined
  }
}
