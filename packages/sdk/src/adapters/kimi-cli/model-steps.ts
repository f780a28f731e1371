import type { Cost } from '@agent-run/types'
import { unknownCost } from '../../conversion/cost.ts'
import { addMessage, addModelCall, addReasoning, finishStep } from '../../conversion/draft-steps.ts'
import { type Moment, momentAt } from '../../conversion/time.ts'
import type { Request, Turn } from './turn.ts'

/** Begins a request to the model. A further attempt at the same step says that the one before failed. */
export function beginRequest(
  turn: Turn,
  line: number,
  at: Moment | undefined,
  details: {
    readonly model?: string | undefined
    readonly turnStep?: string | undefined
    readonly attempt?: number | undefined
  },
): Request {
  const { run, request } = turn
  const again = request !== undefined && details.turnStep !== undefined && request.turnStep === details.turnStep
  const model = details.model ?? turn.log.model
  if (request) endRequest(turn, line, again ? { failed: true, at } : { at })
  const draft = addModelCall(run, { id: `request-${line}`, model, start: at ?? turn.asked }, { line })
  if (again && request) {
    draft.step.retry_of = request.draft.step.id
    draft.step.attempt = (request.draft.step.attempt ?? 1) + 1
    request.draft.step.attempt ??= 1
  }
  turn.request = { draft, turnStep: details.turnStep, start: at ?? turn.asked, last: undefined }
  turn.answered = false
  return turn.request
}

/** How a request ended. */
export interface RequestEnd {
  readonly failed?: boolean
  readonly cancelled?: boolean
  readonly at: Moment | undefined
  readonly cost?: Cost | undefined
  readonly stopReason?: string | undefined
  readonly responseId?: string | undefined
  /** Milliseconds to the first token, and from there to the last. */
  readonly firstToken?: number | undefined
  readonly stream?: number | undefined
}

/** Ends the request under way. */
export function endRequest(turn: Turn, line: number, end: RequestEnd): void {
  const { run, request } = turn
  if (!request) return
  turn.request = undefined
  const { step } = request.draft
  const { previewer } = run
  if (end.cost) step.cost = { ...end.cost, ...(step.model ? { model: step.model } : {}) }
  else if (!end.failed && !end.cancelled) step.cost = { ...unknownCost }
  if (end.stopReason) step.stop_reason = previewer.text(end.stopReason, 256)
  const isTaken = run.drafts.some((draft) => draft !== request.draft && draft.step.response_id === end.responseId)
  if (end.responseId && !isTaken) step.response_id = previewer.text(end.responseId, 256)
  if (end.firstToken !== undefined) step.first_token_ms = end.firstToken
  // The log writes the end of a step when its tools are done: the request itself was over before.
  const streamed =
    request.start && end.firstToken !== undefined && end.stream !== undefined
      ? momentAt(request.start.ms + end.firstToken + end.stream)
      : undefined
  const at = end.failed || end.cancelled ? end.at : (streamed ?? request.last ?? end.at)
  finishStep(
    run,
    request.draft,
    end.failed
      ? {
          status: 'failed',
          error: 'the model could not be reached, or gave no answer',
          errorType: 'provider_error',
          at,
        }
      : { status: end.cancelled ? 'cancelled' : 'succeeded', at },
    { line },
  )
}

/** Adds what the model said or thought. */
export function addPart(
  turn: Turn,
  line: number,
  kind: 'think' | 'text',
  text: string | undefined,
  at: Moment | undefined,
): void {
  const request = turn.request ?? beginRequest(turn, line, undefined, {})
  request.last = at ?? request.last
  const words = { id: `line-${line}`, text, at, modelCallId: request.draft.step.id }
  if (kind === 'think') addReasoning(turn.run, words, { line })
  else {
    addMessage(turn.run, 'assistant', words, { line })
    turn.lastText = text ?? turn.lastText
  }
}
