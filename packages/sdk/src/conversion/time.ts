/** A moment: as a record writes it, and in milliseconds since 1970. */
export interface Moment {
  readonly text: string
  readonly ms: number
}

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/**
 * Reads a timestamp of the transcript. Only possible dates are times; anything else is unknown.
 * The text is in UTC with milliseconds, which is what Claude Code writes.
 */
export function readTime(value: unknown): Moment | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined
  const utc = readUtc(value)
  if (utc) return utc
  const match = pattern.exec(value)
  if (!match) return undefined
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])))
  if (day.getUTCMonth() !== Number(match[2]) - 1 || day.getUTCDate() !== Number(match[3])) return undefined
  const ms = Date.parse(value)
  if (Number.isNaN(ms) || ms < Date.UTC(1, 0) || ms > Date.UTC(9999, 11, 31)) return undefined
  return { text: new Date(ms).toISOString(), ms }
}

/** Milliseconds of a time that a record says; as `Date.parse`, but for most times several times as fast. */
export const millisecondsOf = (text: string): number => readUtc(text)?.ms ?? Date.parse(text)

/** A time as most sources write it, `2026-11-20T14:00:00.000Z`, read digit by digit: that is what a line costs most often. */
function readUtc(text: string): Moment | undefined {
  if (text.length !== 24 || text.charCodeAt(19) !== 46 || text.charCodeAt(23) !== 90) return undefined
  const [year, month, day] = [number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)]
  const [hour, minute, second] = [number(text, 11, 13), number(text, 14, 16), number(text, 17, 19)]
  // Years of fewer digits than four, months that end early: the exact way.
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60))
    return undefined
  const separated =
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, number(text, 20, 23))
  return separated && !Number.isNaN(ms) ? { text, ms } : undefined
}

/** Digits as a number; NaN if there is anything else. */
function number(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** The moment so many milliseconds after 1970; `undefined` for what no record can say. Fractions of a millisecond are dropped. */
export function momentAt(ms: number): Moment | undefined {
  if (!Number.isFinite(ms) || ms < Date.UTC(1, 0) || ms > Date.UTC(9999, 11, 31)) return undefined
  const whole = Math.floor(ms)
  return { text: new Date(whole).toISOString(), ms: whole }
}

/** The same for sources that leave the time zone out: such a time counts as UTC, so only distances between times are sure. */
export const readTimeOrUtc = (value: unknown): Moment | undefined =>
  readTime(value) ?? (typeof value === 'string' ? readTime(`${value}Z`) : undefined)
