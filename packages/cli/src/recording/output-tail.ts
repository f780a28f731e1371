import { redact } from '@agent-run/sdk/preview'

/** Bytes of output that are held. */
const held = 65_536

/** Characters that are shown of it. */
const shown = 1900

/** The end of what a command writes; the rest is let go of. */
export class OutputTail {
  readonly #chunks: Buffer[] = []
  #size = 0

  /** Takes note of more output. */
  add(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    while (this.#size - (this.#chunks[0]?.length ?? 0) >= held) this.#size -= (this.#chunks.shift() as Buffer).length
  }

  /**
   * The last lines, without secrets of known shapes. They are looked for in more than is shown, so that none loses its
   * shape by being cut; empty if nothing was written.
   */
  text(): string {
    const text = redact(Buffer.concat(this.#chunks).subarray(-held).toString('utf8'))
    if (text.length <= shown) return text
    const end = text.slice(-shown)
    const line = end.indexOf('\n')
    return `…\n${end.slice(line === -1 ? end.search(/\s/) + 1 : line + 1)}`
  }
}
