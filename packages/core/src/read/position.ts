import type { Position } from '../finding.ts'

/**
 * Line and column of an offset.
 *
 * A line ends with LF or CRLF; a lone CR is an ordinary character, as it is for compilers and `grep -n`. Line and
 * column count from 1, the column in UTF-16 code units. An offset outside the text is moved to its nearest end.
 *
 * @param offset UTF-16 code units from the beginning of the text, from 0
 */
export function positionAt(text: string, offset: number): Position {
  const at = Math.max(0, Math.min(Math.trunc(offset), text.length))
  let line = 1
  let lineStart = 0
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', lineStart)) {
    line++
    lineStart = end + 1
  }
  return { offset: at, line, column: at - lineStart + 1 }
}
