import { type FileHandle, open } from 'node:fs/promises'
import { ReadError } from '../input/chunks.ts'
import type { Item } from '../input/item.ts'
import { LineCutter } from '../input/line-cutter.ts'

const LF = 0x0a

/** Bytes read at once. */
const READ = 2 * 1024 * 1024

/** A line of a range, or one behind it. */
export interface RangeItem {
  readonly item: Item
  /** Whether the line begins within the range. Line numbers count from its first line, behind it from the first there. */
  readonly own: boolean
}

/** One for all ranges of a thread: they are read one after the other. */
let shared: Buffer | undefined

/**
 * The lines of a file that begin within a range of its bytes, then those behind it, for as long as somebody asks.
 * Every line of a file begins in exactly one of its ranges, wherever they are cut. Memory as for `LineCutter`.
 *
 * @param onLines is told how many lines begin in the range, when they have been read
 * @throws {ReadError} if the file cannot be read
 */
export async function* rangeLines(
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
  maxSize: number,
  onLines: (lines: number) => void,
): AsyncGenerator<RangeItem> {
  const own = new LineCutter(maxSize)
  let foreign: LineCutter | undefined
  // A line begins where one ends: the byte before the range decides whether its first byte begins one.
  let at = start === 0 ? 0 : start - 1
  let begun = start === 0
  for await (const chunk of chunksFrom(path, at)) {
    let from = 0
    if (!begun) {
      const feed = chunk.indexOf(LF)
      begun = feed !== -1
      from = begun ? feed + 1 : chunk.length
      if (at + from >= end) break
    }
    let stop = chunk.length
    if (!foreign) {
      // The range ends with the line that its last byte is in.
      const within = Math.max(from, end - 1 - at)
      const feed = within < chunk.length ? chunk.indexOf(LF, within) : -1
      if (feed !== -1) stop = feed + 1
      for (const item of own.push(chunk.subarray(from, stop))) yield { item, own: true }
      if (feed !== -1) {
        onLines(own.lines)
        foreign = new LineCutter(maxSize)
        from = stop
      }
    }
    if (foreign) for (const item of foreign.push(chunk.subarray(from))) yield { item, own: false }
    at += chunk.length
  }
  if (!foreign) {
    for (const item of own.end()) yield { item, own: true }
    onLines(own.lines)
  } else for (const item of foreign.end()) yield { item, own: false }
}

async function* chunksFrom(path: string, position: number): AsyncGenerator<Buffer> {
  const buffer = shared ?? Buffer.allocUnsafeSlow(READ)
  shared = undefined
  let file: FileHandle | undefined
  let at = position
  try {
    file = await open(path, 'r')
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw new ReadError(false, error)
  } finally {
    shared = buffer
    await file?.close()
  }
}
