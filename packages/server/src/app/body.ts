import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { continueBody } from './expectation.ts'
import type { Limits } from './limits.ts'
import { collectOctets } from './octets.ts'
import { parameterProblem, problem } from './problem.ts'

/** The body that a route takes. */
export interface BodyRule {
  /** Media types, lower case, without parameters. */
  readonly media: readonly string[]
  /** Which of the limits holds for the octets after inflation. */
  readonly limit: 'body_octets' | 'batch_octets'
}

/** A record, an eval, a patch … as JSON. */
export const jsonBody: BodyRule = { media: ['application/json'], limit: 'body_octets' }

const inflate = promisify(gunzip)

/**
 * Refuses a body by what its headers say: media type (AR-HTTP-011), encoding (AR-HTTP-072), declared length
 * (AR-HTTP-012). Nothing has been read yet.
 * @throws Problem 415, 413
 */
export const checkBodyHeaders = (request: FastifyRequest, rule: BodyRule, limits: Limits): void => {
  const { headers } = request
  if (!isMedia(headers['content-type'], rule.media))
    throw problem(415, 'body.media_type', {
      detail: `expected Content-Type ${rule.media.join(' or ')}`,
      headers: { accept: rule.media.join(', ') },
    })
  if (encodingOf(request) === undefined)
    throw problem(415, 'body.encoding', {
      detail: 'expected no Content-Encoding, identity or gzip',
      headers: { 'accept-encoding': 'gzip, identity' },
    })
  if (Number(headers['content-length'] ?? 0) > limits[rule.limit]) throw tooLarge(limits[rule.limit])
}

/** JSON and NDJSON are UTF-8 (RFC 8259); a charset that says otherwise is another media type. */
const isMedia = (header: string | undefined, media: readonly string[]): boolean => {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase())
  return (
    media.includes(type) &&
    parameters.every((text) => !text.startsWith('charset=') || /^charset="?utf-?8"?$/.test(text))
  )
}

const encodingOf = ({ headers }: FastifyRequest): 'gzip' | 'identity' | undefined => {
  const named = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (named === 'gzip' || named === 'x-gzip') return 'gzip'
  return named === 'identity' || named === '' ? 'identity' : undefined
}

/** Whether the body is compressed. */
export const isGzip = (request: FastifyRequest): boolean => encodingOf(request) === 'gzip'

/** The limit was passed, declared or met on the way (AR-HTTP-012). */
export const tooLarge = (limit: number): Error =>
  problem(413, 'body.too_large', { detail: `expected at most ${limit} octets, after inflation`, limit })

/** What came as gzip and is none. */
export const notGzip = (cause: unknown): Error =>
  problem(400, 'body.malformed', {
    detail: 'found a body that is not gzip, as its Content-Encoding says',
    errors: [{ code: 'body.encoding', message: 'found octets that are not gzip' }],
    cause,
  })

/**
 * The whole body of a request whose route names a {@link BodyRule}, inflated. Never more than the limit is held, twice
 * that for a compressed one.
 * @throws Problem 400 body.incomplete, body.malformed; 408 body.timeout; 413 body.too_large; 503 server.busy
 */
export const octetsOf = async (request: FastifyRequest, limits: Limits): Promise<Buffer> => {
  const rule = request.routeOptions.config.body
  if (rule === undefined) throw new TypeError('the route names no body')
  const limit = limits[rule.limit]
  continueBody(request.raw)
  const hold = (length: number): Error | undefined => request.held?.hold(length)
  const octets = await collectOctets(request.raw, {
    limit,
    ms: limits.body_ms,
    tooLarge: () => tooLarge(limit),
    hold,
  })
  if (!isGzip(request)) return octets
  const inflated = await inflateWithin(octets, limit)
  const refusal = hold(octets.length + inflated.length)
  if (refusal !== undefined) throw refusal
  return inflated
}

const inflateWithin = async (octets: Buffer, limit: number): Promise<Buffer> => {
  try {
    return await inflate(octets, { maxOutputLength: limit })
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : notGzip(error)
  }
}

/** The value of a request header that may come once; undefined if it is absent. */
export const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  if (Array.isArray(value)) throw parameterProblem(400, 'http.malformed', name, 'expected the header once')
  return value
}
