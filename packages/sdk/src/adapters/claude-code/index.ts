export type {
  Conversion,
  ConversionReport,
  ConversionTotals,
  FileReport,
  LineCounts,
  MalformedLine,
  SkippedLines,
} from '../../conversion/report.ts'
export { type ClaudeCodeFile, type ClaudeCodeOptions, convertClaudeCode } from './convert.ts'
