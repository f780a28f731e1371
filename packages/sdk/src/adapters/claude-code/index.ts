export type {
  Conversion,
  ConversionReport,
  ConversionTotals,
  FileReport,
  LineCounts,
  MalformedLine,
  SkippedLines,
} from '../../conversion/report.ts'
export { claudeCodeAdapter } from './adapter.ts'
export { convertClaudeCode } from './convert.ts'
