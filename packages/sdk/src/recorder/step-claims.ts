import type { Cost, Step } from '@agent-run/types'
import type { Context } from './context.ts'
import type { Faults } from './faults.ts'
import type { Said } from './step-content.ts'

const calls: ReadonlySet<Step['type']> = new Set(['tool_call', 'tool_result', 'handoff'])
const open: ReadonlySet<Step['status']> = new Set(['pending', 'running'])

/**
 * A call is one step (AR-STEP-011): a further `tool_call` of the same id is an attempt, linked by `retry_of`; another step
 * of it names what it belongs to by `caused_by` and leaves the id to the call.
 */
export function claimCall({ faults, state }: Context, { id, type }: Pick<Step, 'id' | 'type'>, said: Said): Said {
  const { tool_call_id: callId, ...others } = said
  if (typeof callId !== 'string' || !calls.has(type)) return said
  const earlier = state.callIds.get(callId)
  if (earlier === id) return said
  if (earlier === undefined || type === 'tool_call') {
    state.callIds.set(callId, id)
    if (earlier === undefined) return said
    const named = state.steps.findLast((step) => step.id === said.retry_of)
    return named?.tool_call_id === callId ? said : { ...said, retry_of: earlier }
  }
  faults.report(
    'recorder.member_refused',
    `step: tool_call_id of this ${type} stands on the call itself and is left out`,
  )
  const causes = Array.isArray(others.caused_by) ? others.caused_by : []
  const name = state.steps.findLast((step) => step.id === earlier)?.tool_name
  return {
    ...others,
    caused_by: [...new Set([...causes, earlier])],
    ...(others.tool_name === undefined && name !== undefined ? { tool_name: name } : {}),
  }
}

/** The usage of one response is counted on one step, however often the response is handed out (AR-COST-008). */
export function countOnce({ state }: Context, type: Step['type'], said: Said): Said {
  const { response_id: response, cost } = said
  if (type !== 'model_call' || typeof response !== 'string' || typeof cost !== 'object' || cost === null) return said
  if (state.responseIds.has(response)) {
    const unknown: Cost = { input_tokens: null, output_tokens: null, basis: 'unknown' }
    return { ...said, cost: unknown }
  }
  state.responseIds.add(response)
  return said
}

/** How a step ended: as said, if that is an end, else as its error tells. */
export function finalStatus({ status, error }: Said, faults: Faults): NonNullable<Step['status']> {
  const natural = typeof error === 'string' ? 'failed' : 'succeeded'
  if (status === undefined || !open.has(status)) return status ?? natural
  faults.report('recorder.member_refused', `step: status is ${status} at its end; expected how it ended`)
  return natural
}
