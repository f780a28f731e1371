import type { AgentRun, Evidence, Step } from '@agent-run/types'
import { isKnown } from '../../conversion/cost.ts'
import type { Ending } from '../../conversion/finish-run.ts'
import { portableId } from '../../conversion/identity.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { Previewer } from '../../preview/index.ts'
import { type AgentIdentity, agentOf } from './agent.ts'
import { errorText, errorTypeOf, hasFailed } from './faults.ts'
import { modelConfigOf, toolsOf } from './given.ts'
import { contentOf, inputMessages, lastUserText, outputMessages, parsedWhole } from './messages.ts'
import { names } from './names.ts'
import { type Node, roleOf } from './node.ts'
import { addRequestedCalls, type CallIndex } from './requested-calls.ts'
import { attributeOf, type Span, textOf } from './span.ts'
import { addSpanStep, addUnitWords, callOf, factsOf, linkStep, type Progress, placeOf } from './steps.ts'
import { usageOf } from './usage.ts'

/** What becomes one run: an agent's span with what lies under it, or what lies under none. */
export interface Unit {
  readonly id: string
  readonly traceId: string
  /** The span of the agent; undefined for spans that no agent's span is above. */
  readonly root: Node | undefined
  /** The span that all of it lies under, if there is one, whatever it is. */
  readonly top: Node | undefined
  /** Spans that become steps, hand-overs and units below, in the order in which they began. */
  readonly parts: readonly Node[]
}

/** A run that is written down, but not finished. */
export interface WrittenUnit {
  readonly draft: RunDraft
  readonly ending: Pick<Ending, 'status' | 'error' | 'errorType' | 'cost'>
}

const traceIdPattern = /^[0-9a-f]{32}$/
const spanIdPattern = /^[0-9a-f]{16}$/

/** Writes the run of a unit. @param idOf id of the run of a unit below */
export function writeUnit(
  unit: Unit,
  index: CallIndex,
  previewer: Previewer,
  idOf: (below: Node) => string,
): WrittenUnit {
  const draft = new RunDraft(unit.id, previewer)
  const progress: Progress = { draft, stepIds: new Map(), calls: new Map(), responses: new Set() }
  const agent = agentOf(
    unit.root?.span,
    unit.parts.map(({ span }) => span),
  )
  for (const node of unit.parts) {
    if (node.part === 'step') addSpanStep(progress, node, foreignAgent(node, agent.id, previewer))
    else if (node.part === 'unit') addHandoff(progress, node, idOf(node))
  }
  for (const node of unit.parts)
    if (node.part === 'step' && roleOf(node) === 'model') addRequestedCalls(progress, node, index)
  describe(unit, agent, progress)
  return { draft, ending: endingOf(unit, progress, index) }
}

/** Steps name their agent where it is not the run's own. */
function foreignAgent({ span }: Node, runAgent: string, previewer: Previewer): string | undefined {
  const own = textOf(span, names.agentName)
  return own !== undefined && own !== runAgent ? previewer.text(own, 256) : undefined
}

