import type { Finding } from '@agent-run/core'
import type { Summary } from '../check/result.ts'
import { visible } from '../terminal/escape.ts'

/** Page that explains every code, one anchor each. An identifier: this program never opens it. */
const ERRORS_PAGE = 'https://w3id.org/agent-run/v1/spec/errors'

/** Where a code is explained. */
export const linkOf = (code: string): string => `${ERRORS_PAGE}#${code}`

/** The message of a finding with its suggestion, on one line and safe to print. */
export function sentenceOf({ message, suggestion }: Finding): string {
  return visible(message) + (suggestion === undefined ? '' : `  (did you mean "${visible(suggestion)}"?)`)
}

/**
 * A JSON Pointer as people write it: `steps[3].status`; empty for the whole record. Safe to print: names that a
 * producer made up inside `metadata` are private like what they hold.
 */
export function pathName(pointer: string): string {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  const own = tokens.indexOf('metadata')
  const name = tokens
    .map((token, index) => (own !== -1 && index > own && !/^\d+$/.test(token) ? '…' : token))
    .map((token) =>
      /^\d+$/.test(token) ? `[${token}]` : /^([\w$-]+|…)$/.test(token) ? `.${token}` : `[${JSON.stringify(token)}]`,
    )
    .join('')
  return visible(name.replace(/^\./, ''))
}

/** "1 file", "2,014 files". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

/** What was found in all, without a full stop: `2 of 214 files have findings: 1 error, 1 warning`. */
export function summarySentence(summary: Summary): string {
  const { files, filesWithFindings, unusable, records, errors, warnings, omitted } = summary
  const read = records === files ? '' : ` (${count(records, 'record')})`
  if (filesWithFindings === 0) return `${count(files, 'file')}${read}: no findings`
  const share =
    files === 1
      ? `1 file${read}`
      : `${filesWithFindings.toLocaleString('en')} of ${count(files, 'file')}${read} ${filesWithFindings === 1 ? 'has' : 'have'} findings`
  const kinds = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean)
  const hidden = omitted > 0 ? `; ${count(omitted, 'finding')} not shown (--max-findings)` : ''
  const unread = unusable > 0 ? `; ${count(unusable, 'input')} could not be read` : ''
  return `${share}: ${kinds.join(', ')}${hidden}${unread}`
}

/** "0.2 s", "75 s". */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
}
