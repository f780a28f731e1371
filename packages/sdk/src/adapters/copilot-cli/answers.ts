import type { Cost } from '@agent-run/types'
import { unknownCost } from '../../conversion/cost.ts'
import { addMessage, addModelCall, addReasoning, finishStep } from '../../conversion/draft-steps.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { tokenCost } from '../../conversion/usage.ts'
import { noteCall } from './calls.ts'
import { parentOf } from './delegations.ts'
import type { LogEvent } from './event.ts'
import type { Turn } from './turn.ts'

/** `assistant.message`: an answer of the model, or a chunk of one. */
export function readAnswer(turn: Turn, event: LogEvent): LineFate {
  const { run } = turn
  const { data } = event
  const parent = parentOf(turn, event)
  run.book(event.line)
  const key = asString(data.apiCallId) ?? asString(data.requestId) ?? asString(data.messageId) ?? `line-${event.line}`
  const inside = parent ? { parent_step_id: parent.step.id } : {}
  const agentId = parent?.step.agent_id
  const place = { line: event.line }
  const model = asString(data.model) ?? (parent ? undefined : turn.session.model)
  let draft = turn.answers.get(key)
  if (draft) {
    // A later chunk of the same answer; its count is of the whole.
    const known = draft.step.cost?.output_tokens ?? 0
    const count = asCount(data.outputTokens) ?? 0
    if (count > known)
      draft.step.cost = { ...outputOnly(count), ...(draft.step.model ? { model: draft.step.model } : {}) }
    draft.step.source_ref = `${draft.step.source_ref}, line ${event.line}`
  } else {
    const count = asCount(data.outputTokens)
    draft = addModelCall(
      run,
      {
        id: `answer-${event.line}`,
        model,
        responseId: asString(data.apiCallId),
        agentId,
        start: turn.asked,
        cost: count ? outputOnly(count) : { ...unknownCost },
      },
      place,
    )
    Object.assign(draft.step, inside)
    if (draft.step.response_id && isTaken(turn, draft.step.response_id)) delete draft.step.response_id
    turn.answers.set(key, draft)
    finishStep(run, draft, { status: 'succeeded', at: event.time }, place)
  }
  const words = { at: event.time, modelCallId: draft.step.id, agentId }
  const thought = asString(data.reasoningText)
  const hidden = asString(data.reasoningOpaque) ?? asString(data.encryptedContent)
  if (thought === undefined ? hidden !== undefined && turn.thoughts.size === 0 : !turn.thoughts.has(thought))
    Object.assign(addReasoning(run, { id: `thought-${event.line}`, text: thought, ...words }, place).step, inside)
  turn.thoughts.clear()
  const text = asString(data.content)
  const said = addMessage(run, 'assistant', { id: `message-${event.line}`, text, ...words }, place)
  if (said) Object.assign(said.step, inside)
  const requests = (asArray(data.toolRequests) ?? []).map(asObject).filter((request) => request !== undefined)
  for (const request of requests) noteCall(turn, event, request, draft.step.id)
  if (!parent) {
    turn.answered = requests.length === 0
    turn.error = undefined
    if (text?.trim()) turn.lastText = text
  }
  return 'mapped'
}

/** `assistant.reasoning`: a thought that an answer may repeat. */
export function readThought(turn: Turn, event: LogEvent): LineFate {
  const text = asString(event.data.content)
  if (text !== undefined && turn.thoughts.has(text)) return { skipped: 'thought that was written before' }
  turn.run.book(event.line)
  const parent = parentOf(turn, event)
  const draft = addReasoning(
    turn.run,
    { id: `thought-${event.line}`, text, at: event.time, agentId: parent?.step.agent_id },
    { line: event.line },
  )
  if (parent) draft.step.parent_step_id = parent.step.id
  if (text !== undefined) turn.thoughts.add(text)
  return 'mapped'
}

/** `assistant.usage`: all tokens of a request; written by the SDK. */
export function readUsage(turn: Turn, event: LogEvent): LineFate {
  const cost = costOf(event.data)
  const key = asString(event.data.apiCallId)
  const draft = (key === undefined ? undefined : turn.answers.get(key)) ?? [...turn.answers.values()].at(-1)
  if (!cost || !draft) return { skipped: 'usage that belongs to no answer' }
  turn.run.book(event.line)
  if (draft.step.cost?.input_tokens === null || draft.step.cost === undefined)
    draft.step.cost = { ...cost, ...(draft.step.model ? { model: draft.step.model } : {}) }
  return 'mapped'
}

/** Tokens as events count them: cached ones are part of the input. */
export function costOf(usage: Json | undefined): Cost | undefined {
  const input = asCount(usage?.inputTokens)
  const output = asCount(usage?.outputTokens)
  if (input === undefined || output === undefined || input + output === 0) return undefined
  return tokenCost({
    input,
    output,
    cacheRead: asCount(usage?.cacheReadTokens),
    cacheWrite: asCount(usage?.cacheWriteTokens),
  })
}

const outputOnly = (count: number): Cost => ({ input_tokens: null, output_tokens: count, basis: 'reported' })

const isTaken = (turn: Turn, responseId: string): boolean =>
  [...turn.answers.values()].some(({ step }) => step.response_id === responseId)
