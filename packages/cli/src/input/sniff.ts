/** How an input is laid out. */
export type Layout = 'document' | 'lines' | 'list'

/** Bytes that are looked at to tell what an input is. */
export const SNIFFED: number = 64 * 1024

const signatures: readonly (readonly [bytes: string, what: string])[] = [
  ['SQLite format 3\0', 'an SQLite database'],
  ['PK\u0003\u0004', 'a zip archive'],
  ['%PDF-', 'a PDF'],
  ['\u007fELF', 'a program'],
  ['\u0089PNG', 'a PNG image'],
  ['\u00ff\u00d8\u00ff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['\u0028\u00b5\u002f\u00fd', 'zstd data'],
  ['\u00fd7zXZ\0', 'xz data'],
  ['BZh', 'bzip2 data'],
  ['PAR1', 'a Parquet file'],
]

/** What an input is that is no text in UTF-8, in words; undefined for text. */
export function binaryKind(head: Buffer): string | undefined {
  const first = head.subarray(0, 16).toString('latin1')
  for (const [bytes, what] of signatures) if (first.startsWith(bytes)) return `${what}`
  if (first.startsWith('\u00ff\u00fe') || first.startsWith('\u00fe\u00ff')) return 'text in UTF-16'
  const nul = head.subarray(0, 4096).indexOf(0)
  if (nul === -1) return undefined
  return /^.\0.\0/s.test(first) || /^\0.\0./s.test(first) ? 'text in UTF-16' : 'binary data'
}

/**
 * The layout of an input, from its name where the name says it, and from its beginning. A `.json` file is one document
 * or one list. Elsewhere it is lines if the first line ends before the first value could have (`{` alone on its line is
 * the beginning of a pretty-printed document) or if it does not end at all within the bytes looked at.
 *
 * @param name of the input; a `.gz` at its end is ignored
 */
export function layoutOf(name: string, head: Buffer): Layout {
  const text = head
    .subarray(0, SNIFFED)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the record separator of JSON text sequences is one
    .replace(/^[\u001e \t\r\n]+/, '')
  if (text.startsWith('[')) return 'list'
  const plainName = name.replace(/\.gz$/i, '')
  const opensAlone = /^\{[ \t]*\r?\n/.test(text)
  if (/\.(jsonl|ndjson)$/i.test(plainName)) return opensAlone ? 'document' : 'lines'
  if (/\.json$/i.test(plainName) || opensAlone) return 'document'
  const end = text.indexOf('\n')
  if (end === -1) return 'lines'
  const first = text.slice(0, end).trimEnd()
  const next = text.slice(end + 1).replace(/^[\r\n]+/, '')
  // One line is lines too. No second line of a document begins with an object, unless the first one is plainly open.
  if (next.trim() === '' || (next.startsWith('{') && !/[[{,:]$/.test(first))) return 'lines'
  return isWholeValue(first) ? 'lines' : 'document'
}

const isWholeValue = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Whether an input that is named as NDJSON is laid out as something else. */
export function isMisnamed(name: string, layout: Layout): boolean {
  return layout !== 'lines' && /\.(jsonl|ndjson)(\.gz)?$/i.test(name)
}
