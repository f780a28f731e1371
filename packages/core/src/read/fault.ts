import { foundAt } from './found.ts'
import { pointerOf } from './pointer.ts'
import { inRange } from './survey.ts'

/** Codes of what can be wrong with a text, and the requirement each of them breaks. */
export const requirements = {
  'json.utf8': 'AR-BYTES-001',
  'json.bom': 'AR-BYTES-002',
  'json.empty': 'AR-BYTES-003',
  'json.syntax': 'AR-BYTES-003',
  'json.duplicate_name': 'AR-BYTES-004',
  'json.lone_surrogate': 'AR-BYTES-005',
  'json.number_range': 'AR-BYTES-006',
  'json.depth': 'AR-BYTES-007',
  'json.trailing': 'AR-BYTES-008',
} as const

export type ReadCode = keyof typeof requirements

/** The first thing wrong with a text: `offset` in UTF-16 code units, `path` the JSON Pointer as far as it is known. */
export interface Fault {
  readonly code: ReadCode
  readonly offset: number
  readonly path: string
  readonly message: string
}

/**
 * The first fault of a text against the record profile, AR-BYTES-003 to AR-BYTES-008; undefined if there is none.
 * Reads every character once, without recursion. This is the exact half of the strict reader.
 */
export function findFault(text: string, maxDepth: number): Fault | undefined {
  try {
    new Checker(text, maxDepth).check()
    return undefined
  } catch (error) {
    if (error instanceof Stop) return error.fault
    throw error
  }
}

class Stop extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.message)
    this.fault = fault
  }
}

/** An open object (`names` holds those seen, `key` is the current one) or array (`key` is the current index). */
interface Frame {
  readonly names: Set<string> | undefined
  key: string | number | undefined
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const NUMBER_PART = /[\w.+-]/
const LITERAL = /(?:true|false|null)\b/y
const HEX = /[0-9a-fA-F]{0,4}/y
/** What a text that was cut after a high surrogate may end with: nothing, or the beginning of a further escape. */
const CUT_ESCAPE = /^(?:\\(?:u[0-9a-fA-F]{0,3})?)?$/
/** A number that lacks its last digits because the text ends. */
const CUT_NUMBER = /-?(?:(?:0|[1-9][0-9]*)(?:\.|(?:\.[0-9]+)?[eE][+-]?))?$/y

class Checker {
  readonly #text: string
  readonly #maxDepth: number
  readonly #frames: Frame[] = []
  #at = 0

  constructor(text: string, maxDepth: number) {
    this.#text = text
    this.#maxDepth = maxDepth
  }

  check(): void {
    this.#space()
    if (this.#at === this.#text.length) {
      const found = this.#at === 0 ? 'no text' : 'only white space'
      this.#fail('json.empty', `found ${found}, expected one JSON value`, 0)
    }
    while (this.#value() || this.#next());
    this.#space()
    if (this.#at < this.#text.length) {
      this.#fail('json.trailing', `found ${this.#found()} after the value, expected only white space`)
    }
  }

  /** A scalar, or an array or object up to its first value; true if that value comes next. */
  #value(): boolean {
    const c = this.#text[this.#at]
    if (c === '{' || c === '[') return this.#open(c)
    if (c === '"') this.#string()
    else if (c !== undefined && (c === '-' || (c >= '0' && c <= '9'))) this.#number()
    else if (this.#match(LITERAL) === undefined) this.#unexpected('a value')
    return false
  }

  #open(bracket: '{' | '['): boolean {
    if (this.#frames.length === this.#maxDepth) {
      this.#fail('json.depth', `found nesting deeper than ${this.#maxDepth}, expected at most ${this.#maxDepth} levels`)
    }
    this.#at++
    this.#space()
    if (bracket === '{') this.#frames.push({ names: new Set(), key: undefined })
    else this.#frames.push({ names: undefined, key: 0 })
    if (this.#text[this.#at] === (bracket === '{' ? '}' : ']')) return false
    if (bracket === '{') this.#name('a member name or "}"')
    return true
  }

  /** After a value: closes what ends here and goes to the next value; false once the root has ended. */
  #next(): boolean {
    for (;;) {
      const frame = this.#frames.at(-1)
      if (frame === undefined) return false
      this.#space()
      const close = frame.names === undefined ? ']' : '}'
      const c = this.#text[this.#at]
      if (c === close) {
        this.#at++
        this.#frames.pop()
      } else if (c === ',') {
        this.#at++
        this.#space()
        if (typeof frame.key === 'number') frame.key++
        else this.#name('a member name')
        return true
      } else this.#unexpected(`"," or "${close}"`)
    }
  }

