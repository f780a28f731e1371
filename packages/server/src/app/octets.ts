import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { problem } from './problem.ts'

/** Milliseconds that are spent on what is left of a body after its answer. */
const REST_MS = 10_000

/**
 * All octets of a request, collected within `ms` milliseconds. What is left of a body that is refused on the way is not
 * read here: {@link passRest} lets it by after the answer.
 * @param tooLarge made and thrown as soon as more than `limit` octets have come
 * @param hold told how many octets have come; what it gives is thrown
 * @throws Problem 408 body.timeout, 400 body.incomplete
 */
export const collectOctets = (
  source: IncomingMessage,
  {
    limit,
    ms,
    tooLarge,
    hold,
  }: {
    readonly limit: number
    readonly ms: number
    readonly tooLarge: () => Error
    readonly hold: (octets: number) => Error | undefined
  },
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    let isSettled = false
    const settle = (action: () => void): void => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      source.off('data', take).off('end', end).off('error', fail).off('close', fail)
      action()
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      chunks.push(chunk)
      const refusal = length > limit ? tooLarge() : hold(length)
      if (refusal === undefined) return
      source.pause()
      // Whoever waits for the rest to pass by must not hold what has come.
      chunks.length = 0
      settle(() => reject(refusal))
    }
    const end = (): void =>
      settle(() => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length)))
    const fail = (cause?: unknown): void => settle(() => reject(incomplete(cause)))
    const timer = setTimeout(() => {
      // What arrived while the server itself was busy is not late.
      setImmediate(() => {
        if (!isSettled) source.pause()
        chunks.length = 0
        settle(() => reject(late(ms)))
      })
    }, ms)
    source.on('data', take).on('end', end).on('error', fail).on('close', fail)
  })

/**
 * The chunks of a body as they come, at most `ms` milliseconds of waiting in total: time that the server itself takes
 * between two chunks does not count. A reader that stops early leaves the source alone.
 * @throws Problem 408 body.timeout, 400 body.incomplete
 */
export async function* waitForOctets(source: Readable, ms: number): AsyncGenerator<Buffer, void, void> {
  let left = ms
  const chunks = source.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const began = performance.now()
      const next = await within(chunks.next(), left)
      left -= performance.now() - began
      if (next === LATE) throw late(ms)
      if (next.done) return
      yield next.value as Buffer
    }
  } finally {
    // Of an iterator that is still waiting, nobody waits for the end.
    void chunks.return?.().catch(() => {})
  }
}

const LATE = Symbol('late')

const within = async <T>(promise: Promise<T>, ms: number): Promise<T | typeof LATE> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => setImmediate(resolve, LATE), Math.max(0, ms))
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

const late = (ms: number): Error =>
  problem(408, 'body.timeout', {
    detail: `expected the body within ${Math.ceil(ms / 1000)} s`,
    headers: { connection: 'close' },
  })

/** The connection ended before the body did. */
export const incomplete = (cause: unknown): Error =>
  problem(400, 'body.incomplete', {
    detail: 'the connection ended before the body did',
    headers: { connection: 'close' },
    ...(cause === undefined ? {} : { cause }),
  })

/**
 * Lets by what is left of a body that was answered before it ended, so that the client can read its answer; a client
 * that does not end within `ms` milliseconds is cut off. Call once the answer is out.
 */
export const passRest = (source: IncomingMessage, ms: number = REST_MS): void => {
  if (source.complete || source.destroyed) return
  const timer = setTimeout(() => {
    // Node doesn't tell of the end of a body that it dropped itself; the connection may have gone on to the next request.
    if (!source.complete) source.destroy()
  }, ms)
  timer.unref()
  const done = (): void => clearTimeout(timer)
  source.once('end', done).once('close', done).once('error', done)
  // One that still listens for it would keep the stream from flowing.
  source.removeAllListeners('readable')
  source.resume()
}
