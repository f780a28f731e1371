export type { Conversion, ConversionReport } from '../../conversion/report.ts'
export { convertManagedAgents, managedAgentsAdapter } from './convert.ts'