  /** A member name and its colon. */
  #name(expected: string): void {
    const frame = this.#frames.at(-1)!
    frame.key = undefined
    const start = this.#at
    if (this.#text[start] !== '"') this.#unexpected(expected)
    const escaped = this.#string()
    const token = this.#text.slice(start, this.#at)
    const name: string = escaped ? JSON.parse(token) : token.slice(1, -1)
    frame.key = name
    if (frame.names!.has(name)) {
      this.#fail('json.duplicate_name', 'found a second member of this name, expected each name once', start)
    }
    frame.names!.add(name)
    this.#space()
    if (this.#text[this.#at] !== ':') this.#unexpected('":"')
    this.#at++
    this.#space()
  }

  /** A string from its opening quote past its closing one. True if it holds an escape. */
  #string(): boolean {
    const text = this.#text
    let escaped = false
    this.#at++
    for (;;) {
      const c = text.charCodeAt(this.#at)
      if (c === 0x22) {
        this.#at++
        return escaped
      }
      if (c === 0x5c) {
        escaped = true
        this.#escape()
      } else if (c >= 0xd800 && c <= 0xdfff) {
        const low = text.charCodeAt(this.#at + 1)
        if (c >= 0xdc00 || !(low >= 0xdc00 && low <= 0xdfff)) this.#loneSurrogate()
        this.#at += 2
      } else if (c >= 0x20) this.#at++
      else if (Number.isNaN(c)) this.#unexpected("a closing '\"'", 'a string')
      else this.#fail('json.syntax', `found ${this.#found()} in a string, expected it to be escaped`)
    }
  }

  #escape(): void {
    const text = this.#text
    const kind = text[this.#at + 1]
    if (kind === undefined) {
      this.#at++
      this.#unexpected('an escape sequence', 'a string')
    }
    if (kind !== 'u') {
      if (!'"\\/bfnrt'.includes(kind)) {
        this.#fail(
          'json.syntax',
          'found an unknown escape sequence, expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u',
        )
      }
      this.#at += 2
      return
    }
    const unit = this.#hex4(this.#at + 2)
    if (unit >= 0xd800 && unit <= 0xdbff && !CUT_ESCAPE.test(text.slice(this.#at + 6, this.#at + 12))) {
      const low = text.startsWith('\\u', this.#at + 6) ? this.#hex4(this.#at + 8) : 0
      if (low < 0xdc00 || low > 0xdfff) this.#loneSurrogate()
      this.#at += 6
    } else if (unit >= 0xdc00 && unit <= 0xdfff) this.#loneSurrogate()
    this.#at += 6
  }

  /** The code unit that four hexadecimal digits stand for. */
  #hex4(at: number): number {
    HEX.lastIndex = at
    const digits = HEX.exec(this.#text)![0]
    if (digits.length === 4) return Number.parseInt(digits, 16)
    if (at + digits.length < this.#text.length) {
      this.#fail('json.syntax', 'found an incomplete \\u escape, expected four hexadecimal digits')
    }
    this.#at = this.#text.length
    this.#unexpected('four hexadecimal digits', 'a string')
  }

  #loneSurrogate(): never {
    // A name that cannot be written in UTF-8 makes no pointer: `key` is undefined there and the object is named.
    this.#fail('json.lone_surrogate', 'found half of a surrogate pair, expected a whole character')
  }

  #number(): void {
    const start = this.#at
    const token = this.#match(NUMBER)
    const rest = this.#text[this.#at]
    if (token === undefined || (rest !== undefined && NUMBER_PART.test(rest))) {
      CUT_NUMBER.lastIndex = start
      if (CUT_NUMBER.test(this.#text)) {
        this.#at = this.#text.length
        this.#unexpected('a digit', 'a number')
      }
      this.#fail('json.syntax', 'found a malformed number, expected one such as 12, -0.5 or 1e3', start)
    }
    if (!inRange(Number(token))) {
      const limit = Number.MAX_SAFE_INTEGER
      this.#fail('json.number_range', `found a number beyond the exact range, expected -${limit} to ${limit}`, start)
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const token = pattern.exec(this.#text)?.[0]
    if (token !== undefined) this.#at += token.length
    return token
  }

  #space(): void {
    for (;;) {
      const c = this.#text.charCodeAt(this.#at)
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return
      this.#at++
    }
  }

  #found(): string {
    return foundAt(this.#text, this.#at)
  }

  #unexpected(expected: string, inside?: string): never {
    if (this.#at < this.#text.length) this.#fail('json.syntax', `found ${this.#found()}, expected ${expected}`)
    const frame = this.#frames.at(-1)
    const where = inside ?? (frame === undefined ? 'a value' : frame.names === undefined ? 'an array' : 'an object')
    this.#fail('json.syntax', `found the end of the text in the middle of ${where}, expected ${expected}`)
  }

  #fail(code: ReadCode, message: string, offset = this.#at): never {
    const tokens = this.#frames.map((frame) => frame.key).filter((key) => key !== undefined)
    throw new Stop({ code, offset, path: pointerOf(tokens), message })
  }
}
