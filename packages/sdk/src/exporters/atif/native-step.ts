import type { Cost, Step } from '@agent-run/types'
import { asArray, asCount, asObject, type Json } from '../../conversion/json.ts'
import { readTime } from '../../conversion/time.ts'

/** A step of a trajectory under construction, and which steps of the record it holds at which place of it. */
export interface NativeStep {
  json: Record<string, unknown>
  readonly slots: Map<string, Step>
}

/** A time as ATIF readers take it: UTC, milliseconds. */
const timestamp = (...times: readonly (string | null | undefined)[]): { timestamp?: string } => {
  const moment = times.map(readTime).find((time) => time !== undefined)
  return moment ? { timestamp: moment.text } : {}
}

/** What the adapter kept of a step of ATIF that a record has no member for. */
const foreignOf = (step: Step): Json => asObject(asObject(step.metadata)?.atif) ?? {}

const extraOf = (value: unknown): { extra?: Json } => {
  const extra = asObject(value)
  return extra && Object.keys(extra).length > 0 ? { extra } : {}
}

/** A request to a model: a step of the agent, to which its words and calls are added. */
export function modelStep(step: Step): NativeStep {
  const foreign = foreignOf(step)
  const effort = foreign.reasoning_effort
  const isEffort = typeof effort === 'string' || typeof effort === 'number'
  const metrics = metricsOf(step.cost, '', foreign.metrics)
  return {
    json: {
      ...timestamp(step.ended_at, step.started_at),
      source: 'agent',
      ...(typeof step.model === 'string' ? { model_name: step.model } : {}),
      ...(isEffort ? { reasoning_effort: effort } : {}),
      message: '',
      ...(metrics ? { metrics } : {}),
      llm_call_count: Math.max(1, asCount(foreign.llm_call_count) ?? 1),
      ...extraOf(foreign.extra),
    },
    slots: new Map([['model_call', step]]),
  }
}

/** A step of the agent that no model answered. */
export const plainStep = (step: Step): NativeStep => ({
  json: {
    ...timestamp(step.ended_at, step.started_at),
    source: 'agent',
    message: '',
    llm_call_count: 0,
    ...extraOf(foreignOf(step).extra),
  },
  slots: new Map(),
})

/** Reasoning whose model call was not recorded. */
export const thoughtStep = (step: Step): NativeStep => ({
  json: {
    ...timestamp(step.ended_at, step.started_at),
    source: 'agent',
    message: '',
    reasoning_content: step.output_preview ?? '',
  },
  slots: new Map([['reasoning', step]]),
})

/** Words of a user or of the system, or what else happened, said in words. */
export const wordsStep = (step: Step, source: 'user' | 'system', message: string): NativeStep => ({
  json: {
    ...timestamp(step.started_at, step.ended_at),
    source,
    message: withImages(message, step.input_refs),
    ...extraOf(foreignOf(step).extra),
  },
  slots: new Map([['message', step]]),
})

/** What a tool or the environment answered without a recorded call. */
export const resultStep = (step: Step): NativeStep => ({
  json: {
    ...timestamp(step.ended_at, step.started_at),
    source: 'system',
    message: '',
    observation: { results: [{ content: withImages(step.output_preview ?? '', step.output_refs) }] },
    ...extraOf(foreignOf(step).extra),
  },
  slots: new Map([['result:0', step]]),
})

/** Adds words of the assistant to a step of the agent. */
export function addWords({ json, slots }: NativeStep, step: Step): void {
  json.message = withImages(step.output_preview ?? '', step.output_refs)
  slots.set('message', step)
}

/** Adds reasoning of the model to a step of the agent. */
export function addThought({ json, slots }: NativeStep, step: Step): void {
  json.reasoning_content = step.output_preview ?? ''
  slots.set('reasoning', step)
}

/** Adds a call of a tool, or a hand-over with what came back, to a step of the agent. */
export function addCall({ json, slots }: NativeStep, step: Step, back: Step | undefined): void {
  json.tool_calls ??= []
  const calls = json.tool_calls as Record<string, unknown>[]
  const index = calls.length
  const wanted = step.tool_call_id ?? step.id
  const id = calls.some((call) => call.tool_call_id === wanted) ? `${wanted}~${index + 1}` : wanted
  const foreign = foreignOf(step)
  calls.push({
    tool_call_id: id,
    function_name: step.tool_name ?? step.agent_id ?? step.type,
    arguments: argumentsOf(step),
    ...extraOf(foreign.call_extra),
  })
  slots.set(`call:${index}`, step)
  const result = resultOf(step, back)
  if (result === undefined) return
  json.observation ??= { results: [] }
  const { results } = json.observation as { results: object[] }
  results.push({ source_call_id: id, ...result, ...extraOf(foreign.result_extra) })
  if (back) slots.set(`return:call:${index}.0`, back)
}

/** Arguments, where the record has them whole. */
function argumentsOf({ input_preview: preview }: Step): Json {
  if (typeof preview !== 'string' || !preview.startsWith('{')) return {}
  try {
    return asObject(JSON.parse(preview)) ?? {}
  } catch {
    return {}
  }
}

const refused = new Set(['denied', 'cancelled', 'timeout', 'skipped'])

function resultOf(step: Step, back: Step | undefined): object | undefined {
  if (step.type === 'handoff') {
    const path = `agent-run:${step.child_run_id ?? step.delegation_id ?? 'unrecorded'}`
    const named = step.child_run_id ? { trajectory_id: step.child_run_id } : {}
    const output = back?.output_preview
    return {
      ...(typeof output === 'string' ? { content: output } : {}),
      subagent_trajectory_ref: [{ ...named, trajectory_path: path }],
    }
  }
  const words = step.output_preview ?? step.error
  if (typeof words === 'string') return { content: withImages(words, step.output_refs) }
  if (step.status !== undefined && refused.has(step.status)) return { content: `[${step.status}]` }
  return step.status === 'succeeded' || step.status === 'failed' ? { content: '' } : undefined
}

const imageTypes = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

/** A text, or the list of a text and the images that belong to it. */
function withImages(text: string, refs: Step['input_refs']): unknown {
  const images = (asArray(refs) ?? []).flatMap((ref): Json[] => {
    const { uri, media_type } = asObject(ref) ?? {}
    return typeof uri === 'string' && typeof media_type === 'string' && imageTypes.has(media_type)
      ? [{ type: 'image', source: { media_type, path: uri } }]
      : []
  })
  if (images.length === 0) return text
  return [...(text === '' || text === '[image]' ? [] : [{ type: 'text', text }]), ...images]
}

/** Usage as ATIF counts it; cached tokens are part of the prompt in both formats. */
export function metricsOf(cost: Cost | undefined, prefix: '' | 'total_', foreign?: unknown): Json | undefined {
  if (!cost) return undefined
  const known = (name: string, value: unknown): Record<string, number> =>
    typeof value === 'number' ? { [name]: value } : {}
  const metrics = {
    ...known(`${prefix}prompt_tokens`, cost.input_tokens),
    ...known(`${prefix}completion_tokens`, cost.output_tokens),
    ...known(`${prefix}cached_tokens`, cost.cache_read_tokens),
    ...known(`${prefix}cost_usd`, cost.cost_usd),
  }
  const extra = {
    ...known('reasoning_tokens', cost.reasoning_tokens),
    ...known('cache_creation_input_tokens', cost.cache_write_tokens),
    ...asObject(foreign),
  }
  const all = { ...metrics, ...extraOf(extra) }
  return Object.keys(all).length > 0 ? all : undefined
}
