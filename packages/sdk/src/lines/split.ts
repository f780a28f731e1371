/** A line of an input: its number from 1, and its text; `undefined` where it could not be decoded, with the reason. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly text: undefined; readonly reason: string }

/** What input may be: whole, or in chunks cut anywhere. */
export type Content = string | Uint8Array | Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>

/** Settings of `splitLines`. */
export interface SplitOptions {
  /** Longest line in bytes; a longer one is passed over without being held. */
  readonly maxLineBytes: number
  /** Sees every chunk as bytes, in order, for example to compute a digest. */
  readonly onBytes: (bytes: Uint8Array) => void
}

const lineFeed = 0x0a

/**
 * Splits input into lines, in memory of one chunk and one line. Ends are LF or CR LF; empty lines are counted and passed
 * over, and so is padding of NUL bytes before a line (a preallocated file). A line that is not UTF-8 or too long is
 * reported, not thrown. What `content` throws while it is iterated is passed on.
 *
 * @returns the lines that end in each chunk, to be used up before the next chunk is asked for
 */
export async function* splitLines(content: Content, options: SplitOptions): AsyncGenerator<Iterable<Line>> {
  const splitter = new LineSplitter(options.maxLineBytes)
  const encoder = new TextEncoder()
  for await (const chunk of chunksOf(content)) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
    options.onBytes(bytes)
    yield splitter.push(bytes)
  }
  yield splitter.end()
}

/** What was read of a line that has not ended yet. */
class LineSplitter {
  readonly #longest: number
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #number = 0
  #parts: Uint8Array[] = []
  #length = 0

  constructor(longest: number) {
    this.#longest = longest
  }

  *push(bytes: Uint8Array): Iterable<Line> {
    let start = 0
    while (start < bytes.length) {
      const end = bytes.indexOf(lineFeed, start)
      const stop = end < 0 ? bytes.length : end
      this.#length += stop - start
      if (this.#length > this.#longest) this.#parts = []
      // A chunk may be a buffer that the caller uses again: what is kept beyond this chunk is copied. Not by its own
      // `slice`, which for a Node Buffer is a view.
      else if (stop > start) {
        const part = bytes.subarray(start, stop)
        this.#parts.push(end < 0 ? new Uint8Array(part) : part)
      }
      start = stop + 1
      if (end < 0) break
      const line = this.#finish()
      if (line) yield line
    }
  }

  *end(): Iterable<Line> {
    const line = this.#length > 0 ? this.#finish() : undefined
    if (line) yield line
  }

  #finish(): Line | undefined {
    const number = ++this.#number
    const size = this.#length
    const parts = this.#parts
    const bytes = parts.length === 1 && parts[0] ? parts[0] : join(parts, Math.min(size, this.#longest))
    this.#parts = []
    this.#length = 0
    if (size > this.#longest) return { number, text: undefined, reason: `longer than ${this.#longest} bytes` }
    const trimmed = trim(bytes, number === 1)
    if (trimmed.length === 0) return undefined
    try {
      return { number, text: this.#decoder.decode(trimmed) }
    } catch {
      return { number, text: undefined, reason: 'not UTF-8' }
    }
  }
}

function chunksOf(content: Content): Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string> {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Without NUL padding and a byte order mark at the front, without white space at both ends. */
function trim(bytes: Uint8Array, first: boolean): Uint8Array {
  let start = 0
  let end = bytes.length
  if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start = 3
  while (start < end && isBlank(bytes[start])) start++
  while (end > start && isBlank(bytes[end - 1])) end--
  return bytes.subarray(start, end)
}

const isBlank = (byte: number | undefined): boolean => byte === 0x00 || byte === 0x20 || byte === 0x09 || byte === 0x0d
