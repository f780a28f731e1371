export type { Conversion, ConversionReport } from '../../conversion/report.ts'
export { codexAdapter, convertCodex } from './convert.ts'
