import { harmlessLines, type Style, styleOf, visible, wantsColour } from '@agent-run/core/text'
import { safeJson } from '../format/safe-json.ts'
import type { Output } from '../terminal/output.ts'
import type { FormatName, QueryOptions } from './options.ts'
import { inMarkdown } from './report/table.ts'

/** An answer in all its forms. */
export interface Answer {
  /** What a server answers. */
  readonly body: object
  /** What it lists. */
  readonly items: readonly object[]
  /** What was found, in words. */
  readonly title: string
  readonly remarks: readonly string[]
  text(style: Style, width: number): string
  lines(): string
  markdown(): string
}

/** Writes an answer. Remarks that have no place in its format go to standard error. */
export async function writeAnswer(
  answer: Answer,
  format: FormatName,
  options: QueryOptions,
  output: Output,
): Promise<void> {
  if (format === 'json') return output.write(`${safeJson(answer.body, 2)}\n`)
  if (format === 'ndjson') {
    for (const item of answer.items) await output.write(`${safeJson(item)}\n`)
    return
  }
  const isTerminal = options.output === undefined && process.stdout.isTTY === true
  const style = styleOf(wantsColour({ option: options.color, env: process.env, isTerminal }))
  const width = Math.max(
    60,
    Math.min((isTerminal ? process.stdout.columns : 0) || Number(process.env['COLUMNS']) || 100, 200),
  )
  if (format === 'line') {
    await output.write(harmlessLines(answer.lines()))
    if (!options.quiet) for (const remark of answer.remarks) process.stderr.write(`agent-run: ${visible(remark)}\n`)
    return
  }
  if (format === 'markdown') {
    const list = answer.items.length > 0 ? `\n${answer.markdown()}` : ''
    const remarks = answer.remarks.map((remark) => `\n${inMarkdown(remark)}\n`)
    return output.write(harmlessLines(`**${inMarkdown(answer.title)}**\n${list}${remarks.join('')}`))
  }
  const text = answer.text(style, width)
  const remarks = answer.remarks.map((remark) => `${style.dim(visible(remark))}\n`).join('')
  await output.write(
    harmlessLines(`${style.bold(visible(answer.title))}\n${text && `\n${text}`}${remarks && `\n${remarks}`}`),
  )
}
