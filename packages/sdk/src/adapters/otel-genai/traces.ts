import { conventionOf } from './conventions.ts'
import { type Node, preorder } from './node.ts'
import type { Span } from './span.ts'

/** The spans of one trace, as trees. */
export interface Trace {
  /** Empty if the spans name none. */
  readonly id: string
  /** Spans without a parent here, in order of their beginning. */
  readonly roots: readonly Node[]
  readonly nodes: readonly Node[]
}

/** Each span once, in the order in which they came. Of copies the fullest is kept. */
export function withoutCopies(spans: readonly Span[]): { spans: readonly Span[]; copies: ReadonlySet<Span> } {
  const kept = new Map<string, Span>()
  const copies = new Set<Span>()
  for (const span of spans) {
    const key = JSON.stringify([span.traceId, span.spanId])
    const known = kept.get(key)
    if (known) copies.add(isBetter(span, known) ? known : span)
    if (!known || isBetter(span, known)) kept.set(key, span)
  }
  return { spans: [...kept.values()], copies }
}

/** Puts spans together by trace and parent. @param spans each once */
export function arrangeTraces(spans: readonly Span[]): Trace[] {
  const byTrace = new Map<string, Node[]>()
  for (const span of spans) {
    const node: Node = {
      span,
      began: 0,
      ended: 0,
      convention: conventionOf(span),
      parent: undefined,
      children: [],
      part: 'nothing',
      above: undefined,
      owner: undefined,
      doubles: [],
      reason: 'no span of an agent',
    }
    // Without a trace id nothing says that two spans belong together.
    const key = span.traceId === '' ? `span ${span.spanId}` : `trace ${span.traceId}`
    const nodes = byTrace.get(key)
    if (nodes) nodes.push(node)
    else byTrace.set(key, [node])
  }
  const traces = [...byTrace.values()].map(linkNodes).sort(compareTraces)
  number(traces)
  return traces
}

/**
 * Numbers the spans in the order of their beginnings and of their ends, as records count them: in milliseconds. Within
 * one a parent begins before and ends after what lies in it, and siblings follow each other as they came – clocks of
 * SDKs are no finer than that, though what they write is.
 */
function number(traces: readonly Trace[]): void {
  const before = traces.flatMap(({ roots }) => [...preorder(roots)])
  const began = [...before].sort((a, b) => compare(a.span.start?.ms, b.span.start?.ms))
  for (const [index, node] of began.entries()) node.began = index + 1
  const ended = traces.flatMap(({ roots }) => postorder(roots)).sort((a, b) => compare(a.span.end?.ms, b.span.end?.ms))
  for (const [index, node] of ended.entries()) node.ended = index + 1
}

/** Everything under the roots, what lies in a span before it: the reverse of parents first from the last to the first. */
function postorder(roots: readonly Node[]): Node[] {
  const order: Node[] = []
  const waiting = [...roots]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    order.push(node)
    for (const child of node.children) waiting.push(child)
  }
  return order.reverse()
}

/** An ended copy is better than an open one, a fuller one better than one that says less. */
function isBetter(span: Span, than: Span): boolean {
  if ((span.end === undefined) !== (than.end === undefined)) return span.end !== undefined
  return span.attributes.size > than.attributes.size
}

/** Unknown comes last. */
function compare(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}

/** Those that begin together stay as they came. */
const byBeginning = (a: Node, b: Node): number => compare(a.span.start?.ms, b.span.start?.ms)

const compareTraces = (a: Trace, b: Trace): number =>
  a.roots[0] && b.roots[0] ? byBeginning(a.roots[0], b.roots[0]) : 0

function linkNodes(nodes: readonly Node[]): Trace {
  const byId = new Map(nodes.map((node) => [node.span.spanId, node]))
  for (const node of nodes) {
    const parent = byId.get(node.span.parentId ?? '')
    if (parent && parent !== node) node.parent = parent
  }
  cutCycles(nodes)
  for (const node of nodes) node.parent?.children.push(node)
  for (const node of nodes) node.children.sort(byBeginning)
  const roots = nodes.filter(({ parent }) => parent === undefined).sort(byBeginning)
  return { id: nodes[0]?.span.traceId ?? '', roots, nodes }
}

/** Spans that are each other's ancestors: where the walk upwards comes back to its own way, the link is cut. */
function cutCycles(nodes: readonly Node[]): void {
  const walked = new Map<Node, Node>()
  for (const start of nodes) {
    for (let node: Node | undefined = start; node && !walked.has(node); node = node.parent) {
      walked.set(node, start)
      if (node.parent && walked.get(node.parent) === start) node.parent = undefined
    }
  }
}
