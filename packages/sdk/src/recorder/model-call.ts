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
  const begun = faults.guard('recorder.step_failed', 'the model call cannot be recorded', () => {
    const { read = readAnswer, ...members } = call
    if (!state.ended)
      return { read, members, step: beginStep(context, 'model_call', { role: 'assistant', ...members }) }
    faults.report('recorder.too_late', 'a model call that comes after the end of its run is not recorded')
    return undefined
  })
  if (begun === undefined) return execute(unrecordedStep)
  const { read, members, step } = begun
  step.start()
  let response: T
  try {
    response = await execute(step)
  } catch (error) {
    await settle(context, step, () => readError(error, 'provider_error')).catch(() => undefined)
    throw error
  }
  await settle(context, step, () => answered(members, read(response)))
  return response
}

const answered = (said: StepMembers, { cost, output, ...answer }: ModelAnswer): StepMembers => {
  const counted = said.cost ?? cost
  return {
    ...Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined)),
    ...(output === undefined || said.output_preview !== undefined ? {} : { output }),
    ...(counted === undefined ? {} : { cost: counted }),
  }
}
