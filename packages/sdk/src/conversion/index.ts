export { Accountant, type ConversionAccount } from './account.ts'
export type { Adapter, AdapterAbout, Attacher, Attachments, ConvertOptions, SourceFile } from './adapter.ts'
export {
  type Arrangement,
  Arranger,
  type AttachmentGroup,
  arrangeFiles,
  type ConvertibleFile,
  type FileGroup,
  type Formats,
} from './arrange-files.ts'
export { type ConvertedGroup, convertGroups, type Listener } from './convert-groups.ts'
export { type Head, headBytes, readHead } from './head.ts'
export type {
  Conversion,
  ConversionReport,
  ConversionTotals,
  FileReport,
  LineCounts,
  MalformedLine,
  SkippedLines,
} from './report.ts'
