import { tokensOf } from './pointer.ts'

/** A stretch of a text in UTF-16 code units: `start` is its first, `end` the one behind its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a member or element stands: `key` is the quoted name (members only), `value` its value without white space. */
export interface Location {
  readonly key?: Span
  readonly value: Span
}

/** The pointers asked for, as a tree: one node for each token, `pointer` where one ends. */
interface Wanted {
  pointer?: string
  readonly children: Map<string, Wanted>
}

interface Frame {
  readonly wanted: Wanted | undefined
  readonly start: number
  readonly key: Span | undefined
  /** Index of the current element; undefined in an object. */
  index: number | undefined
}

/**
 * Finds places in a text by JSON Pointer (RFC 6901) in one pass, without recursion and without building the value.
 * What is missing from the text, and what is no pointer, is missing from the result.
 *
 * @param text JSON that {@link readJson} accepted; of anything else the result may be wrong or empty
 */
export function locate(text: string, pointers: Iterable<string>): Map<string, Location> {
  const root = treeOf(pointers)
  const found = new Map<string, Location>()
  const frames: Frame[] = []
  let wanted: Wanted | undefined = root // what is asked for at the value that comes next
  let key: Span | undefined // the name of that value
  let at = 0

  const note = (what: Wanted | undefined, name: Span | undefined, start: number, end: number): void => {
    if (what?.pointer === undefined) return
    found.set(what.pointer, name === undefined ? { value: { start, end } } : { key: name, value: { start, end } })
  }

  while (at < text.length) {
    const c = text.charCodeAt(at)
    const frame = frames.at(-1)
    if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      const index = c === OPEN_ARRAY ? 0 : undefined
      frames.push({ wanted, start: at, key, index })
      wanted = index === 0 ? wanted?.children.get('0') : undefined
      key = undefined
      at++
    } else if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) {
      at++
      const closed = frames.pop()
      if (closed !== undefined) note(closed.wanted, closed.key, closed.start, at)
    } else if (c === COMMA) {
      at++
      if (frame?.index !== undefined) wanted = frame.wanted?.children.get(String(++frame.index))
      else wanted = undefined
      key = undefined
    } else if (c === QUOTE && frame !== undefined && frame.index === undefined && key === undefined) {
      const end = endOfString(text, at)
      key = { start: at, end }
      wanted = frame.wanted?.children.get(nameOf(text.slice(at, end)))
      at = end
    } else if (c === COLON || c === SPACE || c === LF || c === CR || c === TAB) at++
    else {
      const end = c === QUOTE ? endOfString(text, at) : endOfScalar(text, at)
      note(wanted, key, at, end)
      at = end
    }
  }
  return found
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const SPACE = 0x20
const LF = 0x0a
const CR = 0x0d
const TAB = 0x09

function treeOf(pointers: Iterable<string>): Wanted {
  const root: Wanted = { children: new Map() }
  for (const pointer of pointers) {
    const tokens = tokensOf(pointer)
    if (tokens === undefined) continue
    let node = root
    for (const token of tokens) {
      let child = node.children.get(token)
      if (child === undefined) {
        child = { children: new Map() }
        node.children.set(token, child)
      }
      node = child
    }
    node.pointer = pointer
  }
  return root
}

/** The offset behind the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return quote + 1
  }
  return text.length
}

const SCALAR = /[^\s,\]}]+/y

function endOfScalar(text: string, start: number): number {
  SCALAR.lastIndex = start
  return SCALAR.test(text) ? SCALAR.lastIndex : start + 1
}

function nameOf(token: string): string {
  return token.includes('\\') ? JSON.parse(token) : token.slice(1, -1)
}
