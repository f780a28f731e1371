import { inTime, RULE_MS } from '../matching/in-time.ts'
import { missed, type Outcome } from './outcome.ts'

/** Judges one rule within the time limit; what takes longer is not met. */
export const judgeInTime = (work: () => Outcome): Outcome =>
  inTime(work)?.value ??
  missed(
    `could not be judged within ${RULE_MS / 1000} s and the depth of the stack; expected a simpler rule or less text`,
    'timeout',
  )
