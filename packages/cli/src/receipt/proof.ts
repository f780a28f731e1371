import { runHash } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { isLoose, type Loose, listAt, objectAt, textAt } from './loose.ts'

/** One rung of the ladder. */
export interface Check {
  readonly check: string
  /** `pass`: checked here. `fail`: checked here, wrong. `absent`: not there. `unchecked`: there, not checked by this version. */
  readonly result: 'pass' | 'fail' | 'absent' | 'unchecked'
  readonly detail: string
}

/** What of a validation the ladder needs. */
export interface Validated {
  /** Whether the bytes could be read as one strict JSON value. */
  readonly readable: boolean
  readonly schemaErrors: number
  readonly semanticErrors: number
  readonly warnings: number
}

/** The proof ladder: what was checked here, what failed, what is there and was not checked, what is not there. */
export function proofOf(run: Loose, validated: Validated): Check[] {
  const provenance = objectAt(run, 'provenance')
  return [
    schemaCheck(validated),
    semanticsCheck(validated),
    runHashCheck(run, provenance),
    ...seals(run, provenance),
    ...(listAt(run, 'approvals').some((event) => textAt(event, 'signature'))
      ? [
          {
            check: 'approvals',
            result: 'unchecked',
            detail: 'approvals are signed, not checked by this version',
          } as const,
        ]
      : []),
  ]
}

const schemaCheck = ({ schemaErrors }: Validated): Check =>
  schemaErrors === 0
    ? { check: 'schema', result: 'pass', detail: 'schema' }
    : { check: 'schema', result: 'fail', detail: `schema: ${errors(schemaErrors)}` }

const semanticsCheck = ({ schemaErrors, semanticErrors, warnings }: Validated): Check => {
  if (schemaErrors > 0)
    return { check: 'semantics', result: 'unchecked', detail: 'semantic rules, not checked: the schema comes first' }
  if (semanticErrors > 0)
    return { check: 'semantics', result: 'fail', detail: `semantic rules: ${errors(semanticErrors)}` }
  const remark = warnings === 0 ? '' : ` (${warnings} ${warnings === 1 ? 'warning' : 'warnings'})`
  return { check: 'semantics', result: 'pass', detail: `semantic rules${remark}` }
}

const errors = (number: number): string => `${number} ${number === 1 ? 'error' : 'errors'}`

const runHashCheck = (run: Loose, provenance: Loose): Check => {
  const stated = textAt(provenance, 'run_hash')
  const check = 'run_hash'
  if (stated === undefined) return { check, result: 'absent', detail: 'no run_hash' }
  if (!/^[0-9a-f]{64}$/.test(stated))
    return { check, result: 'unchecked', detail: 'run_hash is not of the form that can be recomputed' }
  // Before 1.0 there was another formula, so neither a match nor a difference says anything.
  if (textAt(run, 'spec_version') === undefined && textAt(provenance, 'record_hash') === undefined)
    return { check, result: 'unchecked', detail: 'run_hash of a 0.1 record, not recomputed' }
  const recomputed = recompute(run)
  if (recomputed === undefined)
    return { check, result: 'unchecked', detail: 'run_hash, not recomputed: its inputs are not in order' }
  return recomputed === stated
    ? { check, result: 'pass', detail: 'run_hash recomputed' }
    : { check, result: 'fail', detail: 'run_hash does not match the configuration' }
}

const recompute = (run: Loose): string | undefined => {
  try {
    return runHash(run as unknown as AgentRun)
  } catch {
    return undefined
  }
}

const seals = (run: Loose, provenance: Loose): Check[] => {
  const there = (check: string, detail: string): Check => ({
    check,
    result: 'unchecked',
    detail: `${detail} present, not checked by this version`,
  })
  const absent = (check: string, detail: string): Check => ({ check, result: 'absent', detail })
  const has = (member: string): boolean => textAt(provenance, member) !== undefined
  const isErasable =
    isLoose(run) &&
    (textAt(run, 'private_hash') !== undefined || listAt(run, 'steps').some((step) => textAt(step, 'private_hash')))
  return [
    has('steps_root') ? there('steps', 'step tree') : absent('steps', 'no step tree'),
    has('record_hash') || has('sealed_at') || has('journal_head')
      ? there('record', 'seal')
      : absent('record', 'not sealed'),
    has('signature') ? there('signature', 'signature') : absent('signature', 'not signed'),
    ...(listAt(provenance, 'parents').length > 0 ? [there('lineage', 'lineage')] : []),
    ...(isErasable ? [there('erasures', 'private hashes')] : []),
  ]
}
