import { createDigest } from '@agent-run/core'
import { type Content, type Line, splitLines } from '../lines/index.ts'
import type { ConvertOptions, SourceFile } from './adapter.ts'
import { asObject, type Json } from './json.ts'
import { parseJson } from './json-text.ts'
import { Ledger, type LineFate } from './ledger.ts'

/** What was read of one input, and the account of it. */
export interface InputRead {
  readonly name: string
  readonly ledger: Ledger
  readonly bytes: number
  /** SHA-256 of the bytes as read; absent if reading broke off. */
  readonly digest: string | undefined
  /** True if reading broke off: the content threw. */
  readonly broken: boolean
  /** Sessions (or traces, tasks) that the input names, in order; at most 100 are reported. */
  readonly sessionIds: Set<string>
}

export type { LineFate } from './ledger.ts'

/** Bounds of what is read, with their defaults. Throws `RangeError` for one that is no positive whole number. */
export function boundsOf(options: ConvertOptions): {
  readonly maxLineBytes: number
  readonly maxDocumentBytes: number
} {
  const { maxLineBytes = 67_108_864, maxDocumentBytes = 268_435_456 } = options
  for (const [name, value] of Object.entries({ maxLineBytes, maxDocumentBytes }))
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} must be a positive whole number`)
  return { maxLineBytes, maxDocumentBytes }
}

/** Says what becomes of one line. */
type LineVisitor<Value> = (
  value: Value,
  line: number,
  read: { readonly ledger: Ledger; readonly sessionIds: Set<string> },
) => LineFate

/** Further settings of `readObjects`. */
export interface Reading {
  /** The account to keep, for an adapter that books lines later. */
  readonly ledger?: Ledger
  /** Why a line is left out, if its text says so at a glance: then it need not be parsed. */
  readonly glance?: (text: string) => string | undefined
}

/**
 * Reads an input of one JSON object a line, in memory of one line. `visit` says what becomes of each; every line is
 * booked exactly once. Never throws for content.
 */
export function readObjects(
  file: SourceFile,
  bounds: { readonly maxLineBytes: number },
  visit: LineVisitor<Json>,
  reading?: Reading,
): Promise<InputRead> {
  const visitValue: LineVisitor<unknown> = (value, line, read) => {
    const json = asObject(value)
    return json ? visit(json, line, read) : { malformed: 'no JSON object' }
  }
  return readValues(file, bounds, visitValue, reading)
}

/** The same for lines that may be any JSON value. */
export async function readValues(
  { name, content }: SourceFile,
  { maxLineBytes }: { readonly maxLineBytes: number },
  visit: LineVisitor<unknown>,
  { ledger = new Ledger(), glance }: Reading = {},
): Promise<InputRead> {
  const sessionIds = new Set<string>()
  const digest = createDigest()
  let bytes = 0
  let broken = false
  const onBytes = (chunk: Uint8Array): void => {
    digest.update(chunk)
    bytes += chunk.length
  }
  const context = { ledger, sessionIds }
  const look = (line: Line): void => {
    ledger.read()
    if (line.text === undefined) {
      ledger.malformed(line.number, line.reason)
      return
    }
    const reason = glance?.(line.text)
    const value = reason === undefined ? parseJson(line.text) : undefined
    if (reason !== undefined) ledger.skipped(reason)
    else if (value === undefined) ledger.malformed(line.number, 'not JSON, or cut off')
    else ledger.book(line.number, visit(value, line.number, context))
  }
  try {
    for await (const lines of splitLines(content, { maxLineBytes, onBytes })) for (const line of lines) look(line)
  } catch {
    broken = true
  }
  return { name, ledger, bytes, digest: broken ? undefined : digest.digest(), broken, sessionIds }
}

/** An input that is one JSON value. Its entries (events, spans, messages) are what the ledger counts; the adapter books them. */
export interface DocumentRead extends InputRead {
  /** The value; `undefined` if it could not be read, which the ledger says then. */
  readonly value: unknown
}

/** An input that was read whole, as bytes. */
export interface BytesRead extends InputRead {
  /** `undefined` if it could not be read, which the ledger says then. */
  readonly content: Uint8Array | undefined
}

/** Reads an input whole, as bytes. One that is too large is one malformed entry. Never throws for content. */
export async function readBytes(
  { name, content }: SourceFile,
  { maxDocumentBytes }: { readonly maxDocumentBytes: number },
): Promise<BytesRead> {
  const ledger = new Ledger()
  const digest = createDigest()
  const chunks: Uint8Array[] = []
  let bytes = 0
  let broken = false
  try {
    for await (const chunk of chunksOf(content)) {
      const octets = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
      digest.update(octets)
      bytes += octets.length
      // A chunk may be a buffer that the caller uses again.
      if (bytes <= maxDocumentBytes) chunks.push(Uint8Array.from(octets))
      else chunks.length = 0
    }
  } catch {
    broken = true
  }
  const isTooLong = bytes > maxDocumentBytes
  if (isTooLong) {
    ledger.read()
    ledger.malformed(1, `longer than ${maxDocumentBytes} bytes`)
  }
  return {
    name,
    ledger,
    bytes,
    digest: broken ? undefined : digest.digest(),
    broken,
    sessionIds: new Set(),
    content: broken || isTooLong ? undefined : join(chunks, bytes),
  }
}

/**
 * Reads an input that is one JSON value, whole. A value that is too large, not UTF-8 or not JSON is one malformed entry.
 * Never throws for content.
 */
export async function readDocument(
  file: SourceFile,
  bounds: { readonly maxDocumentBytes: number },
): Promise<DocumentRead> {
  const { content, ...read } = await readBytes(file, bounds)
  if (content === undefined) return { ...read, value: undefined }
  const { value, problem } = decodeJson(content)
  if (problem !== undefined) {
    read.ledger.read()
    read.ledger.malformed(1, problem)
  }
  return { ...read, value }
}

/** Values of an input that may be one JSON value, a list of them, or one a line. */
export interface ValuesRead extends InputRead {
  /** With the line, or the place in the list, from 1. The ledger has read them; the adapter books what becomes of each. */
  readonly values: readonly { readonly value: unknown; readonly line: number }[]
}

/** Reads an input that is one JSON value, a list of them, or one a line; whole. Never throws for content. */
export async function readListOrLines(
  file: SourceFile,
  bounds: { readonly maxDocumentBytes: number },
): Promise<ValuesRead> {
  const { content, ...read } = await readBytes(file, bounds)
  if (content === undefined) return { ...read, values: [] }
  const { value, problem } = decodeJson(content)
  if (problem === undefined) {
    const values = (Array.isArray(value) ? value : [value]).map((own, index) => ({
      value: own as unknown,
      line: index + 1,
    }))
    for (const _ of values) read.ledger.read()
    return { ...read, values }
  }
  const values: { value: unknown; line: number }[] = []
  const lines = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false }).decode(content).split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    read.ledger.read()
    const own = parseJson(line)
    if (own === undefined) read.ledger.malformed(index + 1, 'not JSON, or cut off')
    else values.push({ value: own, line: index + 1 })
  }
  return { ...read, values }
}

const chunksOf = (content: Content): Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string> =>
  typeof content === 'string' || content instanceof Uint8Array ? [content] : content

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** Reads bytes as one JSON value; what is wrong with them if they are none. */
export function decodeJson(bytes: Uint8Array): { value: unknown; problem?: string } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return { value: undefined, problem: 'not UTF-8' }
  }
  const value = parseJson(text)
  return value === undefined ? { value, problem: 'not JSON, or cut off' } : { value }
}
