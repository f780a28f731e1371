import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { boundsOf, type InputRead, readDocument, readObjects } from '../../conversion/read-input.ts'
import type { Content } from '../../lines/index.ts'
import { conventionOf } from './conventions.ts'
import { findSpans } from './find-spans.ts'
import { own } from './own-attributes.ts'
import type { Span } from './span.ts'

/** A file of spans. */
export interface SpanFile extends InputRead {
  readonly spans: readonly Span[]
}

/**
 * Reads the spans of a file: one JSON object a line, as the collector writes them, or one JSON value. The ledger counts
 * spans; what becomes of them is booked later.
 */
export async function readSpans(file: SourceFile, options: ConvertOptions): Promise<SpanFile> {
  const bounds = boundsOf(options)
  const spans: Span[] = []
  const { isLines, content } = await lookAt(file.content, bounds.maxLineBytes)
  if (!isLines) {
    const read = await readDocument({ name: file.name, content }, bounds)
    for (const [index, span] of (read.value === undefined ? [] : findSpans(read.value)).entries()) {
      read.ledger.read()
      if (span) keep(span, spans, read.sessionIds)
      else read.ledger.malformed(index + 1, 'not a span')
    }
    return { ...read, spans }
  }
  const read = await readObjects({ name: file.name, content }, bounds, (json, line, { ledger, sessionIds }) => {
    const found = findSpans(json)
    if (found.length === 0) return { skipped: 'no spans' }
    for (const [index, span] of found.entries()) {
      if (index > 0) ledger.read()
      if (span) keep(span, spans, sessionIds)
      else ledger.malformed(line, 'not a span')
    }
    return 'later'
  })
  return { ...read, spans }
}

/** Of a span that is none of an agent's only its place counts, and how it ended: most of a trace may be such spans. */
function keep(span: Span, spans: Span[], sessionIds: Set<string>): void {
  const isOfAgent = conventionOf(span) !== undefined || span.attributes.has(own.runId)
  spans.push(isOfAgent ? span : { ...span, attributes: new Map(), events: [], links: [] })
  if (span.traceId !== '' && sessionIds.size < 100) sessionIds.add(span.traceId)
}

/** Whether the first line is a whole JSON object, and the content with what was read of it. */
async function lookAt(content: Content, mostBytes: number): Promise<{ isLines: boolean; content: Content }> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    return { isLines: isObject(firstLine([content])), content }
  }
  const iterator =
    Symbol.asyncIterator in content
      ? content[Symbol.asyncIterator]()
      : (content as Iterable<Uint8Array | string>)[Symbol.iterator]()
  const seen: (Uint8Array | string)[] = []
  let failure: { readonly error: unknown } | undefined
  let length = 0
  try {
    // A line that is too long is read as a document, which has a bound of its own.
    while (length <= mostBytes) {
      const next = await iterator.next()
      if (next.done) break
      length += next.value.length
      // A chunk may be a buffer that its owner uses again.
      const chunk = typeof next.value === 'string' ? next.value : Uint8Array.from(next.value)
      seen.push(chunk)
      if (hasLineFeed(chunk) && firstLine(seen) !== '') break
    }
  } catch (error) {
    failure = { error }
  }
  return { isLines: isObject(firstLine(seen)), content: rest(seen, iterator, failure) }
}

async function* rest(
  seen: readonly (Uint8Array | string)[],
  iterator: Iterator<Uint8Array | string> | AsyncIterator<Uint8Array | string>,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array | string> {
  yield* seen
  if (failure) throw failure.error
  for (;;) {
    const next = await iterator.next()
    if (next.done) return
    yield next.value
  }
}

const hasLineFeed = (chunk: Uint8Array | string): boolean =>
  typeof chunk === 'string' ? chunk.includes('\n') : chunk.includes(0x0a)

/** The first line that is not empty, as far as it was read. */
function firstLine(chunks: readonly (Uint8Array | string)[]): string {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  // A character that two chunks share does not matter here: what is asked is whether the line is JSON.
  const text = chunks.map((chunk) => (typeof chunk === 'string' ? chunk : decoder.decode(chunk))).join('')
  const start = text.search(/\S/)
  if (start < 0) return ''
  const end = text.indexOf('\n', start)
  return end < 0 ? text.slice(start) : text.slice(start, end)
}

/** Longest first line that is parsed to see whether it is whole; of a document in several lines none is that long. */
const longest = 1_000_000

function isObject(line: string): boolean {
  if (!line.startsWith('{')) return false
  if (line.length > longest) return line.trimEnd().endsWith('}')
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
