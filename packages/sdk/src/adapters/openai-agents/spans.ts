import { asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTime } from '../../conversion/time.ts'

/** A span of a trace. */
export interface Span {
  readonly id: string
  readonly parentId: string | undefined
  /** agent, generation, response, function, handoff, guardrail, custom, mcp_tools, speech, …; `task` and `turn` of Python. */
  readonly type: string
  readonly data: Json
  readonly start: Moment | undefined
  readonly end: Moment | undefined
  readonly error: Json | undefined
  /** Its place in the source. */
  readonly line: number
  parent: Span | undefined
}

/** Reads a span. */
export function readSpan(json: Json, line: number): Span {
  const data = asObject(json.span_data) ?? {}
  const type = asString(data.type) ?? 'unknown'
  // Python traces one run of the runner, and one round of its loop, as custom spans.
  const own = type === 'custom' ? asString(asObject(data.data)?.sdk_span_type) : undefined
  return {
    id: asString(json.id) ?? `span-${line}`,
    parentId: asString(json.parent_id),
    type: own === 'task' || own === 'turn' ? own : type,
    data,
    start: readTime(json.started_at),
    end: readTime(json.ended_at),
    error: asObject(json.error),
    line,
    parent: undefined,
  }
}

/** Ties spans to the spans that contain them, and puts them in the order in which they began. A circle is cut. */
export function arrangeSpans(spans: readonly Span[]): Span[] {
  const byId = new Map(spans.map((span) => [span.id, span]))
  const settled = new Set<Span>()
  for (const first of spans) {
    const way = new Set<Span>()
    for (let span: Span | undefined = first; span && !settled.has(span); span = span.parent) {
      way.add(span)
      const parent: Span | undefined = span.parentId === undefined ? undefined : byId.get(span.parentId)
      if (parent && !way.has(parent)) span.parent = parent
    }
    for (const span of way) settled.add(span)
  }
  const begun = (span: Span): number => span.start?.ms ?? Number.NEGATIVE_INFINITY
  // An exporter writes a span when it ends: of two that began at once the outer one counts as first.
  const depth = new Map<Span, number>()
  for (const span of spans) depth.set(span, containers(span).length)
  return [...spans].sort(
    (a, b) => compare(begun(a), begun(b)) || (depth.get(a) ?? 0) - (depth.get(b) ?? 0) || a.line - b.line,
  )
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Most spans around a span that are looked at. */
const deepest = 64

/** The spans that contain a span, the nearest first. */
export function containers(span: Span): Span[] {
  const list: Span[] = []
  for (let above = span.parent; above && list.length < deepest; above = above.parent) list.push(above)
  return list
}

/** The agent that a span belongs to. */
export function agentAbove(span: Span): Span | undefined {
  let above = span.parent
  for (let depth = 0; above && above.type !== 'agent' && depth < deepest; depth++) above = above.parent
  return above?.type === 'agent' ? above : undefined
}

/** What went wrong, in the words of the source. */
export function errorOf({ error }: Span): string | undefined {
  if (!error) return undefined
  const detail = asString(asObject(error.data)?.error)
  const message = asString(error.message) ?? 'error without a message'
  return detail === undefined || detail === message ? message : `${message}: ${detail}`
}
