import type { AgentRun } from '@agent-run/types'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { portableId } from '../../conversion/identity.ts'
import type { Previewer } from '../../preview/index.ts'
import type { PriceList } from '../../prices/price-list.ts'
import { about } from './about.ts'
import { type Node, preorder } from './node.ts'
import { planTrace } from './plan.ts'
import { indexCalls } from './requested-calls.ts'
import type { Span } from './span.ts'
import type { Trace } from './traces.ts'
import { type Unit, writeUnit } from './unit.ts'

/** What runs are made with. */
export interface RunSettings {
  readonly previewer: Previewer
  readonly prices?: PriceList | undefined
  /** SHA-256 of the file that a span stood in. */
  readonly digestOf?: (span: Span) => string | undefined
}

/** Runs, and what became of the spans. */
export interface RunsOfTraces {
  /** A run stands before the runs it delegated to. */
  readonly runs: AgentRun[]
  /** Spans that a run says something of; the others by the reason why not. */
  readonly said: ReadonlySet<Span>
  readonly left: ReadonlyMap<Span, string>
  readonly contradictions: number
}

/** Makes the runs of traces: one for each call of an agent, and one for what no agent's span is above. */
export function runsOfTraces(traces: readonly Trace[], settings: RunSettings): RunsOfTraces {
  for (const trace of traces) planTrace(trace)
  const index = indexCalls(traces.flatMap(({ nodes }) => nodes))
  const runs: AgentRun[] = []
  const said = new Set<Span>()
  const left = new Map<Span, string>()
  let contradictions = 0
  for (const trace of traces) {
    const made = new Map<Node, AgentRun>()
    for (const unit of unitsOf(trace)) {
      const { draft, ending } = writeUnit(unit, index, settings.previewer, (below) => runId(trace, below))
      contradictions += draft.contradictions
      const parent = unit.root?.owner && made.get(unit.root.owner)
      const handoff = parent?.steps.find(({ type, child_run_id }) => type === 'handoff' && child_run_id === draft.id)
      if (parent) {
        draft.members.trigger = 'agent'
        const { session_id: session } = parent
        if (session !== undefined) draft.members.session_id ??= session
      }
      const digest = commonDigest(unit, settings)
      const full: Ending = {
        ...ending,
        about,
        ...(digest === undefined ? {} : { digest }),
        ...(parent && handoff ? { parent: { run: parent, handoff } } : {}),
        prices: settings.prices,
      }
      const run = finishRun(draft, full)
      if (unit.root) made.set(unit.root, run)
      runs.push(run)
    }
    for (const node of trace.nodes) {
      if (node.part !== 'nothing') {
        said.add(node.span)
        for (const double of node.doubles) said.add(double.span)
      } else left.set(node.span, node.reason)
    }
  }
  for (const span of said) left.delete(span)
  return { runs, said, left, contradictions }
}

/** The units of a trace, a unit before those below it. */
function unitsOf(trace: Trace): Unit[] {
  const parts = new Map<Node | undefined, Node[]>()
  const roots: Node[] = []
  for (const node of preorder(trace.roots)) {
    if (node.part === 'nothing') continue
    if (node.part === 'unit') roots.push(node)
    if (node.part === 'unit' && node.owner === undefined) continue
    const list = parts.get(node.owner)
    if (list) list.push(node)
    else parts.set(node.owner, [node])
  }
  const loose = parts.get(undefined)
  const unit = (root: Node): Unit => ({
    id: runId(trace, root),
    traceId: trace.id,
    root,
    top: undefined,
    parts: parts.get(root) ?? [],
  })
  return [
    ...(loose
      ? [
          {
            id: trace.id || (loose[0]?.span.spanId ?? 'trace'),
            traceId: trace.id,
            root: undefined,
            top: topOf(loose),
            parts: loose,
          },
        ]
      : []),
    ...roots.map(unit),
  ]
}

const runId = (trace: Trace, root: Node): string =>
  portableId(trace.id === '' ? root.span.spanId : `${trace.id}-${root.span.spanId}`)

/** The one span that all of them lie under. */
function topOf(nodes: readonly Node[]): Node | undefined {
  const tops = new Set(nodes.map(rootOf))
  const [only, ...others] = tops
  return others.length === 0 ? only : undefined
}

function rootOf(node: Node): Node {
  let root = node
  while (root.parent) root = root.parent
  return root
}

function commonDigest({ root, parts }: Unit, { digestOf }: RunSettings): string | undefined {
  if (!digestOf) return undefined
  const digests = new Set([...(root ? [root] : []), ...parts].map(({ span }) => digestOf(span)))
  const [only, ...others] = digests
  return others.length === 0 ? only : undefined
}
