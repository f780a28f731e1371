/** Longest line of a harness in octets, the line feed aside. */
export const MOST_OCTETS: number = 1024 * 1024

/** Takes octets as they come and gives lines; keeps no more than one line of at most {@link MOST_OCTETS}. */
export interface LineSplitter {
  /** The lines that end in these octets, without line feed and carriage return; null in place of one that is too long. */
  push(octets: Uint8Array): readonly (Uint8Array | null)[]
}

/** A {@link LineSplitter} at the beginning of a stream. */
export const createLineSplitter = (): LineSplitter => {
  let parts: Uint8Array[] = []
  let held = 0
  const take = (part: Uint8Array): void => {
    held += part.length
    if (held <= MOST_OCTETS) parts.push(part)
    else parts = []
  }
  return {
    push(octets) {
      const lines: (Uint8Array | null)[] = []
      let start = 0
      for (let end = octets.indexOf(10); end !== -1; end = octets.indexOf(10, start)) {
        take(octets.subarray(start, end))
        const line = held > MOST_OCTETS ? null : Buffer.concat(parts)
        lines.push(line?.at(-1) === 13 ? line.subarray(0, -1) : line)
        parts = []
        held = 0
        start = end + 1
      }
      if (start < octets.length) take(octets.subarray(start))
      if (held > MOST_OCTETS) lines.push(null)
      return lines
    },
  }
}