/** Hands over to the agent of a span below; the call of a tool that did nothing else is part of it. */
function addHandoff(progress: Progress, below: Node, childId: string): void {
  const { draft } = progress
  const call = below.above?.part === 'handoff' ? below.above : undefined
  const outer = call ?? below
  const span = factsOf(outer)
  const agent = draft.previewer.text(agentOf(below.span, []).id, 256)
  const start = below.span.start ?? span.start
  const place = placeOf(outer, outer.began)
  const input = draft.previewer.json(call ? parsedWhole(attributeOf(span, names.toolArguments)) : inputOf(below))
  const { name, callId, server } = callOf(span)
  const told = call && {
    tool_name: draft.previewer.text(name, 256),
    ...(callId ? { tool_call_id: draft.previewer.text(callId, 256) } : {}),
    ...(server ? { mcp_server: draft.previewer.text(server, 256) } : {}),
  }
  const delegation = {
    agent_id: agent,
    child_run_id: portableId(childId),
    delegation_id: `delegation-${portableId(childId)}`,
  }
  const handoff = draft.add(
    {
      id: outer.span.spanId || `handoff-${outer.began}`,
      type: 'handoff',
      status: 'succeeded',
      started_at: (span.start ?? start)?.text ?? null,
      ...delegation,
      ...told,
      ...(input ? { input_preview: input } : {}),
      side_effects: [{ kind: 'none', basis: 'inferred' }],
      source_ref: place.ref ?? `entry ${place.line}`,
    },
    place.line,
    span.start ?? start,
  )
  // It is final when the other agent begins: its record names it.
  draft.settle(handoff, outer.ended, start)
  // Without a call of its own the hand-over has no span: that of the agent belongs to the other run.
  if (call) linkStep(progress, handoff, outer)
  if (callId !== undefined && call && !progress.calls.has(callId)) progress.calls.set(callId, handoff)
  if (!outer.span.end && !hasFailed(span)) return
  const output = draft.previewer.json(call ? parsedWhole(attributeOf(span, names.toolResult)) : outputOf(below))
  const failed = hasFailed(span)
  const error = failed ? errorText(span) : undefined
  const type = failed ? errorTypeOf(span, 'tool_failed') : undefined
  const result: Step = {
    id: `${handoff.step.id}.result`,
    type: 'handoff_result',
    status: failed ? 'failed' : 'succeeded',
    started_at: outer.span.end?.text ?? null,
    ...delegation,
    caused_by: [handoff.step.id],
    ...(output ? { output_preview: output } : {}),
    ...(error ? { error: draft.previewer.text(error, 1000) } : {}),
    ...(type ? { error_type: type } : {}),
    source_ref: place.ref ?? `entry ${place.line}`,
  }
  draft.addMoment(result, outer.ended, outer.span.end)
}

/** What is known of the run as a whole. */
function describe(unit: Unit, agent: AgentIdentity, progress: Progress): void {
  const { draft } = progress
  const { members, previewer } = draft
  const spans = [...(unit.root ? [factsOf(unit.root)] : []), ...unit.parts.map(factsOf)]
  const requests = unit.parts.filter((node) => roleOf(node) === 'model').map(factsOf)
  const find = (list: readonly string[], length = 256): string | undefined => {
    for (const span of spans) {
      const text = textOf(span, list)
      if (text !== undefined) return previewer.text(text, length)
    }
    return undefined
  }
  const asked = spans.map((span) => textOf(span, names.requestModel)).find((model) => model !== undefined)
  const [config] = requests.flatMap((span) => modelConfigOf(span, previewer) ?? [])
  const [tools = []] = spans.map((span) => toolsOf(span, previewer)).filter((list) => list.length > 0)
  const input = inputText(unit, requests)
  const output = outputText(unit, requests)
  Object.assign(
    members,
    given({
      session_id: find(names.session),
      links: linksOf(unit),
      agent_id: previewer.text(agent.id, 256),
      agent_version: agent.version && previewer.text(agent.version, 256),
      ...runtimeOf(spans),
      model: asked && previewer.text(asked, 256),
      provider: find(names.provider),
      model_config: config,
      prompt_version: find(names.promptVersion),
      input_preview: previewer.json(input),
      output_preview: previewer.json(output),
      tools_available: tools.length > 0 ? tools.map(({ name }) => name) : undefined,
      inventory: tools.length > 0 ? { tools } : undefined,
      evidence: evidenceOf(unit, progress),
    }),
  )
  draft.start = unit.root?.span.start ?? unit.top?.span.start
  draft.end = unit.root?.span.end ?? (unit.root ? undefined : unit.top?.span.end)
  if (unit.root && draft.drafts.length === 0) {
    const words = previewer.json(outputOf(unit.root))
    if (words !== undefined) addUnitWords(progress, unit.root, words)
  }
}

const given = (members: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''))

function linksOf({ traceId, root, top }: Unit): AgentRun['links'] {
  const span = (root ?? top)?.span.spanId ?? ''
  if (!traceIdPattern.test(traceId)) return undefined
  return { trace_id: traceId, ...(spanIdPattern.test(span) ? { span_id: span } : {}) }
}

