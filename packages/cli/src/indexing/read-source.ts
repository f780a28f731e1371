import type { Verifier } from '@agent-run/core'
import { isSealed } from '@agent-run/core'
import { ReadError } from '../input/chunks.ts'
import { readDocuments } from '../input/documents.ts'
import type { Item } from '../input/item.ts'
import type { Source } from '../input/source.ts'
import { takeItem } from '../querying/read-runs.ts'
import { emptyTally, type Tally } from '../querying/tally.ts'
import { indexedRun } from './entry.ts'
import { mayGrow, PrefixDigest, readGrown } from './growth.ts'
import { stampOf } from './stamp.ts'
import type { Prefix, StoredSource } from './stored-sources.ts'
import type { IndexWriter, SourceWriter } from './writer.ts'

/** How inputs are read into an index. */
export interface IndexingOptions {
  readonly maxSize: number
  readonly verify: Verifier
  /** Is told how many bytes were read, as stored. */
  readonly onRead: (bytes: number) => void
  readonly onRecord: () => void
}

/** Reads one input into an index, as far as it is not known there. Never throws for the content or for reading. */
export async function readSource(
  source: Source,
  path: string,
  known: StoredSource | undefined,
  writer: IndexWriter,
  options: IndexingOptions,
): Promise<void> {
  // Before reading: what changes from now on has another one.
  const stamp = stampOf(source.path as string)
  const state = { stamp: stamp?.text ?? 'none', settled: stamp?.settled === true }
  const prefix = known?.prefix
  if (known && prefix && stamp && stamp.file === prefix.file && stamp.size >= prefix.bytes) {
    const grown = await readGrown(source, prefix, options)
    if (grown) {
      const into = writer.begin(path, { of: known, bytes: prefix.bytes })
      try {
        const read = await takeItems(
          grown.items,
          into,
          grown.digest,
          stamp.file,
          structuredClone(prefix.tally),
          options,
        )
        return into.end({ ...state, ...read })
      } catch (error) {
        // Broken off behind the beginning: reading all of it says where.
        if (!(error instanceof ReadError)) throw error
      }
    }
  }
  const digest = stamp && mayGrow(source.name) ? new PrefixDigest(source.name) : undefined
  const { maxSize, onRead } = options
  const items = readDocuments(source, { maxSize, onRead, ...(digest && { onBytes: (chunk) => digest.add(chunk) }) })
  const into = writer.begin(path)
  into.end({ ...state, ...(await takeItems(items, into, digest, stamp?.file ?? '', emptyTally(), options)) })
}

interface Taken {
  readonly tally: Tally
  readonly prefix: Prefix | undefined
}

const takeItems = async (
  items: AsyncIterable<Item>,
  into: SourceWriter,
  digest: PrefixDigest | undefined,
  file: string,
  tally: Tally,
  { verify, onRecord }: IndexingOptions,
): Promise<Taken> => {
  let mayStay = digest !== undefined
  /** What was met before the line at the end that has not ended yet. */
  let ended: Tally | undefined
  for await (const item of items) {
    if (digest && lineOf(item) > digest.lines) ended ??= structuredClone(tally)
    if (!isOfLines(item)) mayStay = false
    const read = takeItem(item, tally)
    if (!read) continue
    onRecord()
    into.add({ ...indexedRun(read), level: isSealed(read.run) ? verify(read.item.bytes).level : undefined })
  }
  const prefix = mayStay ? digest?.prefix : undefined
  return { tally, prefix: prefix && { ...prefix, file, tally: ended ?? structuredClone(tally) } }
}

const lineOf = (item: Item): number => (item.kind === 'document' ? item.line : item.problem.line)

/** Whether an item is what a line gives, whatever follows it. The file as a whole gives others: that it is empty, or broken off. */
const isOfLines = (item: Item): boolean =>
  item.kind === 'document' ? item.bytes.length > 0 : item.problem.code === 'input.too_large'
