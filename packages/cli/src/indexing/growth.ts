import { createHash, type Hash } from 'node:crypto'
import { ReadError, readChunks } from '../input/chunks.ts'
import type { Item } from '../input/item.ts'
import { LineCutter } from '../input/line-cutter.ts'
import { binaryKind, layoutOf, SNIFFED } from '../input/sniff.ts'
import type { Source } from '../input/source.ts'
import type { Prefix } from './stored-sources.ts'

const LF = 0x0a

/** Whether a file is one of those that grow by lines. */
export const mayGrow = (name: string): boolean => /\.(jsonl|ndjson)$/i.test(name)

/** Follows the bytes of a file of lines, and knows those that will still be there when it has grown. */
export class PrefixDigest {
  readonly #name: string
  readonly #all: Hash
  #upToLine: Hash
  #read: number
  #bytes: number
  #lines: number
  #isLines: boolean | undefined

  /** @param after what is known already, and the hash of it */
  constructor(name: string, after?: { readonly prefix: Prefix; readonly hash: Hash }) {
    this.#name = name
    this.#all = after?.hash ?? createHash('sha256')
    this.#upToLine = this.#all.copy()
    this.#read = this.#bytes = after?.prefix.bytes ?? 0
    this.#lines = after?.prefix.lines ?? 0
    this.#isLines = after && true
  }

  /** Takes more bytes of the file. */
  add(chunk: Buffer): void {
    // What a file is, is decided by its beginning: if there was too little of it, more of it may decide otherwise.
    this.#isLines ??=
      chunk.length >= SNIFFED && layoutOf(this.#name, chunk) === 'lines' && binaryKind(chunk) === undefined
    if (!this.#isLines) return
    const end = chunk.lastIndexOf(LF) + 1
    if (end > 0) {
      this.#all.update(chunk.subarray(0, end))
      this.#upToLine = this.#all.copy()
      this.#bytes = this.#read + end
      for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) this.#lines++
    }
    this.#all.update(chunk.subarray(end))
    this.#read += chunk.length
  }

  /** Lines that have ended. */
  get lines(): number {
    return this.#lines
  }

  /** The beginning of the file up to the last line that has ended; undefined if the file is no file of lines, or short. */
  get prefix(): Pick<Prefix, 'bytes' | 'lines' | 'digest'> | undefined {
    if (!this.#isLines || this.#bytes < SNIFFED) return undefined
    return { bytes: this.#bytes, lines: this.#lines, digest: this.#upToLine.copy().digest('hex') }
  }
}

/**
 * The values of a file behind a beginning that is known. All of the beginning is read and hashed, since nothing else is
 * certain: who appends a line may have changed another one as well. Undefined if the beginning is not the known one.
 */
export async function readGrown(
  source: Source,
  prefix: Prefix,
  options: { readonly maxSize: number; readonly onRead: (bytes: number) => void },
): Promise<{ readonly items: AsyncGenerator<Item>; readonly digest: PrefixDigest } | undefined> {
  const hash = createHash('sha256')
  const chunks = readChunks(source, options.onRead)
  let left = prefix.bytes
  let rest: Buffer = Buffer.alloc(0)
  try {
    while (left > 0) {
      const { value, done } = await chunks.next()
      if (done) return undefined
      const known = value.subarray(0, left)
      hash.update(known)
      left -= known.length
      rest = Buffer.from(value.subarray(known.length))
    }
  } catch (error) {
    if (error instanceof ReadError) return undefined
    throw error
  }
  if (hash.copy().digest('hex') !== prefix.digest) {
    await chunks.return(undefined)
    return undefined
  }
  const digest = new PrefixDigest(source.name, { prefix, hash })
  const cutter = new LineCutter(options.maxSize, { line: prefix.lines + 1, offset: prefix.bytes })
  const take = (chunk: Buffer): Iterable<Item> => {
    digest.add(chunk)
    return cutter.push(chunk)
  }
  const items = async function* (): AsyncGenerator<Item> {
    yield* take(rest)
    for await (const chunk of chunks) yield* take(chunk)
    yield* cutter.end()
  }
  return { items: items(), digest }
}
