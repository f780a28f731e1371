import type { Cancellation, Fetch } from './platform.ts'

/** How a client reaches its server. Only `url` is needed. */
export interface ClientOptions {
  /** Where the server is, for example `http://127.0.0.1:3000`; a path in front of `/api/v1` is kept. */
  readonly url: string
  /** Key of the server. It is sent to the origin of `url` and nowhere else, and stands in no message. */
  readonly key?: string
  /** Makes the requests; `fetch` of the platform by default. */
  readonly fetch?: Fetch
  /** How often and how long to try again. */
  readonly retry?: RetryOptions
  /** Most milliseconds to wait for the beginning of an answer, and between two parts of it; 30,000 by default. */
  readonly timeout?: number
  /** Ends everything the client is doing. */
  readonly signal?: Cancellation
  /** Most octets of one answer that is held in memory; 64 MiB by default. */
  readonly answerOctets?: number
  /** Waits; the timers of the platform by default. */
  readonly wait?: Wait
  /** Numbers in [0, 1) that spread repeated requests; `Math.random` by default. */
  readonly random?: () => number
}

/** When a request is made again. Only what changes nothing when it happens twice is. */
export interface RetryOptions {
  /** Most requests for one call, the first one included; 4 by default, 1 never tries again. */
  readonly attempts?: number
  /** Milliseconds before the second request, on average half of it; doubled each time. 500 by default. */
  readonly firstWait?: number
  /** Longest wait in milliseconds, also where the server asks for more: then the call fails. 30,000 by default. */
  readonly longestWait?: number
}

/** Resolves after so many milliseconds, or as soon as the signal says so. */
export type Wait = (milliseconds: number, signal: Cancellation) => Promise<void>

/** What every call may be given. */
export interface CallOptions {
  /** Ends this call. */
  readonly signal?: Cancellation
}

/** Options with everything that was not given. */
export interface Settings {
  /** `…/api/v1`, and `…` itself, neither with a slash at the end. */
  readonly api: string
  readonly base: string
  readonly origin: string
  readonly key: string | undefined
  readonly fetch: Fetch
  readonly attempts: number
  readonly firstWait: number
  readonly longestWait: number
  readonly timeout: number
  readonly signal: Cancellation | undefined
  readonly answerOctets: number
  readonly wait: Wait
  readonly random: () => number
}

/**
 * Options as they are used.
 * @throws TypeError for an url, a key or a number that cannot be meant; it never repeats the key
 */
export function readOptions(options: ClientOptions): Settings {
  const { key, retry = {} } = options
  const { base, origin } = readUrl(options.url)
  if (key !== undefined && (typeof key !== 'string' || !/^[!#-[\]-~]{1,512}$/.test(key)))
    throw new TypeError('key is no key; expected 1 to 512 visible ASCII characters without quote and backslash')
  const given: unknown = options.fetch ?? globalThis.fetch
  if (typeof given !== 'function') throw new TypeError('this platform has no fetch; expected the option fetch')
  return {
    api: `${base}/api/v1`,
    base,
    origin,
    key,
    // Called as a method of something else it refuses its service in browsers.
    fetch: (url, init) => (given as Fetch)(url, init),
    attempts: whole('retry.attempts', retry.attempts, 4, 1),
    firstWait: whole('retry.firstWait', retry.firstWait, 500, 0),
    longestWait: whole('retry.longestWait', retry.longestWait, 30_000, 0),
    timeout: whole('timeout', options.timeout, 30_000, 1),
    signal: options.signal,
    answerOctets: whole('answerOctets', options.answerOctets, 64 * 1024 * 1024, 1),
    wait: options.wait ?? platformWait,
    random: options.random ?? Math.random,
  }
}

function readUrl(given: unknown): { base: string; origin: string } {
  let url: URL | undefined
  try {
    if (typeof given === 'string') url = new URL(given)
  } catch {
    // Said below, with what is expected.
  }
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new TypeError('url is no address of a server; expected one such as http://127.0.0.1:3000')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new TypeError('url has a user, a query or a fragment; expected none: the key is an option of its own')
  return { base: url.origin + url.pathname.replace(/\/+$/, ''), origin: url.origin }
}

const whole = (name: string, given: unknown, usual: number, least: number): number => {
  if (given === undefined) return usual
  if (typeof given !== 'number' || !Number.isSafeInteger(given) || given < least)
    throw new TypeError(`${name} is no whole number of at least ${least}`)
  return given
}

/** Timers of the platform. */
export const platformWait: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
