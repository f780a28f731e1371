import type { Step } from '@agent-run/types'
import {
  addMessage,
  addModelCall,
  addReasoning,
  addToolCall,
  finishStep,
  type SourcePlace,
} from '../../conversion/draft-steps.ts'
import { type Keeper, keepMembers } from '../../conversion/extra.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { type Moment, momentAt, readTimeOrUtc } from '../../conversion/time.ts'
import type { Turns } from '../../conversion/turns.ts'
import { type Delegate, delegateOf, refsOf } from './children.ts'
import { readContent, type Said } from './content.ts'
import { readCost } from './usage.ts'

/** What reading the steps of a trajectory needs and remembers. */
export interface Reading {
  readonly run: RunDraft
  readonly keeper: Keeper
  /** Whether the trajectory names a model, so that a step of the agent is an answer of it. */
  readonly hasModel: boolean
  /** The trajectory of a reference to a sub-agent, if it was given. */
  resolve(ref: Json): Delegate | undefined
  /** Steps of the record by their place in the source, `<number of the step>/<slot>`. */
  readonly slots: Map<string, StepDraft>
  /** Ids of calls that stand on a step already. */
  readonly callIds: Set<string>
  /** Steps of the record that hand work over to a trajectory that was given. */
  readonly handoffs: Map<Delegate, StepDraft>
  readonly turns: Turns
  /** True once a time without a zone was met. */
  hasZonelessTime: boolean
  /** Texts of the first user and of the last agent step. */
  asked: string | undefined
  answered: string | undefined
  /** Whether the last step is an answer that asks for nothing. */
  isOver: boolean
}

/** A step of a trajectory on its way into the record. */
interface Place extends SourcePlace {
  readonly json: Json
  readonly at: Moment | undefined
  readonly firstDraft: { draft: StepDraft | undefined }
}

/** Statuses that the NeMo Agent Toolkit writes for an invocation that went wrong. */
const failed = /^(?:error|failed|failure)$/i

/**
 * Adds what a step of a trajectory says. False if it says nothing.
 * @param number of the step, from 1
 */
export function readStep(reading: Reading, json: Json, number: number): boolean {
  const place: Place = {
    line: number,
    ref: `step ${number}`,
    json,
    at: timeOf(reading, json.timestamp),
    firstDraft: { draft: undefined },
  }
  const before = reading.run.drafts.length
  if (json.source === 'agent') readAgentStep(reading, place)
  else readWords(reading, place, json.source === 'user' ? 'user' : 'system')
  keepForeign(reading, place)
  reading.turns.mark(before)
  return reading.run.drafts.length > before
}

function timeOf(reading: Reading, value: unknown): Moment | undefined {
  if (typeof value === 'number') return momentAt(value * 1000)
  const moment = readTimeOrUtc(value)
  if (moment && !/(?:Z|[+-]\d\d:\d\d)$/.test(String(value))) reading.hasZonelessTime = true
  return moment
}

/** Remembers where a step of the record comes from. */
function put(reading: Reading, place: Place, slot: string, draft: StepDraft | undefined): StepDraft | undefined {
  if (!draft) return undefined
  reading.slots.set(`${place.line}/${slot}`, draft)
  place.firstDraft.draft ??= draft
  return draft
}

function readWords(reading: Reading, place: Place, role: 'user' | 'system'): void {
  const { run } = reading
  const said = readContent(place.json.message, run.previewer)
  if (role === 'user') reading.turns.hear()
  const words = said.refs.length > 0 && !said.text?.trim() ? '[image]' : said.text
  const id = `step-${place.line}`
  const draft = put(reading, place, 'message', addMessage(run, role, { id, text: words, at: place.at }, place))
  if (draft && said.refs.length > 0) draft.step.input_refs = said.refs
  if (role === 'user') reading.asked ??= draft?.step.input_preview ?? undefined
  readResults(reading, place, new Map(), undefined)
  reading.isOver = false
}

function readAgentStep(reading: Reading, place: Place): void {
  const { run } = reading
  const { json, at } = place
  reading.turns.work()
  const id = `step-${place.line}`
  const model = isInference(reading, json) ? addInference(reading, place) : undefined
  const modelCallId = model?.step.id
  if (asString(json.reasoning_content))
    put(
      reading,
      place,
      'reasoning',
      addReasoning(run, { id: `${id}.reasoning`, text: asString(json.reasoning_content), at, modelCallId }, place),
    )
  const said = readContent(json.message, run.previewer)
  const text = said.refs.length > 0 && !said.text?.trim() ? '[image]' : said.text
  const message = addMessage(run, 'assistant', { id: `${id}.message`, text, at, modelCallId }, place)
  put(reading, place, 'message', message)
  if (message && said.refs.length > 0) message.step.output_refs = said.refs
  if (message) reading.answered = message.step.output_preview ?? undefined
  const calls = asArray(json.tool_calls) ?? []
  readResults(reading, place, callsOf(calls), modelCallId)
  reading.isOver = message !== undefined && calls.length === 0 && !asObject(json.observation)
}

