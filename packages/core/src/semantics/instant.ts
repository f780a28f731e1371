/**
 * A point in time, exact to the nanosecond: whole seconds since 1970-01-01T00:00:00Z (negative before) and the
 * nanoseconds after them, 0 to 999,999,999. A `Date` would lose everything below the millisecond.
 */
export interface Instant {
  readonly seconds: number
  readonly nanoseconds: number
}

const DASH = 0x2d
const POINT = 0x2e
const COLON = 0x3a
const LETTER_T = 0x54
const LETTER_Z = 0x5a

/**
 * Reads a time as the record profile writes it: `YYYY-MM-DDThh:mm:ss[.1–9 digits](Z|±hh:mm)`.
 * @returns `undefined` for another form and for a date or time that does not exist: 30 February, hour 24, second 60.
 * (AR-RUN-007)
 */
export const parseInstant = (text: string): Instant | undefined => {
  const { length } = text
  if (length < 20 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text.charCodeAt(10) !== LETTER_T)
    return undefined
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  // NaN, where there were no digits, fails every comparison.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined

  let end = 19
  let nanoseconds = 0
  if (text.charCodeAt(end) === POINT) {
    end++
    while (end < length && isDigit(text.charCodeAt(end))) end++
    const count = end - 20
    if (count < 1 || count > 9) return undefined
    nanoseconds = digits(text, 20, count) * 10 ** (9 - count)
  }
  const offset = offsetSeconds(text, end)
  if (offset === undefined) return undefined
  const seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  return { seconds, nanoseconds }
}

/** Negative if `a` is before `b`, 0 if they are the same instant, positive if `a` is after `b`. */
export const compareInstants = (a: Instant, b: Instant): number =>
  a.seconds - b.seconds || a.nanoseconds - b.nanoseconds

/** Whether one written time is before another; never of one that does not exist. */
export const isBefore = (a: string, b: string): boolean => {
  const [first, second] = [parseInstant(a), parseInstant(b)]
  return first !== undefined && second !== undefined && compareInstants(first, second) < 0
}

/** Milliseconds from `from` to `to`, with fractions. */
export const millisecondsBetween = (from: Instant, to: Instant): number =>
  (to.seconds - from.seconds) * 1000 + (to.nanoseconds - from.nanoseconds) / 1e6

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March. */
const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The offset from UTC that ends a time, `Z` or `±hh:mm`. */
const offsetSeconds = (text: string, at: number): number | undefined => {
  if (text.charCodeAt(at) === LETTER_Z) return at + 1 === text.length ? 0 : undefined
  const sign = text[at] === '+' ? 1 : text[at] === '-' ? -1 : undefined
  if (sign === undefined || at + 6 !== text.length || text[at + 3] !== ':') return undefined
  const hours = twoDigits(text, at + 1)
  const minutes = twoDigits(text, at + 4)
  return hours <= 23 && minutes <= 59 ? sign * (hours * 3600 + minutes * 60) : undefined
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** The number written with two digits, NaN if there is anything else. */
const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at)
  const units = text.charCodeAt(at + 1)
  return isDigit(tens) && isDigit(units) ? tens * 10 + units - 11 * 0x30 : Number.NaN
}

/** The number written with `count` digits, NaN if there is anything else. */
const digits = (text: string, at: number, count: number): number => {
  let value = 0
  for (let index = at; index < at + count; index++) {
    const code = text.charCodeAt(index)
    if (!isDigit(code)) return Number.NaN
    value = value * 10 + code - 0x30
  }
  return value
}
