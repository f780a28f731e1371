import type { AgentRun, Step } from '@agent-run/types'
import { firstDifference } from '../journal/difference.ts'
import type { Reason, Suppression } from './suppression.ts'

type Uncompared = Exclude<Reason, 'reads' | 'erased' | 'limit'>

/** Members of a step that are not compared, and why a difference in them is no news. */
const OF_STEP: ReadonlyMap<string, Uncompared> = membersBy({
  identifiers: `id seq parent_step_id caused_by turn_id span_id model_call_id retry_of fallback_from response_id tool_call_id
    artifact_ids child_run_id delegation_id state_version source_ref initiated_by`,
  times: 'started_at ended_at duration_ms first_token_ms',
  seals: 'arguments_hash child_record_hash salt private_hash',
  texts: 'output_preview input_refs output_refs error metadata',
  consumption: 'cost tokens_used',
  configuration: 'tool_hash',
})

/** The same of a run; what it cost and how long it took is compared. */
const OF_RUN: ReadonlyMap<string, Uncompared> = membersBy({
  identifiers:
    'id spec_version session_id turn_id job_id workspace_id parent_run_id related links tags agent_name source',
  times: 'started_at ended_at',
  seals: 'salt private_hash provenance',
  texts: 'intent output_preview input_refs output_refs metadata',
})

function membersBy(names: Partial<Record<Uncompared, string>>): ReadonlyMap<string, Uncompared> {
  return new Map(
    Object.entries(names).flatMap(([reason, list]) =>
      list.split(/\s+/).map((name): [string, Uncompared] => [name, reason as Uncompared]),
    ),
  )
}

/** Counts the members of two corresponding steps that differ and are not compared. */
export const countInSteps = (before: Step, after: Step, index: number, suppressed: Suppression): void =>
  count(before, after, OF_STEP, suppressed, index)

/** Counts the members of two runs that differ and are not compared. */
export const countInRuns = (before: AgentRun, after: AgentRun, suppressed: Suppression): void =>
  count(before, after, OF_RUN, suppressed)

const count = (
  before: object,
  after: object,
  reasons: ReadonlyMap<string, Uncompared>,
  suppressed: Suppression,
  step?: number,
): void => {
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>]
  for (const [name, reason] of reasons) {
    const [a, b] = [old[name], fresh[name]]
    if (a === b || a === undefined || b === undefined) continue
    if (typeof a === 'object' && typeof b === 'object' && firstDifference(a, b) === undefined) continue
    suppressed.add(reason, 1, step)
  }
}
