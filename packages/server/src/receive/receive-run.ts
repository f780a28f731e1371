import { type Finding, validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { type Problem, problem, problemErrors } from '../app/problem.ts'
import { type PreparedRun, prepareRun, type ReceiveContext } from './prepare-run.ts'
import { runIdFault } from './run-id.ts'

/** A run that may be stored, with the warnings about it, or why it may not. */
export type Received =
  | { readonly ok: true; readonly run: PreparedRun; readonly record: AgentRun; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly problem: Problem }

/**
 * Receives the octets of a record: reads them strictly, validates, and prepares what is stored. Nothing is coerced,
 * added or dropped. The same for POST, a line of a batch and an import.
 */
export const receiveRun = async (octets: Uint8Array, context: ReceiveContext): Promise<Received> => {
  const { ok, value, findings } = validate(octets)
  if (!ok) return { ok: false, problem: refusal(findings) }
  const fault = runIdFault(value.id)
  if (fault !== undefined)
    return {
      ok: false,
      problem: problem(422, 'run.id', { detail: fault, errors: [{ code: 'run.id', pointer: '/id', message: fault }] }),
    }
  return { ok: true, run: await prepareRun(value, context), record: value, warnings: findings }
}

/** Why octets are no valid record: unreadable is 400 (AR-HTTP-010), invalid is 422 (AR-HTTP-021). */
export const refusal = (findings: readonly Finding[]): Problem => {
  const errors = problemErrors(findings.filter(({ severity }) => severity === 'error'))
  return errors.some(({ code }) => code.startsWith('json.'))
    ? problem(400, 'body.malformed', { detail: 'expected JSON of the record profile', errors })
    : problem(422, 'record.invalid', { detail: 'expected a valid record; errors says what is wrong', errors })
}
