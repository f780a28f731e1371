import { ArrayCutter } from './array-cutter.ts'
import { ReadError, readChunks } from './chunks.ts'
import { DocumentCutter } from './document-cutter.ts'
import { type Cutter, type Item, problemAt } from './item.ts'
import { LineCutter } from './line-cutter.ts'
import { binaryKind, isMisnamed, layoutOf, SNIFFED } from './sniff.ts'
import { nowhere, type Source, top } from './source.ts'
import { codeOf, describeError } from './system-error.ts'

/** Limits and listeners of reading. */
export interface ReadOptions {
  /** Longest document, line or list element in bytes. */
  readonly maxSize: number
  /** Is told how many bytes were read, as stored. */
  readonly onRead?: (bytes: number) => void
  /** Is shown the bytes, uncompressed, before their values come. Valid until it returns. */
  readonly onBytes?: (bytes: Buffer) => void
}

/**
 * The values in one input, one after the other, with their places: a document, the lines of NDJSON, the elements of a
 * list; compressed or not. What is broken about the input comes as a problem where it is met. Never throws for the
 * content or for reading; memory does not grow with the input, only with its longest value.
 */
export async function* readDocuments(source: Source, options: ReadOptions): AsyncGenerator<Item> {
  let cutter: Cutter | undefined
  let head: Buffer = Buffer.alloc(0)
  let items = 0
  let last: { line: number; column: number } | undefined
  const counted = function* (some: Iterable<Item>): Iterable<Item> {
    for (const item of some) {
      items++
      if (item.kind === 'document') last = item
      yield item
    }
  }
  try {
    for await (const chunk of readChunks(source, options.onRead ?? (() => {}))) {
      options.onBytes?.(chunk)
      if (cutter) {
        yield* counted(cutter.push(chunk))
        continue
      }
      head = head.length === 0 && chunk.length >= SNIFFED ? chunk : Buffer.concat([head, chunk])
      if (head.length < SNIFFED) continue
      const begun = begin(source, head, options.maxSize)
      if (begun.binary) return yield begun.binary
      cutter = begun.cutter
      if (begun.warning) yield begun.warning
      yield* counted(cutter.push(head))
      head = Buffer.alloc(0)
    }
    if (!cutter) {
      const begun = begin(source, head, options.maxSize)
      if (begun.binary) return yield begun.binary
      cutter = begun.cutter
      if (begun.warning) yield begun.warning
      yield* counted(cutter.push(head))
    }
    yield* counted(cutter.end())
    // Nothing but blank lines: the reader has a word for an empty document.
    if (items === 0) yield { kind: 'document', bytes: Buffer.alloc(0), offset: 0, ...top }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    if (!cutter && head.length > 0) {
      cutter = begin(source, head, options.maxSize).cutter
      yield* counted(cutter.push(head))
    }
    yield broken(error, last)
  }
}

type Begun = { readonly binary?: Item; readonly warning?: Item; readonly cutter: Cutter }

const begin = (source: Source, head: Buffer, maxSize: number): Begun => {
  const layout = layoutOf(source.name, head)
  const cutter =
    layout === 'lines'
      ? new LineCutter(maxSize)
      : layout === 'list'
        ? new ArrayCutter(maxSize)
        : new DocumentCutter(maxSize)
  const binary = binaryKind(head)
  if (binary !== undefined) return { cutter, binary: problemAt(1, 1, 'input.binary', binaryMessage(binary)) }
  if (!isMisnamed(source.name, layout)) return { cutter }
  const message = `the name says one record a line, but this is a ${layout === 'list' ? 'list' : 'pretty-printed document'}; readers of NDJSON will refuse it`
  const problem = { code: 'input.not_ndjson', severity: 'warning' as const, message, ...top }
  return { cutter, warning: { kind: 'problem', problem } }
}

const binaryMessage = (what: string): string =>
  what === 'text in UTF-16'
    ? 'this is text in UTF-16, expected JSON in UTF-8 (in PowerShell: -Encoding utf8)'
    : `this is ${what}, expected JSON`

/** Where reading broke off: after the last value that was read. */
const broken = (error: ReadError, last: { line: number; column: number } | undefined): Item => {
  if (error.inGzip) {
    const message = 'the gzip data is damaged or cut off after this place; what follows was not read'
    const { line, column } = last ?? top
    return problemAt(line, column, 'input.gzip', message)
  }
  const reason = codeOf(error.cause) === 'EISDIR' ? 'it is a directory' : describeError(error.cause)
  const { line, column } = last ?? nowhere
  return problemAt(line, column, 'input.unreadable', `cannot be read: ${reason}`)
}
