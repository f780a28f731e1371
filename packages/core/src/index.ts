export type { Finding, Position, Severity } from './finding.ts'
