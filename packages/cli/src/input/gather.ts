/**
 * Gathers the pieces of one value that does not lie in one chunk. Keeps copies, since chunks are reused, up to a limit;
 * beyond it everything is let go and only the length is counted.
 */
export class Gather {
  readonly #maxSize: number
  #parts: Buffer[] = []
  /** Bytes of the value so far, kept or not. */
  length = 0

  constructor(maxSize: number) {
    this.#maxSize = maxSize
  }

  get isTooLarge(): boolean {
    return this.length > this.#maxSize
  }

  add(part: Buffer): void {
    this.length += part.length
    if (this.isTooLarge) this.#parts = []
    else if (part.length > 0) this.#parts.push(Buffer.from(part))
  }

  /** The whole value with its last piece, which is not copied if it is the only one. Empties the gathering. */
  take(last: Buffer): Buffer {
    const parts = this.#parts
    this.#parts = []
    this.length = 0
    return parts.length === 0 ? last : Buffer.concat([...parts, last])
  }

  /** Forgets the value. */
  drop(): void {
    this.#parts = []
    this.length = 0
  }
}
