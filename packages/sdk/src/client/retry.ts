import type { Settings } from './options.ts'
import { RequestError } from './request-error.ts'

/** The server has not worked on the request. */
const refusedUnread: ReadonlySet<number> = new Set([429, 503, 507])

/** The server, or something in front of it, failed; whether it had done the work cannot be known. */
const failedHalfway: ReadonlySet<number> = new Set([408, 425, 500, 502, 504])

const unanswered: ReadonlySet<string> = new Set(['client.unreachable', 'client.timeout'])

/**
 * Whether the same request may succeed later: the server did not answer, had no time or no room, or failed.
 * @param repeatable whether doing it twice is the same as doing it once
 */
export function isWorthRepeating(error: unknown, repeatable: boolean): error is RequestError {
  if (!(error instanceof RequestError)) return false
  const { code, retryAfter, status } = error
  if (unanswered.has(code)) return repeatable
  if (status === undefined) return false
  if (refusedUnread.has(status)) return repeatable || retryAfter !== undefined
  return repeatable && failedHalfway.has(status)
}

/**
 * Milliseconds to wait before the next request, drawn at random so that many clients do not come back together.
 * @param failures how many requests have failed, from 1
 * @returns undefined if the server wants more patience than there is
 */
export function waitBefore(
  failures: number,
  { retryAfter = 0 }: { readonly retryAfter?: number },
  { firstWait, longestWait, random }: Pick<Settings, 'firstWait' | 'longestWait' | 'random'>,
): number | undefined {
  if (retryAfter > longestWait) return undefined
  const spread = random() * Math.min(longestWait, firstWait * 2 ** (failures - 1))
  return Math.min(longestWait, retryAfter + spread)
}

/** `Retry-After` in milliseconds: seconds, or a date, counted from the `Date` of the same answer. */
export function readRetryAfter(header: string | null, date: string | null): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const wait = Date.parse(header) - (date === null ? Date.now() : Date.parse(date))
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
