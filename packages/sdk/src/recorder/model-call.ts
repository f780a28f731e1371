import type { Cost } from '@agent-run/types'
import type { Context } from './context.ts'
import { readError } from './errors-of-calls.ts'
import { beginStep, type LiveStep } from './live-step.ts'
import type { StepMembers } from './run-start.ts'
import { settle } from './tool-call.ts'
import { unrecordedStep } from './unrecorded.ts'
import { type ModelAnswer, readAnswer } from './usage.ts'

/** A request to a model, before it is sent. */
export interface ModelCall
  extends Omit<StepMembers, 'status' | 'output' | 'error' | 'error_type' | 'tool_name' | 'side_effects' | 'approval'> {
  /** Reads the answer, where `readAnswer` does not know its shape. */
  readonly read?: (response: unknown) => ModelAnswer
}

/**
 * Records one request to a model: how long it took, what it used, how it ended.
 * @param execute sends it. What it throws is thrown on as it is. For an answer that comes in pieces, begin a step instead.
 */
export async function recordModelCall<T>(
  context: Context,
  call: ModelCall,
  execute: (step: LiveStep) => T | Promise<T>,
): Promise<T> {
  const { faults, state } = context
  const { read = readAnswer, ...members } = call
  const step = faults.guard('recorder.step_failed', 'the model call cannot be recorded', () => {
    if (!state.ended) return beginStep(context, 'model_call', { role: 'assistant', ...members })
    faults.report('recorder.too_late', 'a model call that comes after the end of its run is not recorded')
    return undefined
  })
  if (step === undefined) return execute(unrecordedStep)
  step.start()
  let response: T
  try {
    response = await execute(step)
  } catch (error) {
    await settle(context, step, () => readError(error, 'provider_error')).catch(() => undefined)
    throw error
  }
  await settle(context, step, () => answered(context, members, read(response)))
  return response
}

const answered = (context: Context, said: StepMembers, { cost, output, ...answer }: ModelAnswer): StepMembers => {
  const counted = said.cost ?? cost
  return {
    ...Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined)),
    ...(output === undefined || said.output_preview !== undefined ? {} : { output }),
    ...(counted === undefined ? {} : { cost: countOnce(context, answer.response_id, counted) }),
  }
}

/** The usage of one response is counted on one step, however often the response is handed out (AR-COST-008). */
const countOnce = ({ state }: Context, responseId: string | undefined, cost: Cost): Cost => {
  if (responseId === undefined) return cost
  if (state.responseIds.has(responseId)) return { input_tokens: null, output_tokens: null, basis: 'unknown' }
  state.responseIds.add(responseId)
  return cost
}
