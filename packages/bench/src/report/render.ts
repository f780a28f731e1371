import type { BenchReport } from '@agent-run/types'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderLine } from './line.ts'
import { renderMarkdown } from './markdown.ts'
import { type Place, renderTerminal, type TerminalOptions } from './terminal.ts'

/** How a report can be shown. */
export type ReportFormat = 'pretty' | 'json' | 'markdown' | 'html' | 'line' | 'junit'

/** Names of the formats. */
export const reportFormats: readonly ReportFormat[] = ['pretty', 'json', 'markdown', 'html', 'line', 'junit']

/** A report in a format. */
export const renderReport = (
  format: ReportFormat,
  report: BenchReport,
  place: Place | undefined,
  terminal: TerminalOptions,
): string => {
  if (format === 'pretty') return renderTerminal(report, place, terminal)
  return { json: renderJson, markdown: renderMarkdown, html: renderHtml, line: renderLine, junit: renderJunit }[format](
    report,
  )
}
