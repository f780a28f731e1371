import { readFailure } from './failure.ts'
import type { Settings } from './options.ts'
import type { Cancellation } from './platform.ts'
import { harmless, RequestError } from './request-error.ts'

/** What is asked of the server. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Whole address, at the origin of the settings. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly accept?: string
  /** Whether doing it twice is the same as doing it once. */
  readonly repeatable: boolean
  /** Statuses that are answers like any other, besides 200 to 299. */
  readonly expected?: readonly number[]
  readonly signal?: Cancellation | undefined
  /** Milliseconds of silence after which the answer counts as lost; that of the settings by default. */
  readonly timeout?: number
}

/** An answer whose body is still to be read. */
export interface OpenAnswer {
  readonly status: number
  header(name: string): string | null
  /** The body, as it comes. Ends with a RequestError if it is cut off or nothing comes for too long. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** Lets go of what has not been read. */
  close(): void
}

const mostRedirects = 5

/** Octets in a millisecond that every connection carries. */
const slowestUpload = 16

/**
 * Makes one request and waits for the beginning of the answer.
 * @throws RequestError; or what the caller's signal gives as its reason
 */
export async function attempt(settings: Settings, request: Request): Promise<OpenAnswer> {
  const { origin } = settings
  let { url } = request
  for (let redirects = 0; ; redirects++) {
    const answer = await ask(settings, request, url)
    const { status } = answer
    const isGood = (status >= 200 && status < 300) || request.expected?.includes(status) === true
    if (isGood) return answer
    const location = answer.header('location')
    if (status !== 0 && (status < 300 || status >= 400)) throw await readFailure(answer, settings)
    answer.close()
    const next = status !== 0 && location !== null ? resolved(location, url) : undefined
    if (next?.origin !== origin)
      throw new RequestError(
        'client.redirected',
        next === undefined
          ? 'the server redirects, where to cannot be seen here; expected the url where it is'
          : `the server redirects to ${next.origin}, where no key is sent; if that is right, make it the url`,
        { status },
      )
    const isSameRequest = status === 307 || status === 308 || request.method === 'GET'
    if (!isSameRequest || redirects === mostRedirects)
      throw new RequestError('client.redirected', `the server redirects with ${status}, which is not followed`, {
        status,
      })
    url = next.href
  }
}

const resolved = (location: string, base: string): URL | undefined => {
  try {
    return new URL(location, base)
  } catch {
    return undefined
  }
}

async function ask(settings: Settings, request: Request, url: string): Promise<OpenAnswer> {
  const { key } = settings
  const timeout = request.timeout ?? settings.timeout
  // The server says nothing while a body is on its way, and that may take long.
  const upload = (request.body?.length ?? 0) / slowestUpload
  const watch = watchOver([settings.signal, request.signal], timeout, upload)
  try {
    const response = await settings.fetch(url, {
      method: request.method,
      headers: {
        accept: request.accept ?? 'application/json, application/problem+json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...request.headers,
      },
      // Followed by us: a browser or Node would send some headers along to other origins.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      signal: watch.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    watch.touch()
    return opened(response, watch, key)
  } catch (error) {
    watch.stop()
    throw watch.explain(error, key)
  }
}

function opened(response: Response, watch: Watch, key: string | undefined): OpenAnswer {
  const reader = response.body?.getReader()
  const close = (): void => {
    watch.stop()
    reader?.cancel().catch(() => undefined)
  }
  if (reader === undefined) watch.stop()
  async function* chunks(): AsyncGenerator<Uint8Array> {
    if (reader === undefined) return
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        watch.touch()
        if (value !== undefined) yield value
      }
    } catch (error) {
      throw watch.explain(error, key)
    } finally {
      close()
    }
  }
  return {
    status: response.type === 'opaqueredirect' ? 0 : response.status,
    header: (name) => response.headers.get(name),
    chunks: { [Symbol.asyncIterator]: chunks },
    close,
  }
}

/** Ends a request when the caller says so, or when nothing has come for too long. */
interface Watch {
  readonly signal: AbortSignal
  touch(): void
  stop(): void
  /** What to throw for an error that the request ended with. */
  explain(error: unknown, key: string | undefined): unknown
}

function watchOver(signals: readonly (Cancellation | undefined)[], timeout: number, upload: number): Watch {
  const controller = new AbortController()
  const given = signals.filter((signal) => signal !== undefined)
  let isLate = false
  let timer: unknown
  const stopped = (): Cancellation | undefined => given.find(({ aborted }) => aborted)
  const abort = (): void => controller.abort(stopped()?.reason)
  const stop = (): void => {
    clearTimeout(timer)
    for (const signal of given) signal.removeEventListener('abort', abort)
  }
  const limit = (milliseconds: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      isLate = true
      controller.abort()
    }, milliseconds)
  }
  const touch = (): void => limit(timeout)
  for (const signal of given) signal.addEventListener('abort', abort)
  if (stopped() !== undefined) abort()
  limit(timeout + upload)
  return {
    signal: controller.signal,
    touch,
    stop,
    explain(error, key) {
      if (error instanceof RequestError) return error
      const caller = stopped()
      if (caller !== undefined) return caller.reason
      if (isLate) return new RequestError('client.timeout', `the server was silent for ${timeout} ms`)
      return new RequestError('client.unreachable', `there is no answer: ${harmless(described(error), key)}`)
    },
  }
}

/** What a failed fetch says; Node's says why in its cause. */
const described = (error: unknown): string => {
  const { cause, message } = (error ?? {}) as { readonly cause?: unknown; readonly message?: unknown }
  const { code, message: deeper } = (cause ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  const parts = [message, deeper || code].filter((part) => typeof part === 'string' && part !== '')
  return parts.length === 0 ? 'the request failed' : parts.join(': ')
}
