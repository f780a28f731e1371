import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions } from '../../conversion/adapter.ts'
import { createKeeper, keepMembers } from '../../conversion/extra.ts'
import { finishRun } from '../../conversion/finish-run.ts'
import { asArray, asString } from '../../conversion/json.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { answerOf, lastUserText } from './members.ts'
import { hasResult, matchCalls, requestOf } from './requested.ts'
import { readSpans } from './span-steps.ts'
import { arrangeSpans, containers, errorOf, type Span } from './spans.ts'
import type { Trace } from './traces.ts'

/** Makes the run of a trace: what the agents of one workflow did. */
export function makeTraceRun(
  trace: Trace,
  options: ConvertOptions,
  previewer: Previewer,
): { readonly run: AgentRun; readonly contradictions: number } {
  const draft = new RunDraft(trace.id, previewer)
  for (const line of trace.lines) draft.book(line)
  const spans = arrangeSpans([...trace.spans.values()])
  const inside = agentsInside(spans)
  const top = spans.filter((span) => span.type === 'agent' && !isInside(span))
  const workflow = asString(trace.head?.workflow_name)
  const agent = asString(top[0]?.data.name) ?? 'openai-agents'
  draft.start = spans.reduce<Moment | undefined>((first, { start }) => earlier(first, start), undefined)
  readSpans({ run: draft, spans, agent, inside, requested: matchCalls(spans) })
  const ending = endingOf(spans, top)
  if (ending.status !== 'unknown')
    draft.end = spans.reduce<Moment | undefined>((last, { end }) => later(last, end), undefined)
  const requests = spans.filter((span) => !isInside(span) && (span.type === 'generation' || span.type === 'response'))
  const asked = requests.map((span) => lastUserText(requestOf(span).input)).find((words) => words !== undefined)
  const answer =
    ending.status === 'completed' ? requests.map((span) => answerOf(requestOf(span).output)).at(-1) : undefined
  const text = (value: string, length = 256): string => previewer.text(value, length)
  const tools = new Set(top.flatMap(({ data }) => asArray(data.tools) ?? []).flatMap((name) => asString(name) ?? []))
  const session = asString(trace.head?.group_id)
  const metadata = keepMembers(createKeeper(options.redact ?? true), {
    trace_id: draft.id === trace.id ? undefined : trace.id,
    workflow_name: workflow,
    trace: trace.head?.metadata,
  })
  Object.assign(draft.members, {
    agent_id: text(agent),
    runtime: 'openai-agents',
    ...(session ? { session_id: text(session) } : {}),
    ...(asked ? { input_preview: text(asked, 2000) } : {}),
    ...(answer ? { output_preview: text(answer, 2000) } : {}),
    ...(tools.size > 0 ? { tools_available: [...new Set([...tools].map((name) => text(name)))] } : {}),
    ...(metadata ? { metadata } : {}),
  })
  const run = finishRun(draft, { ...ending, about, digest: trace.digest, prices: options.prices })
  return { run, contradictions: draft.contradictions }
}

/** Whether a span is part of what another agent does inside a call, or inside an agent. */
const isInside = (span: Span): boolean => {
  const above = containers(span).filter(({ type }) => type === 'agent' || type === 'function' || type === 'handoff')
  return span.type === 'agent'
    ? above.length > 0
    : above.some((container) => container.type === 'agent' && isInside(container))
}

/** The steps that stand for the work of another agent: the call that contains it, or the agent itself. */
function agentsInside(spans: readonly Span[]): Map<Span, string> {
  const inside = new Map<Span, string>()
  for (const span of spans) {
    if (span.type !== 'agent' || !isInside(span)) continue
    const above = containers(span).find(({ type }) => type === 'agent' || type === 'function' || type === 'handoff')
    const holder = above && above.type !== 'agent' ? above : span
    if (!inside.has(holder)) inside.set(holder, asString(span.data.name) ?? 'unknown')
  }
  return inside
}

/** How a trace ended: as its last agent did. Only spans that ended are exported, so an agent that still waits is not there. */
function endingOf(
  spans: readonly Span[],
  top: readonly Span[],
): { status: AgentRun['status']; error?: string | undefined; errorType?: AgentRun['error_type'] } {
  const last = top.at(-1)
  if (!last) {
    const failed = spans.find((span) => !span.parent && span.error)
    return failed ? { status: 'failed', error: errorOf(failed), errorType: 'internal' } : { status: 'unknown' }
  }
  const own = new Set([last, ...containers(last)])
  const within = spans.filter((span) => own.has(span) || (!isInside(span) && containers(span).includes(last)))
  const tripped = within.find(({ type, data }) => type === 'guardrail' && data.triggered === true)
  const failed = within.find(({ type, error }) => error && (type === 'agent' || type === 'task' || type === 'turn'))
  if (tripped)
    return {
      status: 'failed',
      error: `guardrail ${asString(tripped.data.name) ?? 'unknown'} was triggered`,
      errorType: 'permission_denied',
    }
  if (failed) return { status: 'failed', error: errorOf(failed), errorType: 'internal' }
  const isWhole = spans.every(({ parentId, parent }) => parentId === undefined || parent !== undefined)
  const handedOn = within.some(({ type }) => type === 'handoff')
  const lastRequest = within.findLast(({ type }) => type === 'generation' || type === 'response')?.start?.ms
  const waits = within.some(
    (span) => span.type === 'function' && !hasResult(span) && (span.end?.ms ?? 0) >= (lastRequest ?? 0),
  )
  return { status: isWhole && last.end && !handedOn && !waits ? 'completed' : 'unknown' }
}

const earlier = (a: Moment | undefined, b: Moment | undefined): Moment | undefined =>
  a === undefined || (b !== undefined && b.ms < a.ms) ? b : a

const later = (a: Moment | undefined, b: Moment | undefined): Moment | undefined =>
  a === undefined || (b !== undefined && b.ms > a.ms) ? b : a
