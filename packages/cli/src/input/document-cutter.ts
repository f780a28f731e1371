import { Gather } from './gather.ts'
import { type Cutter, type Item, tooLarge } from './item.ts'

/** The whole input is one value, whatever it looks like. An empty one is a value too: the reader has a word for it. */
export class DocumentCutter implements Cutter {
  readonly #maxSize: number
  readonly #whole: Gather

  constructor(maxSize: number) {
    this.#maxSize = maxSize
    this.#whole = new Gather(maxSize)
  }

  push(chunk: Buffer): Iterable<Item> {
    this.#whole.add(chunk)
    return []
  }

  *end(): Iterable<Item> {
    if (this.#whole.isTooLarge) yield tooLarge(1, 1, 'document', this.#maxSize)
    else yield { kind: 'document', bytes: this.#whole.take(Buffer.alloc(0)), offset: 0, line: 1, column: 1 }
  }
}