/** The AI SDK names itself; of others the instrumentation is known, not the runtime. */
function runtimeOf(spans: readonly Span[]): { runtime?: string; runtime_version?: string } {
  if (!spans.some(({ scope, attributes }) => scope.name === 'ai' || attributes.has('ai.operationId'))) return {}
  const version = spans
    .map((span) => /(?:^|\s)ai\/(\d[\w.-]{0,40})/.exec(textOf(span, ['ai.request.headers.user-agent']) ?? '')?.[1])
    .find((found) => found !== undefined)
  return { runtime: 'ai-sdk', ...(version === undefined ? {} : { runtime_version: version }) }
}

const inputOf = ({ span }: Node): unknown => {
  const messages = inputMessages(span)
  return lastUserText(messages) ?? contentOf(messages.slice(-1)) ?? parsedWhole(attributeOf(span, names.input))
}

const outputOf = ({ span }: Node): unknown =>
  contentOf(outputMessages(span)) ?? parsedWhole(attributeOf(span, names.output))

function inputText({ root }: Unit, requests: readonly Span[]): unknown {
  const own = root && inputOf(root)
  if (own !== undefined) return own
  for (const span of requests) {
    const text = lastUserText(inputMessages(span))
    if (text !== undefined) return text
  }
  return undefined
}

function outputText({ root }: Unit, requests: readonly Span[]): unknown {
  const own = root && outputOf(root)
  if (own !== undefined) return own
  for (const span of [...requests].reverse()) {
    const words = outputMessages(span)
      .map(({ text }) => text)
      .join('\n')
    if (words !== '') return words
  }
  return undefined
}

const verdicts: ReadonlyMap<string, NonNullable<Evidence['result']>> = new Map([
  ['pass', 'pass'],
  ['passed', 'pass'],
  ['fail', 'fail'],
  ['failed', 'fail'],
])

/** Judgements about answers that stand on the spans. A score is not a verdict. */
function evidenceOf(unit: Unit, { draft, stepIds }: Progress): AgentRun['evidence'] {
  const found: Evidence[] = []
  for (const node of [...(unit.root ? [unit.root] : []), ...unit.parts])
    for (const event of node.span.events) {
      if (event.name !== 'gen_ai.evaluation.result') continue
      const name = textOf(event, ['gen_ai.evaluation.name'])
      const label = textOf(event, ['gen_ai.evaluation.score.label'])
      const score = event.attributes.get('gen_ai.evaluation.score.value')
      const step = stepIds.get(node)
      const said = given({
        label: label && draft.previewer.text(label, 256),
        score: typeof score === 'number' && Number.isFinite(score) ? score : undefined,
      })
      found.push({
        kind: 'eval',
        ...(name ? { name: draft.previewer.text(name, 256) } : {}),
        result: verdicts.get(label?.toLowerCase() ?? '') ?? 'unknown',
        ...(step === undefined ? {} : { step_id: step }),
        ...(Object.keys(said).length > 0 ? { metadata: { ...said } } : {}),
      })
    }
  return found.length > 0 ? found : undefined
}

function endingOf(unit: Unit, { draft }: Progress, index: CallIndex): WrittenUnit['ending'] {
  const node = unit.root ?? unit.top
  const status: AgentRun['status'] = !node
    ? 'unknown'
    : hasFailed(node.span)
      ? 'failed'
      : node.span.end && (unit.root || !node.span.parentId)
        ? 'completed'
        : 'unknown'
  const error = status === 'failed' && node ? errorText(node.span) : undefined
  const type = status === 'failed' && node ? errorTypeOf(node.span, undefined) : undefined
  const isCounted = draft.drafts.some(({ step }) => step.type === 'model_call' || step.type === 'handoff')
  // The sum that an agent's span repeats counts only where its requests have no spans.
  const usage =
    unit.root && !isCounted && !isCountedElsewhere(unit.root.span, index) ? usageOf(unit.root.span) : undefined
  return {
    status,
    ...(error === undefined ? {} : { error }),
    ...(type === undefined ? {} : { errorType: type }),
    ...(usage && isKnown(usage) ? { cost: usage } : {}),
  }
}

/** The AI SDK's outer span names the answer that the inner one counts, which may have come in another trace. */
function isCountedElsewhere(span: Span, { responses }: CallIndex): boolean {
  const told = textOf(span, ['ai.response.providerMetadata']) ?? ''
  return [...told.matchAll(/"responseId"\s*:\s*"([^"]{1,256})"/g)].some(
    ([, id]) => id !== undefined && responses.has(id),
  )
}
