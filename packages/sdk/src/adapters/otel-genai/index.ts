export type { Conversion, ConversionReport } from '../../conversion/report.ts'
export { convertOtelGenai, otelGenaiAdapter } from './convert.ts'
