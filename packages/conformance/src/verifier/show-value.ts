import { isObject, type Json } from '../bytes/json.ts'

/** Hashes and other bytes in hexadecimal, dotted codes, words, pointers into a record, times: what a message may repeat. */
const QUOTABLE =
  /^(?:(?:sha256:)?[0-9a-f]{1,128}|[a-z0-9_.-]{1,48}|(?:\/[A-Za-z0-9_~-]{1,64}){1,12}|\d{4}-\d\d-\d\dT[\d:.]{8,18}Z?)$/

/** Longest expected value and longest text of a subject that are shown, in characters. */
const LONGEST_EXPECTED = 120
const LONGEST_FOUND = 60

/** Printable ASCII: no message steers a terminal or turns a text around. */
const PLAIN = /^[\x20-\x7e]+$/

/** An expected value, which everybody can look up in the vectors: as JSON if that is short, else by its sort. */
const showExpected = (value: Json | undefined): string => {
  if (value === undefined || (typeof value === 'string' && QUOTABLE.test(value))) return showValue(value)
  const text = JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return text.length <= LONGEST_EXPECTED ? text : showValue(value)
}

/** What a harness answered in the place of an expected value: a short text in printable ASCII is shown, else as {@link showValue} does. */
const showFound = (value: Json | undefined): string =>
  typeof value === 'string' && !QUOTABLE.test(value) && value.length <= LONGEST_FOUND && PLAIN.test(value)
    ? JSON.stringify(value)
    : showValue(value)

/**
 * A value for a message. Only what a closed vocabulary, a hash or a place can be is repeated; everything else is named by
 * its sort, for it may be anything.
 */
export const showValue = (value: Json | undefined): string => {
  if (value === undefined) return 'nothing'
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string')
    return value === '' ? 'an empty text' : QUOTABLE.test(value) ? value : `a text of ${value.length} characters`
  if (isObject(value)) return `an object of ${Object.keys(value).length} members`
  return `a list of ${(value as readonly Json[]).length}`
}

/** One sentence about two values that should be equal. */
export const showDifference = (expected: Json | undefined, found: Json | undefined): string => {
  const [one, other] = [showExpected(expected), showFound(found)]
  if (typeof expected === 'string' && typeof found === 'string' && one === other) {
    const at = [...expected].findIndex((c, index) => c !== [...found][index])
    return `expected another text of ${expected.length} characters, different from character ${at + 1} on`
  }
  return `expected ${one}, found ${other}`
}
