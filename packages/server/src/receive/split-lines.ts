/** A line of NDJSON without its line feed, or the length of one that is longer than a line may be. */
export type Line = { readonly octets: Buffer } | { readonly tooLong: number }

const LF = 0x0a

/**
 * Cuts chunks into lines. At most one line and one chunk are held; of a line above `longest` octets nothing is. What
 * follows the last line feed is a line if there is anything.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Line, void, void> {
  let held: Buffer[] = []
  let length = 0
  const take = (): Line => {
    const line: Line =
      length > longest
        ? { tooLong: length }
        : { octets: held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held, length) }
    held = []
    length = 0
    return line
  }
  const hold = (part: Buffer): void => {
    length += part.length
    if (length > longest) held = []
    else held.push(part)
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      hold(chunk.subarray(from, at))
      from = at + 1
      yield take()
    }
    if (from < chunk.length) hold(chunk.subarray(from))
  }
  if (length > 0) yield take()
}
