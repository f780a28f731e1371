import { locate } from '@agent-run/core'
import type { Verdict } from '@agent-run/types'
import { LineIndex } from '../frame/line-index.ts'
import type { Region } from './outcome.ts'

/** Where a text begins in its input. */
export interface Start {
  readonly line: number
  readonly column: number
}

/** The first character of a text, as a region of its input. */
export const startOf = ({ line, column }: Start): Region => ({ line, column, endLine: line, endColumn: column })

/**
 * Where the first failing check points to in the text of the record; what holds it, if it is not there itself. The
 * beginning of the record if nothing failed.
 */
export function failurePlace(text: string | undefined, verdict: Verdict, start: Start): Region {
  const check = verdict.checks.find((one) => one.check === verdict.first_failure)
  if (check === undefined || text === undefined) return startOf(start)
  const finding = check.findings?.find(({ severity }) => severity === 'error')
  const lines = new LineIndex(text)
  if (finding?.position) return regionOf(lines, finding.position.offset, finding.position.offset + 1, start)
  const pointer = finding?.path ?? check.path ?? ''
  const candidates = holders(pointer)
  const located = locate(text, candidates)
  const found = candidates.map((candidate) => located.get(candidate)).find((location) => location !== undefined)
  if (found === undefined) return startOf(start)
  const { value } = found
  const opens = text[value.start] === '{' || text[value.start] === '['
  return regionOf(lines, value.start, opens ? value.start + 1 : value.end, start)
}

/** A pointer and all pointers to what it is in, the innermost first. */
const holders = (pointer: string): string[] => {
  const pointers: string[] = []
  for (let rest = pointer; ; rest = rest.slice(0, rest.lastIndexOf('/'))) {
    pointers.push(rest)
    if (!rest.includes('/')) return pointers
  }
}

const regionOf = (lines: LineIndex, from: number, to: number, start: Start): Region => {
  const begin = lines.placeOf(from)
  const end = lines.placeOf(to)
  const shift = (line: number): number => (line === 1 ? start.column - 1 : 0)
  return {
    line: begin.line + start.line - 1,
    column: begin.column + shift(begin.line),
    endLine: end.line + start.line - 1,
    endColumn: end.column + shift(end.line),
  }
}
