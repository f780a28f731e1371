import { closeSync, openSync, readSync } from 'node:fs'
import { binaryKind, layoutOf, SNIFFED } from '../input/sniff.ts'
import type { Source } from '../input/source.ts'

/** A piece of work: a whole input, or the lines that begin within a range of a file's bytes. */
export interface Part {
  readonly source: Source
  /** Place of the source among all. */
  readonly index: number
  /** `end` is not included. */
  readonly range: { readonly start: number; readonly end: number } | undefined
  /** Whether it is the last part of its source. */
  readonly last: boolean
}

/** The work of all inputs, in order. Only files of lines that are not compressed are cut, into parts of `partSize` bytes. */
export function* partsOf(sources: readonly Source[], partSize: number): Iterable<Part> {
  for (const [index, source] of sources.entries()) {
    const size = source.size ?? 0
    if (source.path === undefined || size <= partSize || !isLines(source.path, source.name)) {
      yield { source, index, range: undefined, last: true }
      continue
    }
    for (let start = 0; start < size; start += partSize) {
      // What is appended meanwhile belongs to the last part.
      const last = start + partSize >= size
      yield { source, index, range: { start, end: last ? Number.MAX_SAFE_INTEGER : start + partSize }, last }
    }
  }
}

const FIRST_LINE_OF_A_JOURNAL = /^[^\n]*"prev"\s*:\s*"(?:sha256:)?0{64}"/

const isLines = (path: string, name: string): boolean => {
  const head = Buffer.allocUnsafe(SNIFFED)
  try {
    const file = openSync(path, 'r')
    const sniffed = head.subarray(0, readSync(file, head, 0, SNIFFED, 0))
    closeSync(file)
    const isGzip = sniffed[0] === 0x1f && sniffed[1] === 0x8b
    if (isGzip || binaryKind(sniffed) !== undefined || layoutOf(name, sniffed) !== 'lines') return false
    // A journal is one thing, however long.
    return !FIRST_LINE_OF_A_JOURNAL.test(sniffed.toString('latin1'))
  } catch {
    // Whoever reads it says why it cannot be read.
    return false
  }
}
