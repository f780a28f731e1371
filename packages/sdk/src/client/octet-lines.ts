import { RequestError } from './request-error.ts'

const lineFeed = 0x0a

/**
 * Lines of an NDJSON answer as they come, octet for octet, without their line feeds; empty ones are left out.
 * @param most longest line in octets
 * @throws RequestError `client.answer` for a longer one, or for a last one without a line feed: the answer was cut off
 */
export async function* octetLines(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(lineFeed, start)
      const part = chunk.subarray(start, end < 0 ? undefined : end)
      length += part.length
      if (length > most) throw new RequestError('client.answer', `a line of the answer is longer than ${most} octets`)
      if (part.length > 0) rest.push(part)
      if (end < 0) break
      if (length > 0) yield joined(rest, length)
      rest = []
      length = 0
      start = end + 1
    }
  }
  if (length > 0) throw new RequestError('client.unreachable', 'the answer ends in the middle of a line')
}

/** Several pieces as one. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
