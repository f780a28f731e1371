export type { Conversion, ConversionReport } from '../../conversion/report.ts'
export { convertCopilotCli, copilotCliAdapter } from './convert.ts'
