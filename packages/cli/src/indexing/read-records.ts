import { closeSync, openSync, readSync } from 'node:fs'
import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { readDocuments } from '../input/documents.ts'
import type { Item } from '../input/item.ts'
import type { Source } from '../input/source.ts'
import type { PlacedRun } from '../querying/read-runs.ts'
import { StaleIndex } from './failure.ts'
import { stampOf } from './stamp.ts'

/** Where a record stands in an input that was indexed. */
export interface Place {
  readonly source: Source
  /** The file when it was indexed. */
  readonly stamp: string
  readonly start: number
  readonly length: number
}

/** Records at their places, which are sorted: one file after the other, from its beginning on. Throws `StaleIndex` if a file has changed since. */
export async function* readRecords(places: readonly Place[], maxSize: number): AsyncGenerator<PlacedRun> {
  let compressed: { readonly source: Source; readonly items: AsyncGenerator<Item> } | undefined
  try {
    for (const place of places) {
      const { source, start, length } = place
      let bytes = readStored(place)
      if (bytes === undefined) {
        if (compressed?.source !== source) {
          await compressed?.items.return(undefined)
          compressed = { source, items: readDocuments(source, { maxSize }) }
        }
        bytes = await findRecord(compressed.items, place)
      }
      const { ok, value } = validate(bytes, { limit: 1 })
      if (!ok || bytes.length !== length) throw new StaleIndex('there is no record here any more')
      yield { run: value as AgentRun, item: { kind: 'document', bytes, offset: start, line: 1, column: 1 } }
    }
  } finally {
    await compressed?.items.return(undefined)
  }
}

/** The bytes of a record in a file as it is stored; undefined in a compressed one. */
const readStored = ({ source, stamp, start, length }: Place): Buffer | undefined => {
  let file: number | undefined
  try {
    file = openSync(source.path as string, 'r')
    const head = Buffer.alloc(2)
    readSync(file, head, 0, 2, 0)
    if (stampOf(file)?.text !== stamp) throw new StaleIndex('the file has changed')
    if (head[0] === 0x1f && head[1] === 0x8b) return undefined
    const bytes = Buffer.alloc(length)
    for (let at = 0; at < length; ) {
      const read = readSync(file, bytes, at, length - at, start + at)
      if (read === 0) throw new StaleIndex('the file has become shorter')
      at += read
    }
    if (stampOf(file)?.text !== stamp) throw new StaleIndex('the file has changed')
    return bytes
  } catch (error) {
    throw error instanceof StaleIndex ? error : new StaleIndex('the file cannot be read', { cause: error })
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Goes on in a compressed file up to the record: there is no other way into the middle of one. */
const findRecord = async (items: AsyncGenerator<Item>, { start }: Place): Promise<Buffer> => {
  for (;;) {
    const { value: item, done } = await items.next()
    if (done) throw new StaleIndex('the record is not there any more')
    if (item.kind === 'document' && item.offset === start) return item.bytes
  }
}
