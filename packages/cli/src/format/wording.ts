import type { Finding } from '@agent-run/core'
import { count, grouped, visible } from '@agent-run/core/text'
import type { PlacedFinding, Summary } from '../check/result.ts'

/** `file:line:column`; of an input without lines, such as one that is not there, only its name. */
export const placeName = ({ line, column }: Pick<PlacedFinding, 'line' | 'column'>, file: string): string =>
  line === 0 ? file : `${file}:${line}:${column}`

/** Path, message and suggestion of a finding: `steps[3].status: "sucess" is not one of …`. */
export function statementOf(finding: Finding): string {
  const where = pathName(finding.path)
  return where === '' ? sentenceOf(finding) : `${where}: ${sentenceOf(finding)}`
}

/** The message of a finding with its suggestion, on one line and safe to print. It does not say where. */
export function sentenceOf({ message, suggestion }: Finding): string {
  return visible(message) + (suggestion === undefined ? '' : `  (did you mean "${visible(suggestion)}"?)`)
}

/**
 * A JSON Pointer as people write it: `steps[3].status`; empty for the whole record; the middle of a long one left out. Safe to print: names that a
 * producer made up inside `metadata` are private like what they hold.
 */
export function pathName(pointer: string): string {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  const own = tokens.indexOf('metadata')
  const steps = tokens
    .map((token, index) => (own !== -1 && index > own && !/^\d+$/.test(token) ? '…' : token))
    .map((token) => shortened(Array.from(token), LONGEST_NAME, '…').join(''))
    .map((token) =>
      /^\d+$/.test(token) ? `[${token}]` : /^[\w$…-]+$/.test(token) ? `.${token}` : `[${JSON.stringify(token)}]`,
    )
  const name = shortened(steps, LONGEST_PATH, ' … ').join('')
  return visible(name.replace(/^\./, ''))
}

/** Most steps of a path that are named, and most characters of a name; those in the middle are left out. */
const LONGEST_PATH = 12
const LONGEST_NAME = 48

const shortened = <T>(parts: readonly T[], limit: number, gap: T): readonly T[] =>
  parts.length <= limit ? parts : [...parts.slice(0, limit / 2), gap, ...parts.slice(-limit / 2)]

/** What was found in all, without a full stop: `2 of 214 files have findings: 1 error, 1 warning`. */
export function summarySentence(summary: Summary): string {
  const { files, filesWithFindings, unusable, records, errors, warnings, omitted } = summary
  const read = records === files ? '' : ` (${count(records, 'record')})`
  if (filesWithFindings === 0) return `${count(files, 'file')}${read}: no findings`
  const share =
    files === 1
      ? `1 file${read}`
      : `${grouped(filesWithFindings)} of ${count(files, 'file')}${read} ${filesWithFindings === 1 ? 'has' : 'have'} findings`
  const kinds = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean)
  const hidden = omitted > 0 ? `; ${count(omitted, 'finding')} not shown (--max-findings)` : ''
  const unread = unusable > 0 ? `; ${count(unusable, 'input')} could not be read` : ''
  return `${share}: ${kinds.join(', ')}${hidden}${unread}`
}

/** "0.2 s", "75 s". */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
}
