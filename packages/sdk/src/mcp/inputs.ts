import type { OpenStep, Recorder, StepMembers } from '../recorder/index.ts'
import type { Allowance } from './allowance.ts'
import { type Members, membersAt, own, textAt } from './json-rpc.ts'

/** A question of the server to the client, while it is open. */
export interface OpenInput {
  /** @param answer the client's result, or `undefined` with what went wrong */
  end(answer: Members | undefined, error?: string): void
}

const unknownCost = { input_tokens: null, output_tokens: null }

/**
 * Records what a server asks its client for: `sampling/createMessage` is a model call (its usage is not told),
 * `elicitation/create` a question to the user. `undefined` for anything else, and for more than may be recorded.
 *
 * @param parentId step of the call that it belongs to, where the protocol says so
 */
export function beginInput(
  { run, questions }: { readonly run: () => Recorder; readonly questions: Allowance },
  method: string,
  params: Members | undefined,
  parentId?: string,
): OpenInput | undefined {
  if (method !== 'sampling/createMessage' && method !== 'elicitation/create') return undefined
  if (!questions.take()) return undefined
  const about: StepMembers = {
    ...(parentId === undefined ? {} : { parent_step_id: parentId }),
    metadata: { mcp: { method } },
  }
  if (method === 'sampling/createMessage') {
    const step = run().startStep('model_call', { ...about, input: own(params, 'messages'), cost: unknownCost })
    return { end: (answer, error) => void step.end(answer === undefined ? failed(error) : modelAnswer(answer)) }
  }
  const step = run().startStep('input_request', { ...about, input: textAt(params, 'message') })
  return { end: (answer, error) => endQuestion(step, answer, error) }
}

const failed = (error: string | undefined): StepMembers => ({ status: 'failed', error: error ?? 'no answer' })

const modelAnswer = (answer: Members): StepMembers => {
  const content = own(answer, 'content')
  const text = textAt(membersAt(answer, 'content'), 'text')
  const [model, reason] = [textAt(answer, 'model'), textAt(answer, 'stopReason')]
  return {
    output: text ?? content,
    ...(model === undefined ? {} : { model }),
    ...(reason === undefined ? {} : { stop_reason: reason }),
  }
}

const endQuestion = (step: OpenStep, answer: Members | undefined, error: string | undefined): void => {
  if (answer === undefined) return void step.end(failed(error))
  const action = textAt(answer, 'action') ?? 'unknown'
  const content = own(answer, 'content')
  void step.end({
    output: content === undefined ? action : { action, content },
    ...(action === 'accept' ? {} : { status: action === 'decline' ? 'denied' : 'cancelled' }),
  })
}
