import { asObject, type Json } from './json.ts'
import { parseJson } from './json-text.ts'

/** Bytes of a file that are looked at to find out what it is. */
export const headBytes = 65_536

/** Most lines of a beginning that are looked at. */
const mostLines = 64

/** The beginning of a file, as adapters look at it. */
export interface Head {
  /** Path or name as the user knows it. */
  readonly name: string
  /** Its first characters, at most 64 KiB; what is not UTF-8 is replaced. */
  readonly text: string
  /** The objects on its first whole lines, at most 64; empty for a document that is spread over lines. */
  readonly objects: readonly Json[]
  /** The whole document, if the file is one JSON value and shorter than the beginning that is looked at. */
  readonly document: unknown
}

/** Reads the beginning of a file. Never throws for content. */
export function readHead(name: string, bytes: Uint8Array): Head {
  const whole = bytes.length < headBytes
  const text = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false })
    .decode(bytes.subarray(0, headBytes))
    .replace(/^\uFEFF/, '')
  const lines = text.split('\n', mostLines + 1)
  // The last one may be cut in two.
  if (!whole || lines.length > mostLines) lines.pop()
  const objects = lines.flatMap((line) => {
    const value = /^\s*\{/.test(line) ? asObject(parseJson(line)) : undefined
    return value ? [value] : []
  })
  return { name, text, objects, document: whole ? parseJson(text) : undefined }
}
