import { inCanonicalOrder } from './order.ts'
import { serialize } from './serialize.ts'

/**
 * Canonical form of a JSON value by RFC 8785: names sorted by UTF-16 code units, numbers as ECMAScript prints them,
 * no white space (AR-BYTES-009). Absent members stay absent, `null` stays `null`, `toJSON` is never called.
 *
 * @throws {TypeError} if the value is not JSON: `undefined`, a function, a symbol or a bigint, a number that is not
 * finite, an object that is neither plain nor an array, half a surrogate pair in a string or name, nesting deeper than
 * 512 levels (a cycle ends there)
 */
export function canonicalize(value: unknown): string {
  const ordered = inCanonicalOrder(value)
  // JSON.stringify would call a toJSON that somebody put on Object.prototype or Array.prototype.
  if (ordered === undefined || 'toJSON' in []) return serialize(value)
  const text = JSON.stringify(ordered)
  // JSON.stringify escapes half a surrogate pair where RFC 8785 refuses it. A text that merely looks like that
  // escape (a backslash followed by "ud") takes the exact way too, which tells them apart.
  return text.includes('\\ud') ? serialize(value) : text
}
