import { addToolCall, finishStep } from '../../conversion/draft-steps.ts'
import type { Moment } from '../../conversion/time.ts'
import { inputMessages, outputMessages, type ReturnedResult } from './messages.ts'
import { names } from './names.ts'
import { type Node, roleOf } from './node.ts'
import { textOf } from './span.ts'
import { factsOf, type Progress, placeOf } from './steps.ts'

/** What all spans together say of calls: which have a span of their own, and what became of the others. */
export interface CallIndex {
  /** Ids of calls that have a span. */
  readonly withSpan: ReadonlySet<string>
  /** What later prompts say of a call, and when the first of them was sent. */
  readonly results: ReadonlyMap<string, ReturnedResult & { readonly seen: Moment | undefined }>
  /** Ids of the answers that have a span of their own. */
  readonly responses: ReadonlySet<string>
}

/** Reads what spans say of calls. */
export function indexCalls(nodes: Iterable<Node>): CallIndex {
  const withSpan = new Set<string>()
  const results = new Map<string, ReturnedResult & { readonly seen: Moment | undefined }>()
  const responses = new Set<string>()
  for (const node of nodes) {
    const { span } = node
    if (roleOf(node) === 'tool') {
      const id = textOf(span, names.toolCallId)
      if (id !== undefined) withSpan.add(id)
    }
    if (roleOf(node) !== 'model') continue
    const response = textOf(span, names.responseId)
    if (response !== undefined) responses.add(response)
    for (const message of inputMessages(span))
      for (const result of message.results)
        if (!results.has(result.id)) results.set(result.id, { ...result, seen: span.start })
  }
  return { withSpan, results, responses }
}

/**
 * Calls that a model asked for. One that has a span becomes a step there and only learns who asked; any other is a step
 * from the messages: that it ran shows in a later prompt, whether it succeeded does not.
 */
export function addRequestedCalls(progress: Progress, node: Node, index: CallIndex): void {
  const { draft, calls, stepIds } = progress
  const modelCallId = stepIds.get(node)
  if (modelCallId === undefined) return
  const place = placeOf(node, node.ended)
  for (const [position, call] of outputMessages(factsOf(node))
    .flatMap((message) => message.calls)
    .entries()) {
    const known = call.id === undefined ? undefined : calls.get(call.id)
    if (known) known.step.model_call_id ??= modelCallId
    if (known || (call.id !== undefined && index.withSpan.has(call.id))) continue
    const step = addToolCall(
      draft,
      {
        id: call.id ?? `${modelCallId}.call-${position + 1}`,
        name: call.name,
        arguments: call.arguments,
        callId: call.id,
        modelCallId,
      },
      place,
    )
    const container = node.above && node.above.part !== 'unit' ? stepIds.get(node.above) : undefined
    if (container !== undefined) step.step.parent_step_id = container
    if (call.id === undefined) continue
    calls.set(call.id, step)
    const result = index.results.get(call.id)
    if (result?.isDenied) noteRefusal(progress, call.id, result)
    else if (result) finishStep(draft, step, { status: 'unknown', output: result.result }, place)
  }
}

/** The AI SDK tells the model that a call was refused; who refused it, it does not say. */
function noteRefusal(
  { draft, calls }: Progress,
  id: string,
  result: ReturnedResult & { readonly seen: Moment | undefined },
): void {
  const call = calls.get(id)
  if (!call) return
  const reason = result.reason === undefined ? undefined : draft.previewer.text(result.reason, 500)
  finishStep(draft, call, { status: 'denied' }, { line: call.line })
  call.step.approval = { state: 'denied', basis: 'inferred' }
  if (!result.seen) return
  const approvalId = `approval-${call.step.id}`
  call.step.approval.approval_id = approvalId
  draft.approvals.push({
    approval_id: approvalId,
    event: 'denied',
    step_id: call.step.id,
    ...(call.step.tool_call_id ? { tool_call_id: call.step.tool_call_id } : {}),
    at: result.seen.text,
    actor: { kind: 'unknown' },
    ...(reason ? { reason } : {}),
    basis: 'inferred',
  })
}
