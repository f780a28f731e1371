/** Where the lines of a text begin, so that many places in it can be found quickly. Lines end with LF or CRLF. */
export class LineIndex {
  readonly #text: string
  readonly #starts: number[] = [0]

  constructor(text: string) {
    this.#text = text
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) this.#starts.push(end + 1)
  }

  get lineCount(): number {
    return this.#starts.length
  }

  /** Line and column of an offset, both from 1, the column in UTF-16 code units. */
  placeOf(offset: number): { line: number; column: number } {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1 }
  }

  /** Where a line begins and where its text ends, without the line end. */
  boundsOf(line: number): { start: number; end: number } {
    const start = this.#starts[line - 1] ?? this.#text.length
    const next = this.#starts[line]
    let end = next === undefined ? this.#text.length : next - 1
    if (next !== undefined && end > start && this.#text[end - 1] === '\r') end--
    return { start, end }
  }
}
