import type { BenchComparison } from '@agent-run/types'
import { renderJson } from '../report/json.ts'
import type { TerminalOptions } from '../report/terminal.ts'
import { renderLine } from './line.ts'
import { renderMarkdown } from './markdown.ts'
import { renderTerminal } from './terminal.ts'

/** How a comparison can be shown. */
export type CompareFormat = 'pretty' | 'json' | 'markdown' | 'line'

/** Names of the formats. */
export const compareFormats: readonly CompareFormat[] = ['pretty', 'json', 'markdown', 'line']

/** A comparison in a format. */
export const renderComparison = (
  format: CompareFormat,
  comparison: BenchComparison,
  terminal: TerminalOptions,
): string => {
  if (format === 'pretty') return renderTerminal(comparison, terminal)
  return { json: renderJson, markdown: renderMarkdown, line: renderLine }[format](comparison)
}
