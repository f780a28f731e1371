import type { Step } from '@agent-run/types'
import { unknownCost } from '../../conversion/cost.ts'
import {
  addMessage,
  addModelCall,
  addToolCall,
  finishStep,
  type SourcePlace,
  type StepOutcome,
} from '../../conversion/draft-steps.ts'
import { asArray, asString } from '../../conversion/json.ts'
import { parsed } from '../../conversion/json-text.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { redact } from '../../preview/index.ts'
import { errorText, errorTypeOf, hasFailed } from './faults.ts'
import { contentOf, inputMessages, outputMessages, parsedWhole } from './messages.ts'
import { names } from './names.ts'
import { type Node, roleOf } from './node.ts'
import { attributeOf, numberOf, type Span, textOf } from './span.ts'
import { usageOf } from './usage.ts'

/** What is known of a run while its steps are written. */
export interface Progress {
  readonly draft: RunDraft
  /** Ids of the steps of spans, by node. */
  readonly stepIds: Map<Node, string>
  /** Steps by the id of their call. */
  readonly calls: Map<string, StepDraft>
  /** Answers whose usage is counted. */
  readonly responses: Set<string>
}

const spanIdPattern = /^[0-9a-f]{16}$/

/** Where a span stands: `span <id>`, which is the same in whatever file it lies. */
export const placeOf = ({ span }: Node, line: number): SourcePlace => ({
  line,
  ...(span.spanId === '' ? {} : { ref: `span ${redact(span.spanId)}` }),
})

/** What a span says together with those that say the same. */
export function factsOf({ span, doubles }: Node): Span {
  if (doubles.length === 0) return span
  return {
    ...span,
    attributes: new Map([...doubles.flatMap((double) => [...double.span.attributes]), ...span.attributes]),
    events: [...span.events, ...doubles.flatMap((double) => double.span.events)],
    statusMessage: span.statusMessage ?? doubles.map((double) => double.span.statusMessage).find((text) => text),
  }
}

/** Adds the step of a span: a request to a model, a call of a tool, or something else. */
export function addSpanStep(progress: Progress, node: Node, agentId: string | undefined): void {
  const span = factsOf(node)
  const role = roleOf(node)
  const step =
    role === 'model'
      ? requestStep(progress, node, span)
      : role === 'tool'
        ? callStep(progress, node, span)
        : otherStep(progress, node, span)
  linkStep(progress, step, node, agentId)
}

/** Ids, and the step that contains this one. */
export function linkStep({ stepIds }: Progress, { step }: StepDraft, node: Node, agentId?: string): void {
  stepIds.set(node, step.id)
  if (spanIdPattern.test(node.span.spanId)) step.span_id = node.span.spanId
  const container = containerOf(node)
  const id = container && stepIds.get(container)
  if (id !== undefined) step.parent_step_id = id
  if (agentId !== undefined) step.agent_id = agentId
}

/** The nearest span above that is a step of the same run. */
function containerOf(node: Node): Node | undefined {
  return node.above && node.above.part !== 'unit' ? node.above : undefined
}

function requestStep(progress: Progress, node: Node, span: Span): StepDraft {
  const { draft, responses } = progress
  const place = placeOf(node, node.began)
  const input = inputMessages(span)
  const output = outputMessages(span)
  const responseId = textOf(span, names.responseId)
  const usage = usageOf(span)
  const isCounted = responseId !== undefined && responses.has(responseId)
  if (responseId !== undefined && usage) responses.add(responseId)
  const step = addModelCall(
    draft,
    {
      id: node.span.spanId || `request-${node.ended}`,
      model: textOf(span, [...names.responseModel, ...names.requestModel]),
      responseId,
      stopReason: stopReasonOf(span),
      // The whole history stands in every request; what is new in it is at its end.
      input: input.length > 0 ? contentOf(input.slice(-1)) : parsedWhole(attributeOf(span, names.input)),
      output: output.length > 0 ? contentOf(output) : parsedWhole(attributeOf(span, names.output)),
      // An answer that two spans tell of is counted once.
      cost: isCounted || !usage ? { ...unknownCost } : usage,
      start: span.start,
    },
    place,
  )
  const firstToken = firstTokenOf(span)
  if (firstToken !== undefined) step.step.first_token_ms = firstToken
  const prompt = textOf(span, names.promptVersion)
  if (prompt) step.step.prompt_version = draft.previewer.text(prompt, 256)
  finish(draft, step, span, placeOf(node, node.ended), {
    output: undefined,
    failure: 'provider_error',
    isAnswered: output.length > 0,
  })
  return step
}