/** Whether a step of the agent is an answer of a model: it says so, or something of a model is known. */
function isInference({ hasModel }: Reading, json: Json): boolean {
  const count = asCount(json.llm_call_count)
  if (count !== undefined) return count > 0
  return (
    hasModel ||
    ['model_name', 'metrics', 'reasoning_content', 'reasoning_effort'].some(
      (member) => json[member] !== undefined && json[member] !== null,
    )
  )
}

function addInference(reading: Reading, place: Place): StepDraft {
  const { run } = reading
  const { json, at } = place
  const { start, end, status } = invocationOf(json.extra)
  const cost = readCost(asObject(json.metrics), '')
  const draft = addModelCall(
    run,
    { id: `step-${place.line}.model`, model: asString(json.model_name), cost, start },
    place,
  )
  put(reading, place, 'model_call', draft)
  finishStep(run, draft, { status: failed.test(status ?? '') ? 'failed' : 'succeeded', at: end ?? at }, place)
  return draft
}

/** Times and status of an invocation, as the NeMo Agent Toolkit adds them. */
function invocationOf(extra: unknown): { start?: Moment; end?: Moment; status?: string } {
  const invocation = asObject(asObject(extra)?.invocation)
  const seconds = (value: unknown): Moment | undefined =>
    typeof value === 'number' ? momentAt(value * 1000) : undefined
  const [start, end] = [seconds(invocation?.start_timestamp), seconds(invocation?.end_timestamp)]
  const status = asString(invocation?.status)
  return { ...(start ? { start } : {}), ...(end ? { end } : {}), ...(status ? { status } : {}) }
}

/** Calls by their id, with their number in the step. */
const callsOf = (calls: readonly unknown[]): Map<string, { json: Json; index: number }> => {
  const found = new Map<string, { json: Json; index: number }>()
  for (const [index, call] of calls.entries()) {
    const json = asObject(call)
    if (!json) continue
    const id = asString(json.tool_call_id) ?? ''
    found.set(id === '' || found.has(id) ? `\u0000${index}` : id, { json, index })
  }
  return found
}

interface Result {
  readonly json: Json
  readonly said: Said
  readonly refs: readonly Json[]
}

function readResults(
  reading: Reading,
  place: Place,
  calls: Map<string, { json: Json; index: number }>,
  modelCallId: string | undefined,
): void {
  const { previewer } = reading.run
  const results = (asArray(asObject(place.json.observation)?.results) ?? []).flatMap((value): Result[] => {
    const json = asObject(value)
    if (!json) return []
    return [{ json, said: readContent(json.content, previewer), refs: refsOf(json) }]
  })
  const used = new Set<Result>()
  for (const [id, call] of calls) {
    const result = results.find((other) => other.json.source_call_id === id && !used.has(other))
    if (result) used.add(result)
    readCall(reading, place, call, result, modelCallId)
  }
  for (const [index, result] of results.entries())
    if (!used.has(result)) readLooseResult(reading, place, result, index, calls)
}

function readCall(
  reading: Reading,
  place: Place,
  { json, index }: { json: Json; index: number },
  result: Result | undefined,
  modelCallId: string | undefined,
): void {
  const { run } = reading
  const callId = asString(json.tool_call_id)
  const { start, end, status } = invocationOf(json.extra)
  const isDelegation = (result?.refs.length ?? 0) > 0
  const isNew = callId !== undefined && !reading.callIds.has(callId)
  if (isNew) reading.callIds.add(callId)
  const draft = addToolCall(
    run,
    {
      id: callId ?? `step-${place.line}.call-${index + 1}`,
      name: asString(json.function_name) ?? 'unknown',
      arguments: json.arguments,
      callId: isNew ? callId : undefined,
      type: isDelegation ? 'handoff' : 'tool_call',
      modelCallId,
      start,
      ...(isDelegation ? { effects: [{ kind: 'none' as const }] } : {}),
    },
    place,
  )
  put(reading, place, `call:${index}`, draft)
  const foreign = keepMembers(reading.keeper, { call_extra: json.extra, result_extra: result?.json.extra })
  if (foreign) draft.step.metadata = { atif: foreign }
  const isFailed = failed.test(status ?? '')
  if (result && isDelegation) {
    delegate(reading, place, draft, result, `call:${index}`, end)
  } else if (result) {
    const outcome = {
      status: isFailed ? ('failed' as const) : ('succeeded' as const),
      output: result.said.text,
      at: end,
    }
    finishStep(run, draft, outcome, place)
    if (result.said.refs.length > 0) draft.step.output_refs = result.said.refs
  } else if (isFailed || (status !== undefined && end)) {
    finishStep(run, draft, { status: isFailed ? 'failed' : 'unknown', at: end }, place)
  }
}

