export type { Conversion, ConversionReport } from '../../conversion/report.ts'
export { convertKimiCli, kimiCliAdapter } from './convert.ts'
