import type { Level } from '@agent-run/core'
import type { Check } from '@agent-run/types'
import { isOk, type Outcome, type RecordOutcome, type Region } from '../outcome.ts'

/** Why something is not as was asked for. Texts are not yet safe to print. */
export interface Reason extends Region {
  /** The check that did not pass; undefined where it did not come to checks. */
  readonly check: string | undefined
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** JSON Pointer into the record; empty: the whole. */
  readonly path: string
  readonly message: string
  readonly expected: string | undefined
  readonly found: string | undefined
}

const nothingCompared = { check: undefined, expected: undefined, found: undefined }

/** Lowest first. */
export const levels: readonly Level[] = ['none', 'recorded', 'sealed', 'accountable']

/** Everything that keeps an outcome from being in order; nothing if it is. At least one reason otherwise. */
export function reasonsOf(outcome: Outcome): Reason[] {
  if (outcome.kind === 'problem') return [{ ...outcome, ...nothingCompared, path: '' }]
  if (isOk(outcome)) return []
  if (outcome.kind === 'record') return recordReasons(outcome)
  const { code = 'proof.path', path = '', detail: message } = outcome
  return [{ ...regionOf(outcome), code, severity: 'error', path, message, ...nothingCompared }]
}

const recordReasons = (outcome: RecordOutcome): Reason[] => {
  const { verdict } = outcome
  const failed = verdict.checks.filter(({ result }) => result === 'fail')
  if (failed.length > 0) return failed.flatMap((check) => checkReasons(check, outcome))
  return missingFor(outcome, verdict.asked).map(({ code, path = '', reason }) => ({
    ...regionOf(outcome),
    code,
    severity: 'error',
    path,
    message: isReached(verdict) ? reason : `${reason} (asked: ${verdict.asked}, reached: ${verdict.level})`,
    ...nothingCompared,
  }))
}

/** Whether the level that was asked for is reached: then it is the signer who is not as asked. */
export const isReached = ({ level, asked }: RecordOutcome['verdict']): boolean =>
  levels.indexOf(level) >= levels.indexOf(asked)

/** Reasons that keep a record from a level, those of the levels below included. */
export const missingFor = ({ verdict }: RecordOutcome, level: Level): RecordOutcome['verdict']['missing'] =>
  verdict.missing.filter((reason) => levels.indexOf(reason.level) <= levels.indexOf(level))

/** Schema and semantics say what is wrong themselves, as validate does. */
const checkReasons = (check: Check, outcome: RecordOutcome): Reason[] => {
  const errors = (check.findings ?? []).filter(({ severity }) => severity === 'error')
  const isFirst = outcome.verdict.first_failure === check.check
  if (errors.length > 0) {
    return errors.map(({ code, path, message }, index) => ({
      ...(isFirst && index === 0 ? outcome.failure : regionOf(outcome)),
      code,
      severity: 'error',
      path,
      check: check.check,
      message,
      expected: undefined,
      found: undefined,
    }))
  }
  const { code = check.check, path = '', detail, expected, found } = check
  const region = isFirst ? outcome.failure : regionOf(outcome)
  return [{ ...region, code, severity: 'error', path, check: check.check, message: detail, expected, found }]
}

const regionOf = ({ line, column, endLine, endColumn }: Region): Region => ({ line, column, endLine, endColumn })