function stopReasonOf(span: Span): string | undefined {
  const value = attributeOf(span, names.finishReasons)
  const reasons = (asArray(parsed(value)) ?? [value]).flatMap((reason) => asString(reason) ?? [])
  return reasons.length > 0 ? reasons.join(', ') : undefined
}

function firstTokenOf(span: Span): number | undefined {
  const seconds = numberOf(span, ['gen_ai.response.time_to_first_chunk', 'gen_ai.server.time_to_first_token'])
  const ms = seconds === undefined ? numberOf(span, ['ai.response.msToFirstChunk']) : seconds * 1000
  return ms !== undefined && ms >= 0 && ms <= Number.MAX_SAFE_INTEGER ? ms : undefined
}

/** What a span says of a call of a tool. */
export function callOf(span: Span): { name: string; callId: string | undefined; server: string | undefined } {
  return {
    name: textOf(span, [...names.toolName, 'traceloop.entity.name']) ?? (span.name || 'unknown'),
    callId: textOf(span, names.toolCallId),
    server: textOf(span, names.mcpServer),
  }
}

function callStep(progress: Progress, node: Node, span: Span): StepDraft {
  const { draft, calls } = progress
  const place = placeOf(node, node.began)
  const { name, callId, server } = callOf(span)
  const result = parsedWhole(attributeOf(span, names.toolResult))
  const step = addToolCall(
    draft,
    {
      id: node.span.spanId || `call-${node.ended}`,
      name,
      arguments: attributeOf(span, names.toolArguments),
      callId,
      mcpServer: server,
      start: span.start,
    },
    place,
  )
  const permission = callId === undefined ? undefined : calls.get(callId)
  // The same call once more is another attempt.
  if (permission) step.step.retry_of = permission.step.id
  else if (callId !== undefined) calls.set(callId, step)
  finish(draft, step, span, placeOf(node, node.ended), {
    output: result,
    failure: 'tool_failed',
    isAnswered: result !== undefined,
  })
  return step
}

function otherStep({ draft }: Progress, node: Node, span: Span): StepDraft {
  const place = placeOf(node, node.began)
  const input = draft.previewer.json(contentOf(inputMessages(span)) ?? parsedWhole(attributeOf(span, names.input)))
  const step = draft.add(
    {
      id: node.span.spanId || `step-${node.ended}`,
      type: 'other',
      started_at: span.start?.text ?? null,
      ...(input ? { input_preview: input } : {}),
      source_ref: place.ref ?? `entry ${place.line}`,
      metadata: { operation: draft.previewer.text(node.convention?.operation ?? 'unknown', 64) },
    },
    place.line,
    span.start,
  )
  const output = contentOf(outputMessages(span)) ?? parsedWhole(attributeOf(span, names.output))
  finish(draft, step, span, placeOf(node, node.ended), { output, failure: undefined, isAnswered: output !== undefined })
  return step
}

/** Words of a unit that has no span inside it. */
export function addUnitWords(progress: Progress, node: Node, text: string): void {
  const step = addMessage(
    progress.draft,
    'assistant',
    { id: `${node.span.spanId || 'answer'}.answer`, text, at: node.span.end },
    placeOf(node, node.ended),
  )
  if (step && spanIdPattern.test(node.span.spanId)) step.step.span_id = node.span.spanId
}

interface Answer {
  readonly output: unknown
  readonly failure: Step['error_type']
  readonly isAnswered: boolean
}

/** Ends a step where its span ended, or where nothing is known but that there was an answer. */
function finish(run: RunDraft, step: StepDraft, span: Span, place: SourcePlace, answer: Answer): void {
  const failed = hasFailed(span)
  const isTimeless = span.start === undefined && span.end === undefined
  if (!span.end && !failed && !(isTimeless && answer.isAnswered)) return
  const error = failed ? errorText(span) : undefined
  const type = failed ? errorTypeOf(span, answer.failure) : undefined
  const outcome: StepOutcome = {
    status: failed ? 'failed' : 'succeeded',
    output: answer.output,
    at: span.end,
    ...(error === undefined ? {} : { error }),
    ...(type === undefined ? {} : { errorType: type }),
  }
  finishStep(run, step, outcome, place)
}
