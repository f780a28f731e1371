import type { Step } from '@agent-run/types'
import { addApproval } from '../../conversion/approvals.ts'
import { addModelCall, addToolCall, finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import { asArray, asObject, asString } from '../../conversion/json.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { standardMessage } from './decisions.ts'
import { addGuardrail } from './guardrails.ts'
import { answerOf, lastUserText } from './members.ts'
import { hasResult, type Requested, rejectedCall, requestOf } from './requested.ts'
import { agentAbove, containers, errorOf, type Span } from './spans.ts'
import { readUsage } from './usage.ts'

/** What the spans of a trace are read into. */
interface SpanReading {
  readonly run: RunDraft
  readonly spans: readonly Span[]
  /** Name of the run's agent. */
  readonly agent: string
  /** The agent that works inside a call, or inside an agent without a call. */
  readonly inside: ReadonlyMap<Span, string>
  readonly requested: readonly Requested[]
}

/** Spans that only contain others. */
const frames = new Set(['agent', 'task', 'turn', 'speech_group'])

/** Adds the steps of a trace; what stands inside the call of another agent is contained in its step. */
export function readSpans(reading: SpanReading): void {
  const { run, spans, requested, inside } = reading
  const byExecution = new Map(requested.flatMap((one) => (one.executed ? [[one.executed, one]] : [])))
  const byRequest = new Map<Span, Requested[]>()
  for (const one of requested) byRequest.set(one.by, [...(byRequest.get(one.by) ?? []), one])
  const waited = new Set(requested.flatMap((one) => one.waited))
  const steps = new Map<Span, StepDraft>()
  const responseIds = new Set<string>()
  const lastRequest = new Map<Span | undefined, number>()
  for (const span of spans)
    if (isRequest(span) && span.start) {
      const agent = agentAbove(span)
      lastRequest.set(agent, Math.max(lastRequest.get(agent) ?? Number.NEGATIVE_INFINITY, span.start.ms))
    }
  for (const span of spans) {
    if (waited.has(span)) continue
    const place = placeOf(span)
    let draft: StepDraft | undefined
    if (span.type === 'guardrail') {
      const at = span.end ?? span.start
      if (at)
        addGuardrail(run, { name: asString(span.data.name) ?? 'unknown', triggered: span.data.triggered === true }, at)
    } else if (isRequest(span)) draft = addRequest(reading, span, responseIds, place)
    else if (span.type === 'function' || span.type === 'handoff' || inside.has(span)) {
      const one = byExecution.get(span)
      const modelCall = one && steps.get(one.by)?.step.id
      draft = addCall(reading, span, one, modelCall, place)
      const wentOn = (lastRequest.get(agentAbove(span)) ?? 0) >= (span.end?.ms ?? Number.POSITIVE_INFINITY)
      endCall(reading, span, draft, { one, wentOn })
    } else if (!frames.has(span.type)) draft = addOther(reading, span, place)
    if (!draft) continue
    steps.set(span, draft)
    const above = containers(span).find((container) => steps.has(container))
    const parent = above && steps.get(above)
    if (parent) draft.step.parent_step_id = parent.step.id
    if (isRequest(span)) addUnexecuted(reading, byRequest.get(span) ?? [], draft, place)
  }
}

const isRequest = ({ type }: Span): boolean =>
  type === 'generation' || type === 'response' || type === 'speech' || type === 'transcription'

const placeOf = ({ line, id }: Span): SourcePlace => ({ line, ref: id })

/** Steps name their agent where it is not the run's own. */
function foreignAgent({ agent }: SpanReading, span: Span): string | undefined {
  const own = asString(agentAbove(span)?.data.name)
  return own === agent ? undefined : own
}

function addRequest(reading: SpanReading, span: Span, responseIds: Set<string>, place: SourcePlace): StepDraft {
  const { data } = span
  const { input, output, response } = requestOf(span)
  const isSound = span.type === 'speech' || span.type === 'transcription'
  const responseId = asString(data.response_id) ?? asString(response?.id)
  const isNew = responseId !== undefined && !responseIds.has(responseId)
  if (isNew) responseIds.add(responseId)
  const draft = addModelCall(
    reading.run,
    {
      id: span.id,
      model: asString(data.model) ?? asString(response?.model),
      // Two requests under one id cannot both be said to have it (AR-COST-008).
      responseId: isNew ? responseId : undefined,
      // Sound is not kept, only what was said.
      input: isSound ? asString(data.input) : (lastUserText(input) ?? asArray(input)?.at(-1)),
      output: isSound ? asString(data.output) : (answerOf(output) ?? (asArray(output)?.length ? output : undefined)),
      cost: readUsage(data.usage) ?? readUsage(response?.usage),
      agentId: foreignAgent(reading, span),
      start: span.start,
    },
    place,
  )
  const error = errorOf(span)
  if (span.end || error !== undefined)
    finishStep(
      reading.run,
      draft,
      {
        status: error === undefined ? 'succeeded' : 'failed',
        error,
        errorType: error && 'provider_error',
        at: span.end,
      },
      place,
    )
  return draft
}

function addCall(
  reading: SpanReading,
  span: Span,
  one: Requested | undefined,
  modelCallId: string | undefined,
  place: SourcePlace,
): StepDraft {
  const { data, type } = span
  const target = type === 'handoff' ? (asString(data.to_agent) ?? 'unknown') : reading.inside.get(span)
  const name = type === 'function' ? (asString(data.name) ?? 'unknown') : one?.call.name
  return addToolCall(
    reading.run,
    {
      id: span.id,
      type: target === undefined ? 'tool_call' : 'handoff',
      name: name ?? target ?? 'unknown',
      arguments: data.input === '' ? one?.call.arguments : (data.input ?? one?.call.arguments),
      callId: rejectedCall(span) ?? one?.call.callId,
      mcpServer: serverOf(data.mcp_data),
      modelCallId,
      agentId: target ?? foreignAgent(reading, span),
      start: one?.waited[0]?.start ?? span.start,
      ...(target === undefined ? {} : { effects: [{ kind: 'none' }] }),
    },
    place,
  )
}

/** Ends a call, with what a trace shows of approvals: a rejection, and that a call waited before it ran. */
function endCall(
  { run }: SpanReading,
  span: Span,
  draft: StepDraft,
  { one, wentOn }: { readonly one: Requested | undefined; readonly wentOn: boolean },
): void {
  const place = placeOf(span)
  const isRejected = rejectedCall(span) !== undefined
  const error = errorOf(span)
  const asked = one?.waited.at(-1)?.end
  if (asked) addApproval(run, draft, { event: 'requested', at: asked, basis: 'inferred' })
  if (isRejected) {
    const reason = asString(span.data.output) ?? asString(span.error?.message)
    addApproval(run, draft, { event: 'denied', at: span.start ?? span.end, reason, basis: 'observed' })
  } else if (asked) addApproval(run, draft, { event: 'approved', at: span.start, basis: 'inferred' })
  if (!span.end && error === undefined) return
  const isKnown = span.type !== 'function' || hasResult(span) || wentOn
  if (!isKnown && one?.told !== undefined) {
    endTold(run, draft, one.told, place)
    return
  }
  const outcome = error === undefined ? (isKnown ? 'succeeded' : 'unknown') : 'failed'
  const status: NonNullable<Step['status']> = isRejected ? 'denied' : outcome
  finishStep(
    run,
    draft,
    {
      status,
      // What came back as nothing is no result.
      output: span.data.output ?? undefined,
      error,
      ...(status === 'failed' ? { errorType: 'tool_failed' } : {}),
      at: span.end,
    },
    place,
  )
}

/** Calls that a model asked for and no span shows: they wait, were refused, or ran elsewhere. */
function addUnexecuted(
  reading: SpanReading,
  requested: readonly Requested[],
  request: StepDraft,
  place: SourcePlace,
): void {
  for (const { call, by, executed, told } of requested) {
    if (executed) continue
    const draft = addToolCall(
      reading.run,
      {
        id: call.callId ?? `${by.id}.call`,
        name: call.name,
        arguments: call.arguments,
        callId: call.callId,
        modelCallId: request.step.id,
        agentId: foreignAgent(reading, by),
      },
      place,
    )
    if (request.step.parent_step_id) draft.step.parent_step_id = request.step.parent_step_id
    if (told === undefined) draft.step.status = 'unknown'
    else endTold(reading.run, draft, told, place)
  }
}

/** Ends a call of which only the result is known, as a model was told it later; refusals are told in the same way. */
function endTold(run: RunDraft, draft: StepDraft, told: string, place: SourcePlace): void {
  const isRefusal = told === standardMessage
  if (isRefusal) draft.step.approval = { state: 'denied', basis: 'inferred' }
  finishStep(run, draft, { status: isRefusal ? 'denied' : 'unknown', output: told }, place)
}

function addOther(reading: SpanReading, span: Span, place: SourcePlace): StepDraft {
  const { run } = reading
  const { data, type } = span
  const isList = type === 'mcp_tools'
  const agent = foreignAgent(reading, span)
  const server = isList ? asString(data.server) : undefined
  const input = run.previewer.json(isList ? undefined : data.data)
  const draft = run.add(
    {
      id: span.id,
      type: 'other',
      started_at: span.start?.text ?? null,
      tool_name: run.previewer.text(isList ? 'mcp_list_tools' : (asString(data.name) ?? type), 256),
      ...(agent ? { agent_id: run.previewer.text(agent, 256) } : {}),
      ...(server ? { mcp_server: run.previewer.text(server, 256) } : {}),
      ...(input ? { input_preview: input } : {}),
      source_ref: span.id,
    },
    place.line,
    span.start,
  )
  draft.step.source_ref = run.previewer.text(span.id, 256)
  const error = errorOf(span)
  if (span.end || error !== undefined)
    finishStep(
      run,
      draft,
      {
        status: error === undefined ? 'succeeded' : 'failed',
        error,
        output: isList ? data.result : undefined,
        at: span.end,
      },
      { line: place.line },
    )
  return draft
}

/** The MCP server of a call: `{"server": "..."}`, or that as text. */
function serverOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return asString(asObject(value)?.server)
  try {
    return asString(asObject(JSON.parse(value))?.server) ?? asString(value)
  } catch {
    return asString(value)
  }
}
