import { Gather } from './gather.ts'
import { type Cutter, type Item, problemAt, tooLarge } from './item.ts'

const LF = 0x0a
const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

const BOM = Buffer.from('\ufeff')

/** What is expected next outside an element. */
type State = 'start' | 'first' | 'element' | 'separator' | 'done' | 'broken'

/**
 * One JSON array, cut into its elements by their bytes alone: only strings, brackets and commas are looked at, each
 * element is then read like a document of its own. Where the list itself is broken the rest is not read.
 */
export class ArrayCutter implements Cutter {
  readonly #maxSize: number
  readonly #carry: Gather
  #state: State = 'start'
  #line = 1
  #column = 1
  #depth = 0
  #inElement = false
  #inString = false
  #escaped = false
  #startLine = 1
  #startColumn = 1
  /** Bytes in the pieces before this one. */
  #before = 0
  #startOffset = 0
  #elements = 0

  constructor(maxSize: number) {
    this.#maxSize = maxSize
    this.#carry = new Gather(maxSize)
  }

  *push(chunk: Buffer): Iterable<Item> {
    let start = 0
    let from = 0
    if (this.#state === 'start' && this.#column === 1 && chunk.indexOf(BOM) === 0) {
      yield problemAt(1, 1, 'json.bom', 'found a byte order mark, expected the text to begin at once')
      this.#column = 2
      from = BOM.length
    }
    for (let i = from; i < chunk.length && this.#state !== 'broken'; i++) {
      const byte = chunk[i] as number
      if (this.#inElement) {
        // A number or word ends where something follows that is not its own; that byte is looked at again outside.
        const end = this.#ends(byte)
        if (end === 'before' || end === 'after') {
          const stop = end === 'after' ? i + 1 : i
          if (end === 'after') this.#advance(byte)
          yield* this.#cut(chunk.subarray(start, stop))
          if (end === 'after') continue
        } else {
          this.#advance(byte)
          continue
        }
      }
      if (this.#begins(byte)) {
        start = i
        this.#startOffset = this.#before + i
        if (this.#ends(byte) === 'after') {
          this.#advance(byte)
          yield* this.#cut(chunk.subarray(start, i + 1))
          continue
        }
      } else yield* this.#between(byte)
      this.#advance(byte)
    }
    if (this.#inElement) this.#carry.add(chunk.subarray(start))
    this.#before += chunk.length
  }

  *end(): Iterable<Item> {
    if (this.#inElement) yield* this.#cut(Buffer.alloc(0))
    else if (this.#state !== 'done' && this.#state !== 'broken')
      yield problemAt(this.#line, this.#column, 'json.syntax', 'the list is not closed: expected a value or ]')
    if (this.#state === 'done' && this.#elements === 0)
      yield problemAt(1, 1, 'input.no_records', 'the list is empty: it holds no record')
  }

  *#cut(rest: Buffer): Iterable<Item> {
    this.#inElement = false
    this.#inString = false
    this.#depth = 0
    this.#state = 'separator'
    this.#elements++
    if (this.#carry.length + rest.length > this.#maxSize) {
      this.#carry.drop()
      yield tooLarge(this.#startLine, this.#startColumn, 'record', this.#maxSize)
      return
    }
    const bytes = this.#carry.take(rest)
    yield { kind: 'document', bytes, offset: this.#startOffset, line: this.#startLine, column: this.#startColumn }
  }

  /** Whether an element begins with this byte; if so, its place is remembered. */
  #begins(byte: number): boolean {
    if (this.#state !== 'first' && this.#state !== 'element') return false
    if (isSpace(byte) || byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT) return false
    this.#inElement = true
    this.#startLine = this.#line
    this.#startColumn = this.#column
    return true
  }

  /** Follows one byte of an element: does the element end before it, after it or not yet? */
  #ends(byte: number): 'before' | 'after' | 'not yet' {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (byte === BACKSLASH) this.#escaped = true
      else if (byte === QUOTE) {
        this.#inString = false
        return this.#depth === 0 ? 'after' : 'not yet'
      }
      return 'not yet'
    }
    if (byte === QUOTE) this.#inString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth++
    else if (this.#depth === 0) return isSpace(byte) || byte === COMMA || byte === CLOSE_LIST ? 'before' : 'not yet'
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) return --this.#depth === 0 ? 'after' : 'not yet'
    return 'not yet'
  }

  *#between(byte: number): Iterable<Item> {
    if (isSpace(byte)) return
    const state = this.#state
    if (state === 'start' && byte === OPEN_LIST) this.#state = 'first'
    else if (state === 'separator' && byte === COMMA) this.#state = 'element'
    else if (byte === CLOSE_LIST && (state === 'first' || state === 'separator')) this.#state = 'done'
    else {
      this.#state = 'broken'
      const expected = state === 'separator' ? '"," or "]"' : state === 'done' ? 'nothing' : 'a record'
      yield problemAt(
        this.#line,
        this.#column,
        state === 'done' ? 'json.trailing' : 'json.syntax',
        `expected ${expected} here in the list of records; the rest was not read`,
      )
    }
  }

  #advance(byte: number): void {
    if (byte === LF) {
      this.#line++
      this.#column = 1
    } else if ((byte & 0xc0) !== 0x80) this.#column += byte >= 0xf0 ? 2 : 1
  }
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09