/** Work that was given to sub-agents: a hand-over for each of them, and what came back. */
function delegate(
  reading: Reading,
  place: Place,
  first: StepDraft | undefined,
  result: Result,
  slot: string,
  end: Moment | undefined,
): void {
  const { run } = reading
  const id = first?.step.id ?? `step-${place.line}.${slot.replace(':', '-')}`
  for (const [index, ref] of result.refs.entries()) {
    const target = reading.resolve(ref)
    const named = delegateOf(ref, target, `${id}~${index + 1}`, run.previewer)
    const step: Step = { id: `${id}~${index + 1}`, type: 'handoff', started_at: null, source_ref: place.ref ?? '' }
    const handoff = index === 0 && first ? first : run.add(step, place.line, undefined)
    if (!first || index > 0) put(reading, place, `${slot}.${index}`, handoff)
    Object.assign(handoff.step, named)
    finishStep(run, handoff, { status: 'succeeded', at: undefined }, place)
    if (target) reading.handoffs.set(target, handoff)
    const back = run.add(
      {
        id: `${id}~${index + 1}.result`,
        type: 'handoff_result',
        started_at: null,
        ...named,
        source_ref: place.ref ?? '',
      },
      place.line,
      undefined,
    )
    put(reading, place, `return:${slot}.${index}`, back)
    const output = index === 0 ? result.said.text : undefined
    finishStep(run, back, { status: 'succeeded', output, at: end }, place)
  }
}

/** A result that belongs to no call of its step: of a call that is not there, or of the environment. */
function readLooseResult(
  reading: Reading,
  place: Place,
  result: Result,
  index: number,
  calls: Map<string, { json: Json; index: number }>,
): void {
  const { run } = reading
  const slot = `result:${index}`
  if (result.refs.length > 0) {
    delegate(reading, place, undefined, result, slot, undefined)
    return
  }
  const id = `step-${place.line}.result-${index + 1}`
  const callId = asString(result.json.source_call_id)
  if (callId === undefined) {
    const text = result.said.refs.length > 0 && !result.said.text?.trim() ? '[image]' : result.said.text
    const draft = put(reading, place, slot, addMessage(run, 'tool', { id, text, at: place.at }, place))
    if (draft && result.said.refs.length > 0) draft.step.output_refs = result.said.refs
    return
  }
  const name = asString(calls.get(callId)?.json.function_name)
  const isNew = !reading.callIds.has(callId)
  if (isNew) reading.callIds.add(callId)
  const step: Step = {
    id,
    type: 'tool_result',
    started_at: null,
    ...(isNew
      ? { tool_call_id: run.previewer.text(callId, 256) }
      : { tool_name: run.previewer.text(name ?? 'unknown', 256) }),
    source_ref: place.ref ?? '',
  }
  const draft = run.add(step, place.line, undefined)
  put(reading, place, slot, draft)
  finishStep(run, draft, { status: 'succeeded', output: result.said.text, at: place.at }, place)
}

/** What the record has no member for goes into the metadata of the first step that came of it. */
function keepForeign({ keeper }: Reading, { json, firstDraft: { draft } }: Place): void {
  if (!draft) return
  const { agent_run: _, ...extra } = asObject(json.extra) ?? {}
  const {
    reasoning_tokens: _r,
    cache_creation_input_tokens: _c,
    ...metrics
  } = asObject(asObject(json.metrics)?.extra) ?? {}
  const count = asCount(json.llm_call_count)
  const foreign = keepMembers(keeper, {
    extra,
    metrics,
    reasoning_effort: json.reasoning_effort,
    llm_call_count: count !== undefined && count > 1 ? count : undefined,
  })
  if (foreign) draft.step.metadata = { atif: { ...asObject(draft.step.metadata?.atif), ...foreign } }
}
