import type { Json } from '../bytes/json.ts'
import { pointerOf } from './pointer.ts'

/** Why bytes are no record (AR-BYTES-001 to AR-BYTES-008). */
export interface Refusal {
  /** `json.utf8`, `json.bom`, `json.empty`, `json.syntax`, `json.duplicate_name`, … */
  readonly code: string
  /** JSON Pointer of the place, as far as it is known. */
  readonly path: string
  /** Characters before the fault; 0 where the bytes are no text. */
  readonly offset: number
  /** Line and column, from 1, of the fault in the text. */
  readonly line: number
  readonly column: number
}

/** What bytes are: a value of the record profile, or why not. */
export type Reading = { readonly value: Json } | { readonly refusal: Refusal }

const LARGEST = Number.MAX_SAFE_INTEGER
const DEEPEST = 128
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const NUMBER_GOES_ON = /[A-Za-z0-9_.+-]/y
const LITERAL = /(?:true|false|null)(?![A-Za-z0-9_])/y
const HEX = /[0-9a-fA-F]{4}/y
/** The text ends in what could have become the second half of a pair. */
const CUT_ESCAPE = /(?:\\(?:u[0-9a-fA-F]{0,3})?)?$/y
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/**
 * Reads the bytes of a record, strictly. Nothing is left to `JSON.parse`, which keeps the last of two equal names, takes
 * lone surrogates and rounds numbers. The first fault ends it.
 */
export const read = (octets: Uint8Array): Reading => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch {
    return { refusal: { code: 'json.utf8', path: '', offset: 0, line: 1, column: 1 } }
  }
  const reader = new Reader(text)
  try {
    return { value: reader.read() }
  } catch (error) {
    if (error instanceof Refused) return { refusal: reader.refusal(error) }
    throw error
  }
}

class Refused extends Error {
  readonly code: string
  readonly offset: number

  constructor(code: string, offset: number) {
    super(code)
    this.code = code
    this.offset = offset
  }
}

class Reader {
  readonly #text: string
  #at = 0
  /** Names and indexes of what is open; undefined where a name isn't known yet. */
  readonly #keys: (string | number | undefined)[] = []

  constructor(text: string) {
    this.#text = text
  }

  refusal({ code, offset }: Refused): Refusal {
    const before = this.#text.slice(0, offset)
    const path = pointerOf(this.#keys.filter((key) => key !== undefined))
    const line = before.split('\n').length
    return { code, path, offset, line, column: offset - before.lastIndexOf('\n') }
  }

  read(): Json {
    if (this.#text.startsWith('\ufeff')) this.#fail('json.bom', 0)
    this.#space()
    if (this.#at === this.#text.length) this.#fail('json.empty', 0)
    const value = this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#fail('json.trailing')
    return value
  }

  #value(): Json {
    const first = this.#text[this.#at]
    if (first === '{') return this.#object()
    if (first === '[') return this.#array()
    if (first === '"') return this.#string()
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) return this.#number()
    const literal = this.#match(LITERAL, this.#at)
    if (literal === undefined) return this.#fail('json.syntax')
    this.#at += literal.length
    return literal === 'null' ? null : literal === 'true'
  }

  #object(): Json {
    this.#open()
    const found: Record<string, Json> = {}
    this.#keys.push(undefined)
    if (this.#text[this.#at] !== '}') {
      do {
        this.#keys[this.#keys.length - 1] = undefined
        const name = this.#name(found)
        // An assignment to __proto__ would not make a member.
        if (name === '__proto__') Object.defineProperty(found, name, { ...OWN, value: this.#value() })
        else found[name] = this.#value()
      } while (!this.#closes('}'))
    }
    this.#at++
    this.#keys.pop()
    return found
  }

  #array(): Json {
    this.#open()
    const found: Json[] = []
    this.#keys.push(0)
    if (this.#text[this.#at] !== ']') {
      do {
        this.#keys[this.#keys.length - 1] = found.length
        found.push(this.#value())
      } while (!this.#closes(']'))
    }
    this.#at++
    this.#keys.pop()
    return found
  }

  #open(): void {
    if (this.#keys.length === DEEPEST) this.#fail('json.depth')
    this.#at++
    this.#space()
  }

  /** After a value: whether the bracket follows; otherwise a comma must, which is passed over. */
  #closes(bracket: string): boolean {
    this.#space()
    const next = this.#text[this.#at]
    if (next === bracket) return true
    if (next !== ',') this.#fail('json.syntax')
    this.#at++
    this.#space()
    return false
  }

  #name(taken: object): string {
    const start = this.#at
    if (this.#text[this.#at] !== '"') this.#fail('json.syntax')
    const name = this.#string()
    this.#keys[this.#keys.length - 1] = name
    if (Object.hasOwn(taken, name)) this.#fail('json.duplicate_name', start)
    this.#space()
    if (this.#text[this.#at] !== ':') this.#fail('json.syntax')
    this.#at++
    this.#space()
    return name
  }

  #string(): string {
    let whole = ''
    this.#at++
    for (;;) {
      const start = this.#at
      let unit = this.#text.charCodeAt(this.#at)
      while (unit >= 0x20 && unit !== 0x22 && unit !== 0x5c) unit = this.#text.charCodeAt(++this.#at)
      whole += this.#text.slice(start, this.#at)
      if (unit === 0x22) {
        this.#at++
        return whole
      }
      if (unit !== 0x5c) this.#fail('json.syntax')
      whole += this.#escape()
    }
  }

  #escape(): string {
    const kind = this.#text[this.#at + 1] ?? ''
    if (kind !== 'u') {
      const plain = ESCAPES.get(kind) ?? this.#fail('json.syntax')
      this.#at += 2
      return plain
    }
    const unit = this.#hex(this.#at + 2)
    const rest = this.#at + 6
    if (unit >= 0xd800 && unit <= 0xdbff && this.#match(CUT_ESCAPE, rest) === undefined) {
      const low = this.#text.startsWith('\\u', rest) ? this.#hex(rest + 2) : 0
      if (low < 0xdc00 || low > 0xdfff) this.#fail('json.lone_surrogate')
      this.#at += 12
      return String.fromCharCode(unit, low)
    }
    if (unit >= 0xdc00 && unit <= 0xdfff) this.#fail('json.lone_surrogate')
    this.#at = rest
    return String.fromCharCode(unit)
  }

  #hex(start: number): number {
    const digits = this.#match(HEX, start)
    return digits === undefined ? this.#fail('json.syntax') : Number.parseInt(digits, 16)
  }

  #number(): number {
    const digits = this.#match(NUMBER, this.#at)
    if (digits === undefined || this.#match(NUMBER_GOES_ON, this.#at + digits.length) !== undefined)
      return this.#fail('json.syntax')
    const value = Number(digits)
    if (Math.abs(value) > LARGEST) this.#fail('json.number_range')
    this.#at += digits.length
    return value === 0 ? 0 : value
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'end')) this.#at++
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at
    return pattern.exec(this.#text)?.[0]
  }

  #fail(code: string, offset: number = this.#at): never {
    throw new Refused(code, offset)
  }
}

const OWN = { configurable: true, enumerable: true, writable: true } as const
