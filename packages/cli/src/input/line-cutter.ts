import { Gather } from './gather.ts'
import { type Cutter, type Item, tooLarge } from './item.ts'

const LF = 0x0a

/** Record separator of JSON text sequences (RFC 7464); it may stand before each value. */
const RS = 0x1e

/**
 * NDJSON: one value a line. Blank lines are passed over, also for line numbers they count. A line that is too long
 * is a problem of its own and the next one is read.
 */
export class LineCutter implements Cutter {
  readonly #maxSize: number
  readonly #carry: Gather
  #line: number
  /** Where the line begins that is being read. */
  #start: number

  /** @param from where the first byte stands that will be pushed: at the beginning of a line */
  constructor(maxSize: number, from: { readonly line: number; readonly offset: number } = { line: 1, offset: 0 }) {
    this.#maxSize = maxSize
    this.#carry = new Gather(maxSize)
    this.#line = from.line
    this.#start = from.offset
  }

  /** Lines so far that have ended. */
  get lines(): number {
    return this.#line - 1
  }

  *push(chunk: Buffer): Iterable<Item> {
    let start = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      const length = this.#carry.length + end + 1 - start
      yield* this.#cut(chunk.subarray(start, end))
      this.#line++
      this.#start += length
      start = end + 1
    }
    this.#carry.add(chunk.subarray(start))
  }

  *end(): Iterable<Item> {
    if (this.#carry.length > 0) yield* this.#cut(Buffer.alloc(0))
  }

  *#cut(rest: Buffer): Iterable<Item> {
    if (this.#carry.length + rest.length > this.#maxSize) {
      this.#carry.drop()
      yield tooLarge(this.#line, 1, 'line', this.#maxSize)
      return
    }
    const line = this.#carry.take(rest)
    const bytes = line[0] === RS ? line.subarray(1) : line
    if (isBlank(bytes)) return
    const before = line.length - bytes.length
    yield { kind: 'document', bytes, offset: this.#start + before, line: this.#line, column: 1 + before }
  }
}

/** Whether there is nothing but white space as JSON knows it. */
export function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09 && byte !== LF) return false
  return true
}
