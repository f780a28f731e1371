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
 * Splits input into lines, in memory of one line. Ends are LF or CR LF; empty lines are counted and passed over, and so
 * is padding of NUL bytes before a line (a preallocated file). A line that is not UTF-8 or too long is reported, not thrown.
 * What `content` throws while it is iterated is passed on.
 */
export async function* splitLines(content: Content, options: SplitOptions): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const encoder = new TextEncoder()
  let number = 0
  let parts: Uint8Array[] = []
  let length = 0

  const finish = (): Line | undefined => {
    number++
    const size = length
    const bytes = parts.length === 1 && parts[0] ? parts[0] : join(parts, Math.min(size, options.maxLineBytes))
    parts = []
    length = 0
    if (size > options.maxLineBytes) {
      return { number, text: undefined, reason: `longer than ${options.maxLineBytes} bytes` }
    }
    const trimmed = trim(bytes, number === 1)
    if (trimmed.length === 0) return undefined
    try {
      return { number, text: decoder.decode(trimmed) }
    } catch {
      return { number, text: undefined, reason: 'not UTF-8' }
    }
  }

  for await (const chunk of chunksOf(content)) {
    const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
    options.onBytes(bytes)
    let start = 0
    while (start < bytes.length) {
      const end = bytes.indexOf(lineFeed, start)
      const stop = end < 0 ? bytes.length : end
      length += stop - start
      if (length > options.maxLineBytes) parts = []
      // A chunk may be a buffer that the caller uses again: what is kept beyond this chunk is copied. Not by its own
      // `slice`, which for a Node Buffer is a view.
      else if (stop > start) {
        const part = bytes.subarray(start, stop)
        parts.push(end < 0 ? new Uint8Array(part) : part)
      }
      start = stop + 1
      if (end < 0) break
      const line = finish()
      if (line) yield line
    }
  }
  if (length > 0) {
    const line = finish()
    if (line) yield line
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
