import type { ConversionReport, FileReport } from '@agent-run/sdk/adapters/claude-code'
import { count } from '../format/wording.ts'
import { visible, visibleName } from '../terminal/escape.ts'
import { tokens } from '../terminal/quantity.ts'
import type { Style } from '../terminal/style.ts'

/** What the account needs to know about a file that the report does not say. */
export interface FileWords {
  /** Its name as the user knows it. */
  readonly name: string
  /** What it looks like, for one that was not recognised. */
  readonly looks: string
}

/** The account of a conversion in a few lines, for standard error. */
export function conversionSummary(
  report: ConversionReport,
  style: Style,
  about: (file: FileReport) => FileWords,
): string {
  const { totals, files } = report
  const line = (key: 'read' | 'mapped' | 'skipped' | 'malformed'): string =>
    files.reduce((sum, { lines }) => sum + lines[key], 0).toLocaleString('en')
  const rows: string[] = []
  for (const file of files) {
    if (file.role !== 'unrecognised') continue
    const { name, looks } = about(file)
    rows.push(`${visibleName(name)}: not recognised as ${report.format}: this looks like ${looks}`)
  }
  for (const { severity, code, message, path } of report.findings) {
    const file = files[Number(/^\/files\/(\d+)/.exec(path)?.[1] ?? Number.NaN)]
    // Of a file of another kind it goes without saying that its lines could not be read.
    if (file?.role === 'unrecognised' && code === 'convert.malformed_lines') continue
    const where = file ? `${visibleName(about(file).name)}: ` : ''
    rows.push(
      `${where}${severity === 'error' ? style.red('error') : style.yellow('warning')}: ${visible(message)} [${code}]`,
    )
  }
  if (totals.runs === 0) return `${rows.join('\n')}\n`
  const kinds = [
    count(totals.model_calls, 'model call'),
    count(totals.tool_calls, 'tool call'),
    totals.denials > 0 && `${totals.denials} denied`,
    totals.sub_agents > 0 && count(totals.sub_agents, 'sub-agent run'),
  ]
  rows.push(
    `${style.bold(`${count(files.length, 'file')} → ${count(totals.runs, 'run')}, ${count(totals.steps, 'step')}`)}: ${kinds.filter(Boolean).join(', ')}`,
    `  lines   ${line('read')} read = ${line('mapped')} mapped + ${line('skipped')} skipped + ${line('malformed')} malformed`,
    ...skippedRows(files),
    `  tokens  ${tokenWords(totals)}`,
  )
  return `${rows.join('\n')}\n`
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
  const named = reasons.slice(0, REASONS).map(([reason, lines]) => `${lines.toLocaleString('en')} ${visible(reason)}`)
  const others = reasons.slice(REASONS).reduce((sum, [, lines]) => sum + lines, 0)
  if (others > 0) named.push(`${others.toLocaleString('en')} for other reasons (--report names them)`)
  return [`  skipped ${named.join(' · ')}`]
}

const tokenWords = ({ input_tokens, output_tokens, cache_read_tokens }: ConversionReport['totals']): string => {
  if (input_tokens === null && output_tokens === null) return 'unknown: the source does not count them'
  return `in ${tokens(input_tokens)} (${tokens(cache_read_tokens)} from cache) · out ${tokens(output_tokens)}`
}
