import type { Cost } from '@agent-run/types'
import { contentText } from '../../conversion/content-text.ts'
import { unknownCost } from '../../conversion/cost.ts'
import {
  addLoneResult,
  addMessage,
  addModelCall,
  addReasoning,
  addToolCall,
  finishStep,
  type SourcePlace,
} from '../../conversion/draft-steps.ts'
import { asArray, asCount, asObject, asPrice, asString, type Json } from '../../conversion/json.ts'
import type { Fate } from '../../conversion/ledger.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { computedPrice, tokenCost } from '../../conversion/usage.ts'
import type { Previewer } from '../../preview/index.ts'
import { effectsOf } from './tools.ts'

/** Steps of a run, as far as they are read. */
export interface Reading {
  readonly run: RunDraft
  readonly model: string | undefined
  /** Calls without an answer, in order, by their id. */
  readonly open: Map<string, StepDraft>
  readonly callIds: Set<string>
  /** Seconds that the actions took, in order. */
  readonly times: readonly unknown[]
  actions: number
  lastTool: string | undefined
  lastDraft: StepDraft | undefined
}

/** Begins a run. */
export const beginReading = (
  id: string,
  previewer: Previewer,
  model: string | undefined,
  times: readonly unknown[],
): Reading => ({
  run: new RunDraft(id, previewer),
  model,
  open: new Map(),
  callIds: new Set(),
  times,
  actions: 0,
  lastTool: undefined,
  lastDraft: undefined,
})

/** Adds what an entry of the history says. */
export function readEntry(reading: Reading, value: unknown, line: number): Fate {
  const json = asObject(value)
  if (!json) return { malformed: 'entry that is no object' }
  if (json.is_demo === true) return { skipped: 'demonstration that was shown to the model' }
  const place = { line, ref: `message ${line}` }
  const text = contentText(json.content)
  switch (json.role) {
    case 'system':
      addMessage(reading.run, 'system', { id: `message-${line}`, text }, place)
      return 'mapped'
    case 'assistant':
      readAnswer(reading, json, text, place)
      return 'mapped'
    case 'tool':
      readResult(reading, json, text, place)
      return 'mapped'
    case 'user':
      if (reading.open.size > 0 && json.message_type !== 'user') readResult(reading, json, text, place)
      else readWords(reading, text, place)
      return 'mapped'
    default:
      return { malformed: 'entry without a known role' }
  }
}

function readWords({ run }: Reading, text: string | undefined, place: SourcePlace): void {
  const draft = addMessage(run, 'user', { id: `message-${place.line}`, text }, place)
  if (draft?.step.input_preview) run.members.input_preview ??= draft.step.input_preview
}

function readAnswer(reading: Reading, json: Json, text: string | undefined, place: SourcePlace): void {
  const { run } = reading
  const id = `message-${place.line}`
  const agentId = asString(json.agent) === 'main' ? undefined : asString(json.agent)
  const model = addModelCall(run, { id: `${id}.model`, model: reading.model, agentId }, place)
  finishStep(run, model, { status: 'succeeded' }, place)
  const modelCallId = model.step.id
  const thoughts = (asArray(json.thinking_blocks) ?? []).flatMap((block) => asString(asObject(block)?.thinking) ?? [])
  if (thoughts.length > 0 || asString(json.reasoning_content))
    addReasoning(
      run,
      { id: `${id}.reasoning`, text: thoughts.join('\n') || asString(json.reasoning_content), modelCallId, agentId },
      place,
    )
  const said = addMessage(run, 'assistant', { id, text: text ?? asString(json.thought), modelCallId, agentId }, place)
  if (said) run.members.output_preview = said.step.output_preview ?? ''
  for (const call of callsOf(json)) addCall(reading, call, place, modelCallId, agentId)
}

/** A call as the history has it. */
interface Call {
  readonly id: string | undefined
  readonly name: string
  readonly arguments: unknown
}

/** The calls of an answer; without function calling the action is a line for the shell. */
function callsOf(json: Json): Call[] {
  const calls = (asArray(json.tool_calls) ?? []).flatMap((value): Call[] => {
    const call = asObject(value)
    const definition = asObject(call?.function)
    const name = asString(definition?.name)
    return call && definition && name ? [{ id: asString(call.id), name, arguments: definition.arguments }] : []
  })
  const action = asString(json.action)?.trim()
  return calls.length > 0 || !action ? calls : [{ id: undefined, name: 'bash', arguments: { command: action } }]
}

function addCall(
  reading: Reading,
  { id, name, arguments: given }: Call,
  place: SourcePlace,
  modelCallId: string,
  agentId: string | undefined,
): void {
  const { run, open, callIds } = reading
  const isFree = id !== undefined && !callIds.has(id)
  if (isFree) callIds.add(id)
  const effects = effectsOf(name, given, run.place)
  const draft = addToolCall(
    run,
    {
      id: id ?? `message-${place.line}.call-${open.size + 1}`,
      name,
      arguments: given,
      callId: isFree ? id : undefined,
      modelCallId,
      agentId,
      ...(effects ? { effects } : {}),
    },
    place,
  )
  const seconds = reading.times[reading.actions++]
  if (typeof seconds === 'number' && seconds >= 0 && seconds < 1e9) draft.step.duration_ms = Math.round(seconds * 1000)
  open.set(id ?? draft.step.id, draft)
  reading.lastTool = name
  reading.lastDraft = draft
}

function readResult(reading: Reading, json: Json, text: string | undefined, place: SourcePlace): void {
  const { run, open } = reading
  const ids = (asArray(json.tool_call_ids) ?? []).flatMap((id) => asString(id) ?? [])
  const named = ids.find((id) => open.has(id)) ?? asString(json.tool_call_id)
  const [key, draft] =
    named !== undefined && open.has(named)
      ? [named, open.get(named)]
      : (open.entries().next().value ?? [undefined, undefined])
  if (key !== undefined && draft) {
    open.delete(key)
    finishStep(run, draft, { status: 'succeeded', output: text }, place)
    return
  }
  addLoneResult(run, { id: `message-${place.line}` }, { status: 'succeeded', output: text }, place)
}

/** What the whole run consumed, as SWE-agent adds it up; the price is worked out by LiteLLM. */
export function readStats(value: unknown): Cost | undefined {
  const stats = asObject(value)
  const [input, output] = [asCount(stats?.tokens_sent), asCount(stats?.tokens_received)]
  const price = computedPrice(asPrice(stats?.instance_cost), 'LiteLLM')
  if (input || output) return tokenCost({ input, output }, price)
  return price.cost_usd === undefined ? undefined : { ...unknownCost, ...price }
}
