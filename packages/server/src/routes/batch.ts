import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { type BodyRule, isGzip, notGzip, tooLarge } from '../app/body.ts'
import type { RouteModule } from '../app/context.ts'
import { continueBody } from '../app/expectation.ts'
import type { Limits } from '../app/limits.ts'
import { waitForOctets } from '../app/octets.ts'
import { knownParameters } from '../app/parameters.ts'
import { Problem } from '../app/problem.ts'
import { GROUP_OCTETS, receiveBatch } from '../receive/receive-batch.ts'
import { splitLines } from '../receive/split-lines.ts'

const NDJSON = 'application/x-ndjson'
const LINE_FEED = 0x0a
const body: BodyRule = { media: [NDJSON], limit: 'batch_octets' }

/**
 * Octets of results that may wait for the client. Many clients read nothing before they have sent everything: so much
 * is kept for them, and then nothing more is taken in until they read.
 */
const HELD = 16 * 1024 * 1024

/** Many runs in one request, streamed in and out (AR-HTTP-070 to AR-HTTP-073). */
export const batchRoutes: RouteModule = (app, context) => {
  app.post('/api/v1/runs::batch', { config: { scope: 'runs:write', body } }, async (request, reply) => {
    knownParameters(request, [])
    const { limits } = context
    const lines = splitLines(octetsWithin(request, limits), limits.line_octets)
    const results = receiveBatch(lines, context, request.tenant)
    // Until there is a result, what is wrong with the body is the answer itself.
    const first = await results.next()
    const out = new PassThrough({ writableHighWaterMark: HELD, readableHighWaterMark: 64 * 1024 })
    void pump(first, results, out, limits.body_ms)
    return reply.header('content-type', NDJSON).send(out)
  })
}

const pump = async (
  first: IteratorResult<string, void>,
  results: AsyncGenerator<string, void, void>,
  out: PassThrough,
  ms: number,
): Promise<void> => {
  try {
    for (let next = first; !next.done; next = await results.next())
      if (!out.write(next.value)) await once(out, 'drain', { signal: AbortSignal.timeout(ms) })
    out.end()
  } catch (error) {
    out.destroy(error as Error)
  }
}

/** The chunks of a body, inflated; not one more than the limit allows. Of them a line and a group are held at most. */
async function* octetsWithin(request: FastifyRequest, limits: Limits): AsyncGenerator<Buffer, void, void> {
  continueBody(request.raw)
  const arriving = waitForOctets(request.raw, limits.body_ms)
  let length = 0
  let line = 0
  for await (const chunk of isGzip(request) ? inflated(arriving) : arriving) {
    length += chunk.length
    if (length > limits.batch_octets) throw tooLarge(limits.batch_octets)
    const end = chunk.lastIndexOf(LINE_FEED)
    line = end < 0 ? line + chunk.length : chunk.length - end - 1
    const refusal = request.held?.hold(Math.min(line, limits.line_octets) + Math.min(length, GROUP_OCTETS))
    if (refusal !== undefined) throw refusal
    yield chunk
  }
}

/** Inflates as much as is asked for, so a small body never becomes a large one in memory. */
async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const gunzip = createGunzip()
  const over = new AbortController()
  let fault: unknown
  const feed = async (): Promise<void> => {
    try {
      for await (const chunk of chunks) if (!gunzip.write(chunk)) await once(gunzip, 'drain', { signal: over.signal })
      gunzip.end()
    } catch (error) {
      fault ??= error
      gunzip.destroy(error as Error)
    }
  }
  void feed()
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    throw (fault ?? error) instanceof Problem ? (fault ?? error) : notGzip(error)
  } finally {
    over.abort()
  }
}
