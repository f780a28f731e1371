import type { Finding } from '@agent-run/core'
import { type Stretch, stringEnd, wordEnd } from '../frame/mask.ts'

/** As `locate` of the library gives it. */
interface Located {
  readonly key?: Stretch
  readonly value: Stretch
}

/** Findings that are about the name of a member, not its value. */
const ABOUT_NAMES = new Set(['schema.unknown_member', 'step.deprecated_member'])

/** Member that stands for one that is missing, where the finding says that the two do not go together. */
const INSTEAD: Readonly<Record<string, string>> = { 'run.ended_at_missing': '/status' }

/** JSON Pointer of what to show for a finding. */
export const placeOf = ({ code, path }: Finding): string => path + (INSTEAD[code] ?? '')

/**
 * What a finding is about, in offsets of its text: the token where the reader stopped, a member's name, a value; of
 * an object or list only the bracket it begins with, so that a caret never runs over half a file.
 */
export function flaggedStretch(text: string, finding: Finding, located: Located | undefined): Stretch {
  if (finding.position) {
    const start = Math.min(finding.position.offset, text.length)
    return { start, end: tokenEnd(text, start) }
  }
  if (located === undefined) return { start: 0, end: Math.min(1, text.length) }
  const { key, value } = located
  if (key && ABOUT_NAMES.has(finding.code)) return key
  const opens = text[value.start] === '{' || text[value.start] === '['
  return opens ? { start: value.start, end: value.start + 1 } : value
}

const tokenEnd = (text: string, start: number): number => {
  const first = text[start]
  if (first === undefined || first === '\n' || first === '\r') return start
  if (first === '"') {
    const lineEnd = text.indexOf('\n', start)
    return Math.min(stringEnd(text, start), lineEnd === -1 ? text.length : lineEnd)
  }
  return /[\w.+-]/.test(first) ? wordEnd(text, start) : start + ((text.codePointAt(start) as number) > 0xffff ? 2 : 1)
}
