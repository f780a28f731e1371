/** Who sees what the reader of a response gets, when the reader gets it. */
export interface BodyObserver {
  chunk(bytes: Uint8Array): void
  end(): void
  fail(error: unknown): void
  cancel(): void
}

/** Answers that have no body. */
const bodiless = new Set([101, 103, 204, 205, 304])

/**
 * A response like the one given, whose body somebody observes: the same bytes in the same pieces, read from the network
 * when its reader asks and not before, cancelled when its reader cancels. `undefined` if it has no body to observe.
 */
export function observed(response: Response, observer: BodyObserver): Response | undefined {
  const { body, status, statusText, headers } = response
  if (body === null || response.bodyUsed || isLocked(body) || bodiless.has(status)) return undefined
  return like(response, new Response(follow(body, observer), { status, statusText, headers }))
}

/** Whether somebody reads a body already. */
const isLocked = (body: ReadableStream): boolean => (body as { readonly locked?: unknown }).locked === true

/** What a constructor cannot say of a response; a clone has it, too. */
function like(original: Response, response: Response): Response {
  const { url, redirected, type } = original
  const clone = (): Response => like(original, Response.prototype.clone.call(response))
  const own = Object.entries({ url, redirected, type, clone }).map(([name, value]) => [
    name,
    { value, configurable: true, writable: true },
  ])
  return Object.defineProperties(response, Object.fromEntries(own))
}

/** What an observer does wrong is not the reader's concern. */
const quietly = (tell: () => void): void => {
  try {
    tell()
  } catch {
    // The record lacks it then.
  }
}

function follow(body: ReadableStream, observer: BodyObserver): ReadableStream {
  const reader = body.getReader()
  let isCancelled = false
  return new ReadableStream({
    // As the body of a response is: whoever reads into buffers of his own can go on doing so.
    type: 'bytes',
    async pull(controller) {
      try {
        const bytes = await nextPiece(reader)
        if (isCancelled) return
        if (bytes === undefined) {
          quietly(() => observer.end())
          controller.close()
          controller.byobRequest?.respond(0)
          return
        }
        quietly(() => observer.chunk(bytes))
        // A stream of bytes takes away what it is given, and this may be a part of something larger: Node's pool of buffers.
        controller.enqueue(new Uint8Array(bytes))
      } catch (error) {
        if (isCancelled) return
        quietly(() => observer.fail(error))
        controller.error(error)
      }
    },
    cancel(reason) {
      isCancelled = true
      quietly(() => observer.cancel())
      return reader.cancel(reason)
    },
  })
}

/** The next piece with anything in it, since a stream of bytes takes no empty ones; `undefined` at the end. */
const nextPiece = async (reader: ReadableStreamDefaultReader): Promise<Uint8Array | undefined> => {
  for (;;) {
    const { done, value } = await reader.read()
    if (done || value === undefined) return undefined
    if (value.length > 0) return value
  }
}
