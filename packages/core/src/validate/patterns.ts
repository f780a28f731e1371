// Tests of strings that stand in almost every step. Each says exactly what the pattern of the schemas says: the common
// shape is recognised by its character codes, anything else is left to the pattern itself.

const TIME =
  /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/u
const OPEN_VALUE = /^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*)?$/u

/** The two-digit number at `i`, or NaN-like garbage above 99 if those are no digits. */
function twoDigits(s: string, i: number): number {
  const tens = s.charCodeAt(i) - 48
  const ones = s.charCodeAt(i + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100
}

/** Whether a string has the shape of a time (spec/bytes.md, Times); `2026-02-30T00:00:00Z` has it. */
export function isTime(s: string): boolean {
  return isUtcTime(s) || TIME.test(s)
}

function isUtcTime(s: string): boolean {
  const last = s.length - 1
  // 20 characters without a fraction, 22 to 30 with one.
  if (last < 19 || last > 29 || last === 20 || s.charCodeAt(last) !== 0x5a) return false
  const month = twoDigits(s, 5)
  const day = twoDigits(s, 8)
  if (
    twoDigits(s, 0) > 99 ||
    twoDigits(s, 2) > 99 ||
    s.charCodeAt(4) !== 0x2d ||
    month < 1 ||
    month > 12 ||
    s.charCodeAt(7) !== 0x2d ||
    day < 1 ||
    day > 31 ||
    s.charCodeAt(10) !== 0x54 ||
    twoDigits(s, 11) > 23 ||
    s.charCodeAt(13) !== 0x3a ||
    twoDigits(s, 14) > 59 ||
    s.charCodeAt(16) !== 0x3a ||
    twoDigits(s, 17) > 59
  ) {
    return false
  }
  if (last === 19) return true
  if (s.charCodeAt(19) !== 0x2e) return false
  for (let i = 20; i < last; i++) {
    const digit = s.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return false
  }
  return true
}

/** Whether a string may be a value of an open vocabulary: `rate_limited`, or `vendor:name`. */
export function isOpenValue(s: string): boolean {
  for (let i = 0; i < s.length; i++) {
    const code = s.charCodeAt(i)
    if (code !== 0x5f && (code < 0x61 || code > 0x7a)) return OPEN_VALUE.test(s)
  }
  return s.length > 0 && s.charCodeAt(0) !== 0x5f
}
