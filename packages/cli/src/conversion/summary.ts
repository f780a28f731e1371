import { count, grouped, type Style, tokens, visible, visibleName } from '@agent-run/core/text'
import type { ConversionAccount, ConversionTotals, FileReport } from '@agent-run/sdk/conversion'
import type { Look } from '../input/look-like.ts'
import type { RecordsRead } from './read-records.ts'

/** A file of no known format. */
export interface PassedOver {
  readonly name: string
  /** It was asked for by its name, not found in a folder. */
  readonly isNamed: boolean
}

/** What the account is written from. */
export interface SummaryParts {
  readonly account: ConversionAccount
  readonly passedOver: readonly PassedOver[]
  readonly records: RecordsRead
  readonly style: Style
  /** The format was given, not found out. */
  readonly isGiven: boolean
  /** What the format that was written has no place for, each a line. */
  readonly lost: readonly string[]
  /** The name of a file as the user knows it. */
  fileName(name: string): string
  /** What a file looks like. */
  looks(name: string): Promise<Look>
}

/** The account of a conversion in a few lines, for standard error. */
export async function conversionSummary(parts: SummaryParts): Promise<string> {
  const { account, records, style } = parts
  const { totals, reports } = account
  const files = reports.flatMap((report) => report.files)
  const rows = [...(await problemRows(parts)), ...parts.lost.map(visible)]
  if (records.runs > 0) rows.push(style.bold(count(records.runs, 'record')))
  if (totals.runs === 0) return rows.length > 0 ? `${rows.join('\n')}\n` : ''
  const line = (key: 'read' | 'mapped' | 'skipped' | 'malformed'): string =>
    grouped(files.reduce((sum, { lines }) => sum + lines[key], 0))
  const kinds = [
    count(totals.model_calls, 'model call'),
    count(totals.tool_calls, 'tool call'),
    totals.denials > 0 && `${totals.denials} denied`,
    totals.sub_agents > 0 && count(totals.sub_agents, 'sub-agent run'),
    account.repeated_runs > 0 && `${count(account.repeated_runs, 'run')} left out that occurred before`,
  ]
  const formats = parts.isGiven ? '' : ` (${reports.map(({ format }) => format).join(', ')})`
  rows.push(
    `${style.bold(`${count(files.length, 'file')}${formats} → ${count(totals.runs, 'run')}, ${count(totals.steps, 'step')}`)}: ${kinds.filter(Boolean).join(', ')}`,
    `  lines   ${line('read')} read = ${line('mapped')} mapped + ${line('skipped')} skipped + ${line('malformed')} malformed`,
    ...skippedRows(files),
    `  tokens  ${tokenWords(totals)}`,
  )
  return `${rows.join('\n')}\n`
}

/** Files of which nothing more than this many are named for the same reason. */
const NAMED = 10

const wordsOf = ({ what, format }: Look): string => (format === undefined ? what : `${what} (--from ${format})`)

/** What went wrong, or is to be known, about single files. */
async function problemRows({ account, passedOver, records, style, fileName, looks }: SummaryParts): Promise<string[]> {
  const rows: string[] = []
  const add = (name: string, words: string): void => void rows.push(`${visibleName(name)}: ${words}`)
  for (const { name } of passedOver.filter(({ isNamed }) => isNamed))
    add(fileName(name), `of no format that is converted: this looks like ${wordsOf(await looks(name))}`)
  const others = passedOver.filter(({ isNamed }) => !isNamed)
  if (others.length > 0)
    rows.push(
      `${count(others.length, 'file')} passed over, of no format that is converted, such as ${visibleName(fileName(others[0]!.name))}`,
    )
  for (const { name, message } of records.problems.slice(0, NAMED)) add(name, visible(message))
  for (const { format, files, findings } of account.reports) {
    for (const file of files)
      if (file.role === 'unrecognised') {
        const look = await looks(file.name)
        const words =
          look.format === format
            ? `begins like ${look.what}, but nothing of it could be read`
            : `not recognised as ${format}: this looks like ${wordsOf(look)}`
        add(fileName(file.name), words)
      }
    let silent = 0
    for (const { severity, code, message, path } of findings) {
      const file = files[Number(/^\/files\/(\d+)/.exec(path)?.[1] ?? Number.NaN)]
      // Of a file of another kind it goes without saying that its lines could not be read.
      if (file?.role === 'unrecognised' && code === 'convert.malformed_lines') continue
      // Of a folder many files may hold nothing yet.
      if (code === 'convert.no_turns' && severity === 'warning') {
        silent++
        continue
      }
      const where = file ? `${visibleName(fileName(file.name))}: ` : ''
      rows.push(
        `${where}${severity === 'error' ? style.red('error') : style.yellow('warning')}: ${visible(message)} [${code}]`,
      )
    }
    if (silent > 0) rows.push(`${count(silent, 'session')} of ${format} without a turn`)
  }
  return rows
}

/** Reasons for skipping that are named; the report has all of them. */
const REASONS = 2

/** Most of what a transcript holds is no part of a run: says what was left out, the largest part first. */
const skippedRows = (files: readonly FileReport[]): string[] => {
  const sums = new Map<string, number>()
  for (const { skipped } of files) {
    for (const { reason, lines } of skipped) sums.set(reason, (sums.get(reason) ?? 0) + lines)
  }
  const reasons = [...sums].sort(([, a], [, b]) => b - a)
  if (reasons.length === 0) return []
  const named = reasons.slice(0, REASONS).map(([reason, lines]) => `${grouped(lines)} ${visible(reason)}`)
  const others = reasons.slice(REASONS).reduce((sum, [, lines]) => sum + lines, 0)
  if (others > 0) named.push(`${grouped(others)} for other reasons (--report names them)`)
  return [`  skipped ${named.join(' · ')}`]
}

const tokenWords = ({ input_tokens, output_tokens, cache_read_tokens }: ConversionTotals): string => {
  if (input_tokens === null && output_tokens === null) return 'unknown: the source does not count them'
  return `in ${tokens(input_tokens)} (${tokens(cache_read_tokens)} from cache) · out ${tokens(output_tokens)}`
}
