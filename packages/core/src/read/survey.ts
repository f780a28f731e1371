import type { JsonValue } from './json-value.ts'

/**
 * The cheap half of the strict reader. Native `JSON.parse` says whether a text is JSON; what it hides is seen by
 * counting. Every string of the text, names included, stands between two unescaped quotes. Every string that survives
 * parsing is a member name or a value. A repeated name is dropped together with its value, so the two counts are equal
 * exactly if no name is repeated.
 *
 * Both counts are NaN where something needs a closer look, and NaN equals nothing.
 */

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LETTER_U = 0x75

/**
 * Number of strings, names included, in the UTF-8 bytes of valid JSON.
 * NaN if an escape stands for half a surrogate pair.
 */
export function countStrings(bytes: Uint8Array): number {
  let escapedQuotes = 0
  let escapeEnd = 0
  const readEscapes = (from: number, to: number): void => {
    for (let at = Math.max(from, escapeEnd); at < to; at++) {
      if (bytes[at] !== BACKSLASH) continue
      if (bytes[at + 1] === QUOTE) escapedQuotes++
      const length = bytes[at + 1] === LETTER_U ? escapeLength(bytes, at) : 2
      if (length === 0) escapedQuotes = Number.NaN
      escapeEnd = at + (length || 2)
      at = escapeEnd - 1
    }
  }
  // Four bytes at a time is several times faster than one; what does not fill a word goes one by one.
  // The patterns are constants of the function: a bundler turns those of the module into variables, and an engine that
  // has to look them up for every word takes twice the time.
  const LOW_BITS = 0x7f7f7f7f
  const HIGH_BITS = 0x80808080
  const ONES = 0x01010101
  const QUOTES = 0x22222222
  const BACKSLASHES = 0x5c5c5c5c
  const head = Math.min(-bytes.byteOffset & 3, bytes.length)
  const words =
    bytes.length < 8
      ? new Int32Array(0)
      : new Int32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >>> 2)
  const tail = head + words.length * 4
  let quotes = countQuotes(bytes, 0, head) + countQuotes(bytes, tail, bytes.length)
  readEscapes(0, head)
  for (let i = 0; i < words.length; ) {
    let lanes = 0 // one count in each of its bytes, which holds up to 255
    for (const end = Math.min(i + 255, words.length); i < end; i++) {
      const word = words[i]!
      const quote = word ^ QUOTES
      lanes = (lanes + (~(((quote & LOW_BITS) + LOW_BITS) | quote | LOW_BITS) >>> 7)) | 0
      const backslash = word ^ BACKSLASHES
      if (((backslash - ONES) & ~backslash & HIGH_BITS) !== 0) readEscapes(head + i * 4, head + i * 4 + 4)
    }
    quotes += (lanes & 255) + ((lanes >>> 8) & 255) + ((lanes >>> 16) & 255) + (lanes >>> 24)
  }
  readEscapes(tail, bytes.length)
  return (quotes - escapedQuotes) / 2
}

function countQuotes(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (bytes[at] === QUOTE) count++
  return count
}

/** Length of the `\u` escape at an offset, both halves of a surrogate pair together; 0 for half a pair. */
function escapeLength(bytes: Uint8Array, at: number): number {
  const surrogate = surrogateAt(bytes, at)
  if (surrogate === undefined) return 6
  return surrogate === 'high' && surrogateAt(bytes, at + 6) === 'low' ? 12 : 0
}

/** Which half of a surrogate pair the escape at an offset stands for: `\uD800` to `\uDBFF` high, `\uDC00` on low. */
function surrogateAt(bytes: Uint8Array, at: number): 'high' | 'low' | undefined {
  if (bytes[at] !== BACKSLASH || bytes[at + 1] !== LETTER_U || (bytes[at + 2]! | 0x20) !== 0x64) return undefined
  const digit = bytes[at + 3]! | 0x20
  if (digit === 0x38 || digit === 0x39 || digit === 0x61 || digit === 0x62) return 'high'
  return digit >= 0x63 ? 'low' : undefined
}

/**
 * Number of strings in a parsed value: member names, and values that are strings.
 * NaN if it is nested deeper than `depth` or holds a number beyond ±(2^53 − 1).
 */
export function countValueStrings(value: JsonValue, depth: number): number {
  if (typeof value === 'string') return 1
  if (typeof value === 'number') return inRange(value) ? 0 : Number.NaN
  // `for in` is the fastest walk there is, but it sees what somebody may have put on Object.prototype.
  for (const _ in {}) return Number.NaN
  return typeof value === 'object' && value !== null ? countIn(value, depth) : 0
}

function countIn(parent: JsonValue[] | { [name: string]: JsonValue }, depth: number): number {
  if (depth === 0) return Number.NaN
  let count = 0
  // The same lines twice: strings and numbers settled in place, without a call for each, take half the time.
  if (Array.isArray(parent)) {
    for (const child of parent) {
      if (typeof child === 'string') count++
      else if (typeof child === 'number') {
        if (!inRange(child)) return Number.NaN
      } else if (typeof child === 'object' && child !== null) count += countIn(child, depth - 1)
    }
    return count
  }
  for (const name in parent) {
    const child = parent[name]!
    count++
    if (typeof child === 'string') count++
    else if (typeof child === 'number') {
      if (!inRange(child)) return Number.NaN
    } else if (typeof child === 'object' && child !== null) count += countIn(child, depth - 1)
  }
  return count
}

/** Whether the record profile admits a number of this value: no double beyond ±(2^53 − 1), infinity included. */
export function inRange(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER
}
