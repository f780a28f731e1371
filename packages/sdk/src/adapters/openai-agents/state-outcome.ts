import type { AgentRun } from '@agent-run/types'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import { member, objectMember, objectsIn, textMember, textOf } from './members.ts'

/** How the run of a state stands. */
interface StateOutcome {
  readonly status: AgentRun['status']
  readonly error?: string | undefined
  readonly errorType?: AgentRun['error_type'] | undefined
  readonly output?: unknown
}

/** Where a run stands: paused for a person, at its end, failed, or not to be told. */
export function outcomeOf(state: Json, items: readonly Json[]): StateOutcome {
  const step = objectMember(state, 'current_step')
  const type = asString(step?.type)
  if (type === 'next_step_interruption') return { status: 'paused' }
  if (type === 'next_step_final_output') return { status: 'completed', output: step?.output }
  const tripped = ['input_guardrail_results', 'output_guardrail_results']
    .flatMap((list) => objectsIn(state, list))
    .find((result) => member(objectMember(result, 'output'), 'tripwire_triggered') === true)
  if (tripped) {
    const name = textMember(objectMember(tripped, 'guardrail'), 'name') ?? 'unknown'
    return { status: 'failed', error: `guardrail ${name} was triggered`, errorType: 'permission_denied' }
  }
  const error = asObject(objectMember(state, 'current_agent_span')?.error)
  if (error)
    return {
      status: 'failed',
      error: asString(asObject(error.data)?.error) ?? asString(error.message),
      errorType: 'internal',
    }
  if (member(state, 'terminal_unrecoverable') === true) return { status: 'failed' }
  // Python does not say that a run ended: it did if the last answer asks for nothing more.
  const outputs = objectsIn(objectsIn(state, 'model_responses').at(-1), 'output')
  const last = items.at(-1)
  const isAnswered =
    type === undefined &&
    last?.type === 'message_output_item' &&
    outputs.some((output) => output.type === 'message') &&
    outputs.every((output) => output.type === 'message' || output.type === 'reasoning')
  return isAnswered
    ? { status: 'completed', output: textOf(objectMember(last, 'raw_item')?.content) }
    : { status: 'unknown' }
}
