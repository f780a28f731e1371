// spec/errors.md → packages/cli/src/generated/error-codes.ts: what every code means and what to do about it.
import { readText, tableRows } from '../markdown.mjs'
import { literal } from './literal.mjs'

const BANNER = '// Generated from spec/errors.md by "npm run gen". Do not edit.\n'

/** Every code of spec/errors.md with what it means and what to do about it, in the order of the page. */
export const errorCodeRows = (root) =>
  tableRows(readText(root, 'spec/errors.md')).map(({ line, cells }) => rowOf(line, cells))

export const errorCodes = (root) => {
  const rows = errorCodeRows(root).map(([code, entry]) => `  ${literal(code)}: ${literal(entry)},\n`)
  return {
    'packages/cli/src/generated/error-codes.ts': `${BANNER}
/** What a code of a finding means. */
export interface ErrorCode {
  readonly severity: 'error' | 'warning'
  /** Id of the normative sentence behind it, where there is one for all its findings. */
  readonly requirement?: string
  /** What was found, in a few words. */
  readonly means: string
  /** What to do about it, in a few words. */
  readonly hint: string
}

/** Every code, in the order of the page. */
export const errorCodes: Readonly<Record<string, ErrorCode>> = {
${rows.join('')}}
`,
  }
}

const rowOf = (line, [first, severity, sentence, means, hint]) => {
  const code = /`([^`]+)`/.exec(first)?.[1]
  if (!code || !hint) throw new Error(`spec/errors.md:${line}: a row has a code, severity, sentence, meaning and hint`)
  const requirement = /\[(AR-[A-Z]+-\d{3})\]/.exec(sentence)?.[1]
  return [code, { severity, ...(requirement && { requirement }), means: plain(means), hint: plain(hint) }]
}

/** The text of a cell without its Markdown. */
const plain = (cell) => cell.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll('`', '')
