import type { PolicyDecision } from '@agent-run/types'
import { asString, type Json } from '../../conversion/json.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import { member, objectMember, objectsIn, textMember } from './members.ts'

/** What a guardrail found. */
interface GuardrailResult {
  readonly name: string
  readonly triggered: boolean
  /** Absent where the source does not say. */
  readonly boundary?: NonNullable<PolicyDecision['boundary']>
}

/** Where guardrails stand, by the list of a run state that holds their results. */
const lists = [
  ['input_guardrail_results', 'input'],
  ['output_guardrail_results', 'model_output'],
  ['tool_input_guardrail_results', 'tool_call'],
  ['tool_output_guardrail_results', 'tool_result'],
] as const

/** Results of guardrails in a run state: a tripwire, or a behaviour that let a call or its result pass or not. */
export function readGuardrails(state: Json): GuardrailResult[] {
  return lists.flatMap(([list, boundary]) =>
    objectsIn(state, list).map((result) => {
      const output = objectMember(result, 'output')
      const behaviour = asString(objectMember(output, 'behavior')?.type)
      const triggered =
        member(output, 'tripwire_triggered') === true || (behaviour !== undefined && behaviour !== 'allow')
      return { name: textMember(objectMember(result, 'guardrail'), 'name') ?? 'unknown', triggered, boundary }
    }),
  )
}

/** Writes down what a guardrail decided. */
export function addGuardrail(run: RunDraft, { name, triggered, boundary }: GuardrailResult, at: Moment): void {
  run.decisions.push({
    id: `decision-${run.decisions.length + 1}`,
    at: at.text,
    ...(boundary ? { boundary } : {}),
    decider: { kind: 'guard', id: run.previewer.text(name, 256) },
    verdict: triggered ? 'block' : 'allow',
    matched: triggered ? 'rule' : 'default',
    enforcement: triggered ? 'blocked' : 'executed',
    basis: 'observed',
  })
}
