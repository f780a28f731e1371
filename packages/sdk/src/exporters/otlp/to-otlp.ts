import type { AgentRun, Step } from '@agent-run/types'
import { own, previewAttributes, sealMembers } from '../../adapters/otel-genai/own-attributes.ts'
import { adapterVersion } from '../../conversion/version.ts'
import type { Exported, Exporter } from '../exporter.ts'
import { type KeyValue, keyValues } from './any-value.ts'
import { isFailure, runAttributes, stepAttributes } from './conventional.ts'
import { chooseIds, type TraceIds } from './ids.ts'
import { nanosecondsOf } from './instants.ts'

/** Steps that take time become spans; what is over at once is an event of the run's span. */
const spanTypes: ReadonlySet<Step['type']> = new Set([
  'model_call',
  'tool_call',
  'handoff',
  'input_request',
  'compaction',
])

const internal = 1
const client = 3

/**
 * Writes a record as an OTLP/JSON request: a span `invoke_agent`, and in it a span for each thing that took time. What the
 * GenAI conventions have a name for has it; everything else stands in attributes `agent_run.*`, so that the adapter
 * `otel-genai` makes an equal record of it, but for seals.
 */
export const toOtlp: Exporter = { format: 'otlp', title: 'an OpenTelemetry trace (OTLP/JSON)', export: exportRun }

function exportRun(run: AgentRun): Exported {
  const { lost, carried } = split(run)
  const ids = chooseIds(run)
  const spanIds = new Map<string, string>()
  for (const step of run.steps) if (spanTypes.has(step.type)) spanIds.set(step.id, ids.of(step))
  const clock = clockOf(run)
  const spans: object[] = [rootSpan(run, carried, ids, clock)]
  const events: object[] = []
  for (const [position, step] of run.steps.entries()) {
    const id = spanIds.get(step.id)
    const attributes = ownAttributes(run, step, position)
    const start = nanosecondsOf(step.started_at) ?? nanosecondsOf(step.ended_at) ?? clock.start
    if (id === undefined) {
      const at = nanosecondsOf(step.ended_at) ?? start
      events.push({ name: own.event, timeUnixNano: at.toString(), attributes })
      continue
    }
    const end = nanosecondsOf(step.ended_at) ?? (isOpen(step) ? 0n : start)
    spans.push({
      traceId: ids.trace,
      spanId: id,
      parentSpanId: spanIds.get(step.parent_step_id ?? '') ?? ids.root,
      name: nameOf(step),
      kind: step.type === 'model_call' || step.type === 'handoff' ? client : internal,
      startTimeUnixNano: start.toString(),
      endTimeUnixNano: end.toString(),
      attributes,
      status: statusOf(step),
    })
  }
  const [root] = spans
  if (root && events.length > 0) Object.assign(root, { events })
  const document = {
    resourceSpans: [
      {
        resource: {
          attributes: keyValues([
            ['service.name', run.agent_id],
            ['service.version', run.agent_version],
          ]),
        },
        scopeSpans: [{ scope: { name: '@agent-run/sdk', version: adapterVersion }, spans }],
      },
    ],
  }
  return { document, lost }
}

/** What a trace can carry of a record, and what it cannot: what proves that it is this very record. */
function split(run: AgentRun): { lost: readonly string[]; carried: [string, unknown][] } {
  const lost: string[] = []
  const carried: [string, unknown][] = []
  const { steps: _, provenance, eval: judgement, input_preview, output_preview, ...members } = run
  carried.push(...Object.entries(members))
  // A preview that is null has no place in the conventions.
  if (input_preview === null) carried.push(['input_preview', null])
  if (output_preview === null) carried.push(['output_preview', null])
  const seals: ReadonlySet<string> = new Set(sealMembers)
  const kept = Object.entries(provenance).filter(([name]) => !seals.has(name))
  lost.push(
    ...Object.keys(provenance)
      .filter((name) => seals.has(name))
      .map((name) => `provenance.${name}`),
  )
  carried.push(['provenance', Object.fromEntries(kept)])
  if (judgement !== undefined) {
    const isBound = ['record_hash', 'document_hash', 'signature'].some((name) => Object.hasOwn(judgement ?? {}, name))
    if (isBound) lost.push('eval')
    else carried.push(['eval', judgement])
  }
  return { lost: lost.sort(), carried }
}

interface RunClock {
  readonly start: bigint
  readonly end: bigint
}

/** A span has a beginning, whether or not the record knows it. */
function clockOf(run: AgentRun): RunClock {
  const known = [run.started_at, ...run.steps.flatMap((step) => [step.started_at, step.ended_at]), run.ended_at]
    .map(nanosecondsOf)
    .filter((time) => time !== undefined)
  const first = known.reduce<bigint | undefined>(
    (least, time) => (least === undefined || time < least ? time : least),
    undefined,
  )
  const start = nanosecondsOf(run.started_at) ?? first ?? 0n
  return { start, end: nanosecondsOf(run.ended_at) ?? (isOpen(run) ? 0n : (known.at(-1) ?? start)) }
}

const open: ReadonlySet<unknown> = new Set(['pending', 'running', 'paused'])
const isOpen = ({ status }: { readonly status?: unknown }): boolean => open.has(status)

function rootSpan(run: AgentRun, carried: readonly [string, unknown][], ids: TraceIds, clock: RunClock): object {
  const hash = run.provenance.record_hash
  return {
    traceId: ids.trace,
    spanId: ids.root,
    name: `invoke_agent ${run.agent_id}`,
    kind: internal,
    startTimeUnixNano: clock.start.toString(),
    endTimeUnixNano: clock.end.toString(),
    attributes: keyValues([
      ...runAttributes(run),
      [own.stepsCount, run.steps.length],
      ...(typeof hash === 'string' ? [[own.recordHash, hash] as const] : []),
      ...carried.map(([name, value]) => [`${own.run}${name}`, value] as const),
    ]),
    status: statusOf(run),
  }
}

function ownAttributes(run: AgentRun, step: Step, position: number): KeyValue[] {
  const isPlaced = Object.hasOwn(previewAttributes, step.type)
  const members = Object.entries(step).filter(
    ([name, value]) => !(isPlaced && (name === 'input_preview' || name === 'output_preview') && value !== null),
  )
  return keyValues([
    ...stepAttributes(step, run),
    [own.runId, run.id],
    [own.position, position],
    ...members.map(([name, value]) => [`${own.step}${name}`, value] as const),
  ])
}

function nameOf(step: Step): string {
  if (step.type === 'model_call') return step.model ? `chat ${step.model}` : 'chat'
  if (step.type === 'handoff') return step.agent_id ? `invoke_agent ${step.agent_id}` : 'invoke_agent'
  return step.tool_name ? `execute_tool ${step.tool_name}` : step.type
}

const statusOf = (object: Pick<Step, 'error'> & { readonly status?: unknown }): object =>
  isFailure(object) ? { code: 2, ...(object.error ? { message: object.error } : {}) } : { code: 0 }
