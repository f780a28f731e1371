import { digest, readJson } from '@agent-run/core'
import { Failure } from '../config/failure.ts'
import type { Line } from '../receive/split-lines.ts'
import type { ExportHead } from './export-lines.ts'

/** One head of an export with the lines that belong to it. */
export interface ImportItem {
  readonly head: Extract<ExportHead, { readonly export: 'run' | 'erased' }>
  /** The record; undefined for a live or erased run. */
  readonly record: Uint8Array | undefined
  readonly tombstone: Uint8Array | undefined
  readonly documents: readonly Uint8Array[]
  readonly journal: readonly Uint8Array[]
}

/** What an export said of itself at its end. */
export type ExportEnd = Extract<ExportHead, { readonly export: 'end' }>

/**
 * Groups the lines of an export, and compares each record and document with the digest that its head says.
 * @returns the end
 * @throws Failure for lines that are no export, for a digest that differs, and for an export that ends too early
 */
export async function* readExport(lines: AsyncIterable<Line>): AsyncGenerator<ImportItem, ExportEnd> {
  const source = lines[Symbol.asyncIterator]()
  let number = 0
  const next = async (): Promise<Uint8Array> => {
    const { done, value } = await source.next()
    if (done) throw new Failure(`the export is not whole: it ends after line ${number}`)
    number++
    if ('tooLong' in value) throw new Failure(`line ${number} of the export is longer than any line can be`)
    return value.octets
  }
  const several = async (count: number): Promise<readonly Uint8Array[]> => {
    const taken: Uint8Array[] = []
    while (taken.length < count) taken.push(await next())
    return taken
  }
  const compare = (octets: Uint8Array, said: string): Uint8Array => {
    if (digest(octets) === said) return octets
    throw new Failure(`line ${number} of the export is not what its head says: the digest differs`)
  }
  for (;;) {
    const head = headOf(await next(), number)
    if (head.export === 'end') return head
    if (head.export === 'erased') {
      const tombstone = head.tombstone ? await next() : undefined
      yield { head, record: undefined, tombstone, documents: [], journal: [] }
      continue
    }
    const record = head.state === 'stored' ? compare(await next(), head.etag) : undefined
    const documents: Uint8Array[] = []
    for (const { digest: said } of head.documents) documents.push(compare(await next(), said))
    yield { head, record, tombstone: undefined, documents, journal: await several(head.journal) }
  }
}

const headOf = (octets: Uint8Array, number: number): ExportHead => {
  const read = readJson(octets)
  const value = read.ok ? (read.value as Partial<ExportHead> | null) : null
  if (typeof value === 'object' && value !== null && isHead(value)) return value
  throw new Failure(`line ${number} is no head of an export; is this what agent-run-server export wrote?`)
}

const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  run: { tenant: 'string', id: 'string', state: 'string', etag: 'string', documents: 'object', journal: 'number' },
  erased: { tenant: 'string', id: 'string', erased_at: 'string', tombstone: 'boolean' },
  end: { runs: 'number', erased: 'number', bodies_digest: 'string', erasures_digest: 'string' },
}

const isHead = (value: Partial<ExportHead>): value is ExportHead => {
  const members = MEMBERS[value.export ?? '']
  return (
    members !== undefined &&
    Object.entries(members).every(([name, type]) => typeof (value as Record<string, unknown>)[name] === type)
  )
}
