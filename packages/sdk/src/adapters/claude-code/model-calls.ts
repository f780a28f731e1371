import type { Step } from '@agent-run/types'
import { addMessage, addReasoning } from '../../conversion/draft-steps.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { Moment } from '../../conversion/time.ts'
import { finishCall, startCall } from './calls.ts'
import type { Entry } from './entry.ts'
import type { CallDraft, ModelCallDraft, Turn } from './turn.ts'
import { readUsage } from './usage.ts'
import { textsOf } from './user-text.ts'

/**
 * Adds one line of a model's answer. Claude Code writes a line for each block of an answer and repeats its usage on each:
 * the lines of one answer (`message.id`, `requestId`) are one model_call step, and the last line's usage counts.
 *
 * @param asked time of the line that the answer follows: the request was sent then
 * @param isKnown tells ids of calls that stand in the conversation already; such a block is a repetition
 * @returns the calls of tools in this line
 */
export function addModelCall(
  turn: Turn,
  entry: Entry,
  message: Json,
  asked: Moment | undefined,
  isKnown: (callId: string) => boolean,
): CallDraft[] {
  const call = modelCallFor(turn, entry, message, asked)
  const { step } = call.draft
  const stopReason = asString(message.stop_reason)
  if (stopReason) step.stop_reason = turn.previewer.text(stopReason, 64)
  if (asObject(message.usage)) {
    call.cost = readUsage(message, stopReason !== undefined)
    if (entry.json.costUSD !== undefined) Object.assign(call.cost, priceOf(entry.json))
    if (step.model) call.cost.model = step.model
  }
  call.lastLine = Math.max(call.lastLine, entry.line)
  step.status = entry.json.isAbortedMidStream === true ? 'cancelled' : 'succeeded'
  step.source_ref =
    call.lastLine === call.draft.line ? `line ${call.draft.line}` : `lines ${call.draft.line}-${call.lastLine}`
  turn.settle(call.draft, entry.line, entry.time)
  turn.effort ??= asString(entry.json.effort)
  turn.agentType ??= asString(entry.json.attributionAgent)
  const calls = addBlocks(turn, entry, message, step.id, isKnown)
  turn.stopped = stopReason !== undefined && stopReason !== 'tool_use' && stopReason !== 'pause_turn'
  turn.yielded = false
  turn.failure = undefined
  return calls
}

function modelCallFor(turn: Turn, entry: Entry, message: Json, asked: Moment | undefined): ModelCallDraft {
  const { previewer } = turn
  const messageId = asString(message.id)
  const requestId = asString(entry.json.requestId)
  const key = messageId || requestId ? `${messageId?.length} ${messageId} ${requestId}` : `line ${entry.line}`
  const known = turn.modelCalls.get(key)
  if (known) return known
  const start = asked && entry.time && asked.ms <= entry.time.ms ? asked : undefined
  const model = asString(message.model)
  const step: Step = {
    id: messageId ?? entry.uuid ?? `line-${entry.line}`,
    type: 'model_call',
    started_at: start?.text ?? null,
    ...(model ? { model: previewer.text(model, 256) } : {}),
    ...(messageId ? { response_id: previewer.text(messageId, 256) } : {}),
    ...retryOf(turn.retried),
  }
  turn.retried = undefined
  const call: ModelCallDraft = {
    draft: turn.add(step, entry.line, start),
    cost: { input_tokens: null, output_tokens: null, basis: 'unknown' },
    lastLine: entry.line,
    lineUuid: entry.uuid,
    requestId,
  }
  turn.modelCalls.set(key, call)
  // An answer that goes on after an interruption: it was not the end.
  turn.interrupted = false
  turn.end = undefined
  return call
}

/** A request after one that failed. */
const retryOf = (failed: Step | undefined): Pick<Step, 'attempt' | 'retry_of'> =>
  failed ? { ...(failed.attempt ? { attempt: failed.attempt + 1 } : {}), retry_of: failed.id } : {}

/** What the oldest versions knew of the price. */
function priceOf(json: Json): { cost_usd?: number; price_basis?: 'reported' } {
  const price = json.costUSD
  return typeof price === 'number' && price >= 0 && price <= Number.MAX_SAFE_INTEGER
    ? { cost_usd: price, price_basis: 'reported' }
    : {}
}

