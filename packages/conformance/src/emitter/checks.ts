import { type CheckInfo, checks } from '../record/index.ts'
import { comparisonChecks } from './comparisons.ts'

/** A check of records, without the capability, which the profile gives. */
export type EmitterCheck = Omit<CheckInfo, 'capability'>

/** The levels, which are looked at as a whole: `emitter/level.recorded` and so on. */
const levelChecks: readonly EmitterCheck[] = [
  { code: 'level.recorded', requirement: 'AR-LEVEL-001', summary: 'Every finished record is recorded.' },
  { code: 'level.sealed', requirement: 'AR-LEVEL-002', summary: 'Every finished record is sealed.' },
  { code: 'level.accountable', requirement: 'AR-LEVEL-003', summary: 'Every finished record is accountable.' },
].map((check) => ({ ...check, severity: 'error' }))

/** All that records and journals are looked at for, whatever made them; `conformance/emitter-checks.json` is made of it. */
export const emitterChecks: readonly EmitterCheck[] = [...checks, ...comparisonChecks, ...levelChecks]
