import type { Finding, Position } from '../finding.ts'
import { type Fault, findFault, requirements } from './fault.ts'
import type { JsonValue } from './json-value.ts'
import { positionAt } from './position.ts'
import { utf8Of } from './scratch.ts'
import { countStrings, countValueStrings } from './survey.ts'
import { decodeUtf8, utf8Fault } from './utf8.ts'

/** Options of {@link readJson}. */
export interface ReadOptions {
  /** Deepest nesting of arrays and objects, the root being 1. From 1 to 1,000; 128 unless given (AR-BYTES-007). */
  readonly maxDepth?: number
}

/** What {@link readJson} returns: the value and its text, or the first thing wrong with it. */
export type ReadResult =
  | { readonly ok: true; readonly value: JsonValue; readonly text: string }
  | { readonly ok: false; readonly finding: Finding; readonly text?: string }

const MAX_DEPTH = 128

/**
 * Reads one JSON text strictly, as the record profile asks (AR-BYTES-001 to AR-BYTES-008).
 *
 * Refuses what `JSON.parse` would let pass or hide: bytes that are not UTF-8, a byte order mark, two members of one
 * name, half a surrogate pair, a number beyond ±(2^53 − 1) however it is spelled, deep nesting. The finding names the
 * first fault and its place; `text` is there whenever the bytes could be decoded. Never throws for bad content.
 *
 * @param input UTF-8 bytes, or text that was already decoded
 * @throws {TypeError} if the input is neither, {@link RangeError} if `maxDepth` is out of range or the text is longer
 * than the platform's strings can be
 */
export function readJson(input: Uint8Array | string, options: ReadOptions = {}): ReadResult {
  const maxDepth = options.maxDepth ?? MAX_DEPTH
  if (!Number.isInteger(maxDepth) || maxDepth < 1 || maxDepth > 1000) {
    throw new RangeError('maxDepth must be an integer from 1 to 1000')
  }
  if (typeof input === 'string') {
    return input.charCodeAt(0) === 0xfeff ? refuse(input, byteOrderMark) : readText(input, undefined, maxDepth)
  }
  if (!(input instanceof Uint8Array)) throw new TypeError('readJson takes a Uint8Array or a string')
  const text = decodeUtf8(input)
  if (text === undefined) return refuseBytes(input)
  return text.charCodeAt(0) === 0xfeff ? refuse(text, byteOrderMark) : readText(text, input, maxDepth)
}

function readText(text: string, bytes: Uint8Array | undefined, maxDepth: number): ReadResult {
  let value: JsonValue
  try {
    value = JSON.parse(text)
  } catch (error) {
    const fault = findFault(text, maxDepth)
    if (fault === undefined) throw error
    return refuse(text, fault)
  }
  const utf8 = bytes ?? utf8Of(text)
  if (utf8 === undefined || countStrings(utf8) !== countValueStrings(value, maxDepth)) {
    const fault = findFault(text, maxDepth)
    if (fault !== undefined) return refuse(text, fault)
  }
  return { ok: true, value, text }
}

const byteOrderMark: Fault = {
  code: 'json.bom',
  offset: 0,
  path: '',
  message: 'found a byte order mark, expected the text to begin at once',
}

function refuse(text: string, { code, offset, path, message }: Fault): ReadResult {
  return { ok: false, finding: toFinding(code, path, message, positionAt(text, offset)), text }
}

function refuseBytes(bytes: Uint8Array): ReadResult {
  const at = utf8Fault(bytes)
  const before = decodeUtf8(bytes.subarray(0, at))!
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const found = utf16 ? 'a UTF-16 byte order mark' : `bytes that are not UTF-8 at byte offset ${at}`
  return {
    ok: false,
    finding: toFinding('json.utf8', '', `found ${found}, expected UTF-8`, positionAt(before, before.length)),
  }
}

function toFinding(code: Fault['code'], path: string, message: string, position: Position): Finding {
  return { code, severity: 'error', path, message, requirement: requirements[code], position }
}