function addBlocks(
  turn: Turn,
  entry: Entry,
  message: Json,
  modelCallId: string,
  isKnown: (callId: string) => boolean,
): CallDraft[] {
  const calls: CallDraft[] = []
  const blocks =
    typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : (asArray(message.content) ?? [])
  for (const [index, value] of blocks.entries()) {
    const block = asObject(value)
    const type = asString(block?.type)
    if (!block || !type) continue
    const id = asString(block.id)
    const words = { id: `${entry.uuid ?? `line-${entry.line}`}.${index}`, at: entry.time, modelCallId }
    if (type === 'text') {
      const said = addMessage(turn, 'assistant', { ...words, text: textsOf([block])?.[0] }, entry)
      if (said) {
        turn.output = said.step.output_preview ?? undefined
        turn.phase = 'answered'
      }
    } else if (type === 'thinking' || type === 'redacted_thinking') {
      addReasoning(turn, { ...words, text: asString(block.thinking) }, entry)
      turn.phase = 'waiting'
    } else if (type === 'tool_use' || type === 'server_tool_use' || type === 'mcp_tool_use') {
      if (id !== undefined && (isKnown(id) || calls.some((call) => call.callId === id))) continue
      turn.phase = 'waiting'
      calls.push(
        startCall(turn, {
          id,
          name: asString(block.name) ?? 'unknown',
          input: block.input,
          entry,
          index,
          modelCallId,
        }),
      )
    } else if (type.endsWith('_tool_result') || type === 'tool_result') {
      // What the provider executed itself is answered in the same message.
      const answered = asString(block.tool_use_id)
      const call = turn.calls.findLast(({ callId, resolved }) => callId === answered && !resolved)
      if (call && answered !== undefined) finishCall(turn, call, block, entry)
    }
  }
  return calls
}

/** Kinds of errors that the client names itself. */
const errorTypes: Readonly<Record<string, NonNullable<Step['error_type']>>> = {
  rate_limit: 'rate_limited',
  overloaded: 'rate_limited',
  authentication_failed: 'permission_denied',
  oauth_org_not_allowed: 'permission_denied',
  billing_error: 'budget_exceeded',
  invalid_request: 'invalid_request',
  model_not_found: 'not_found',
  server_error: 'provider_error',
}

const byStatus = (status: number | undefined): NonNullable<Step['error_type']> =>
  status === 429 || status === 529
    ? 'rate_limited'
    : status === 401 || status === 403
      ? 'permission_denied'
      : status === 400
        ? 'invalid_request'
        : 'provider_error'

/** An answer that the client wrote because the provider gave none: an error, and for now the end of the turn. */
export function addErrorAnswer(turn: Turn, entry: Entry, message: Json): void {
  const text = textsOf(message.content)?.join('\n').trim()
  const error = turn.previewer.text(text && text !== '' ? text : 'the provider failed', 1000)
  const kind = asString(entry.json.error)
  const type =
    kind && Object.hasOwn(errorTypes, kind) ? errorTypes[kind]! : byStatus(asCount(entry.json.apiErrorStatus))
  const step: Step = {
    id: entry.uuid ?? `line-${entry.line}`,
    type: 'error',
    status: 'failed',
    started_at: entry.time?.text ?? null,
    error,
    error_type: type,
    source_ref: `line ${entry.line}`,
  }
  turn.addMoment(step, entry.line, entry.time)
  turn.failure = { error, type }
  turn.phase = 'ended'
  turn.end = entry.time
}

/** A request to the provider that failed. The next request is the same one, tried again. */
export function addRetry(turn: Turn, entry: Entry): void {
  const details = asObject(entry.json.error)
  const inner = asObject(asObject(details?.error)?.error) ?? asObject(details?.error)
  const status = asCount(details?.status)
  const attempt = asCount(entry.json.retryAttempt)
  const text = asString(inner?.message) ?? asString(details?.message) ?? asString(entry.json.error)
  const step: Step = {
    id: entry.uuid ?? `line-${entry.line}`,
    type: 'model_call',
    status: 'failed',
    started_at: null,
    ...(attempt !== undefined && attempt >= 1 ? { attempt } : {}),
    ...(turn.retried ? { retry_of: turn.retried.id } : {}),
    error: turn.previewer.text(
      text ?? (status === undefined ? 'the provider failed' : `the provider answered ${status}`),
      1000,
    ),
    error_type: byStatus(status),
    source_ref: `line ${entry.line}`,
  }
  turn.settle(turn.add(step, entry.line, undefined), entry.line, entry.time)
  turn.retried = step
}
