import type { Check } from '@agent-run/types'
import { shown } from './shown.ts'

/** One of the twelve checks. */
export type CheckName = Check['check']

/** How a check comes out, before it is given its name. */
export type Outcome = Omit<Check, 'check'>

/** The checks in their order (AR-VERD-001). */
export const checkNames: readonly CheckName[] = [
  'schema',
  'semantics',
  'run_hash',
  'steps',
  'record',
  'signature',
  'signer',
  'approvals',
  'lineage',
  'journal',
  'evals',
  'erasures',
]

/** Longest `detail`, in UTF-16 code units. */
const LONGEST_DETAIL = 1000

const shownDetail = (text: string): string => shown(text, LONGEST_DETAIL)

/** What is wrong or missing: a code of `spec/errors.md` and a JSON Pointer. */
export interface Fault {
  readonly code: string
  readonly path: string
  readonly detail: string
}

/** What is wrong, with what stands there and what should. Never a payload, a salt or a signature (AR-VERD-005). */
export interface Failure extends Fault {
  readonly expected: string
  readonly found: string
}

/** Compared, and right. A pass rests on at least one comparison (AR-VERD-002). */
export const pass = (detail: string, compared: number): Outcome => {
  if (compared < 1) throw new RangeError('a check passes only if something was compared')
  return { result: 'pass', detail: shownDetail(detail), compared }
}

/** Compared, and wrong. */
export const fail = (failure: Failure, compared = 1): Outcome => {
  const { detail, code, path, expected, found } = failure
  return {
    result: 'fail',
    detail: shownDetail(detail),
    compared,
    code,
    path,
    expected: shown(expected),
    found: shown(found),
  }
}

/** There is something, and what is needed to compare it is missing. */
export const unknown = ({ code, path, detail }: Fault, compared = 0): Outcome => ({
  result: 'unknown',
  detail: shownDetail(detail),
  compared,
  code,
  path,
})

/** The record has nothing to compare. */
export const absent = (detail: string): Outcome => ({ result: 'absent', detail, compared: 0 })

/** An earlier failure makes it pointless. */
export const skipped = (detail: string): Outcome => ({ result: 'skipped', detail, compared: 0 })
