import type { Cost } from '@agent-run/types'
import { contentText } from '../../conversion/content-text.ts'
import { unknownCost } from '../../conversion/cost.ts'
import {
  addLoneResult,
  addMessage,
  addModelCall,
  addToolCall,
  finishStep,
  type SourcePlace,
} from '../../conversion/draft-steps.ts'
import { asArray, asCount, asObject, asPrice, asString, type Json } from '../../conversion/json.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { type Moment, momentAt } from '../../conversion/time.ts'
import { argumentsOf, shell } from '../../conversion/tool-effects.ts'
import { computedPrice, tokenCost } from '../../conversion/usage.ts'
import type { Previewer } from '../../preview/index.ts'

/** A run under construction. */
export interface Reading {
  readonly run: RunDraft
  readonly model: string | undefined
  /** Commands without an answer, in order. */
  readonly open: { readonly draft: StepDraft; readonly callId: string | undefined }[]
  readonly callIds: Set<string>
  isSubmitted: boolean
  exitStatus: string | undefined
  submission: string | undefined
  lastDraft: StepDraft | undefined
}

/** Begins a run. */
export const beginReading = (id: string, previewer: Previewer, model: string | undefined): Reading => ({
  run: new RunDraft(id, previewer),
  model,
  open: [],
  callIds: new Set(),
  isSubmitted: false,
  exitStatus: undefined,
  submission: undefined,
  lastDraft: undefined,
})

/** The sign by which a command says that the work is done. */
const done = /COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT|MINI_SWE_AGENT_FINAL_OUTPUT/

/** Adds what a message says. False if it is none. */
export function readMessage(reading: Reading, value: unknown, line: number): boolean {
  const json = asObject(value)
  if (!json) return false
  const { run } = reading
  const place = { line, ref: `message ${line}` }
  const extra = asObject(json.extra) ?? {}
  const at = typeof extra.timestamp === 'number' ? momentAt(extra.timestamp * 1000) : undefined
  const text = contentText(json.content)
  if (json.role === 'system') addMessage(run, 'system', { id: `message-${line}`, text, at }, place)
  else if (json.role === 'assistant') readAnswer(reading, json, extra, { place, at, text })
  else if (json.role === 'tool' || (json.role === 'user' && reading.open.length > 0))
    readResult(reading, json, extra, { place, at, text })
  else if (json.role === 'user') {
    const draft = addMessage(run, 'user', { id: `message-${line}`, text, at }, place)
    if (draft?.step.input_preview) run.members.input_preview ??= draft.step.input_preview
  } else if (json.role === 'exit') {
    reading.exitStatus = asString(extra.exit_status)
    reading.submission = asString(extra.submission)
  } else return false
  return true
}

interface Words {
  readonly place: SourcePlace
  readonly at: Moment | undefined
  readonly text: string | undefined
}

function readAnswer(reading: Reading, json: Json, extra: Json, { place, at, text }: Words): void {
  const { run } = reading
  const id = `message-${place.line}`
  const response = asObject(extra.response)
  const model = addModelCall(
    run,
    {
      id: `${id}.model`,
      model: asString(response?.model) ?? reading.model,
      responseId: asString(response?.id),
      stopReason: asString(asObject(asArray(response?.choices)?.[0])?.finish_reason),
      cost: readUsage(asObject(response?.usage), extra.cost),
    },
    place,
  )
  finishStep(run, model, { status: 'succeeded', at }, place)
  const modelCallId = model.step.id
  const said = addMessage(run, 'assistant', { id, text, at, modelCallId }, place)
  if (said) run.members.output_preview = said.step.output_preview ?? ''
  for (const [index, { command, callId }] of commandsOf(json, extra, text).entries()) {
    const isFree = callId !== undefined && !reading.callIds.has(callId)
    if (isFree) reading.callIds.add(callId)
    const given = { command }
    const draft = addToolCall(
      run,
      {
        id: callId ?? `${id}.call-${index + 1}`,
        name: 'bash',
        arguments: given,
        callId: isFree ? callId : undefined,
        modelCallId,
        effects: shell(given, run.place),
      },
      place,
    )
    reading.open.push({ draft, callId })
    reading.lastDraft = draft
    if (done.test(command)) reading.isSubmitted = true
  }
}

/** The commands of an answer: as the agent noted them, as calls of a tool, or in the one code block of the text. */
function commandsOf(
  json: Json,
  extra: Json,
  text: string | undefined,
): { command: string; callId: string | undefined }[] {
  const noted = (asArray(extra.actions) ?? []).flatMap((value) => {
    const action = asObject(value)
    const command = asString(action?.command) ?? asString(action?.action)
    return command === undefined ? [] : [{ command, callId: asString(action?.tool_call_id) }]
  })
  if (noted.length > 0) return noted
  const calls = (asArray(json.tool_calls) ?? []).flatMap((value) => {
    const call = asObject(value)
    const command = asString(argumentsOf(asObject(call?.function)?.arguments).command)
    return command === undefined ? [] : [{ command, callId: asString(call?.id) }]
  })
  if (calls.length > 0) return calls
  const blocks = [...(text ?? '').slice(0, 1_000_000).matchAll(/```(?:mswea_bash_command|bash)\s*\n(.*?)\n```/gs)]
  const command = blocks.length === 1 ? blocks[0]?.[1]?.trim() : undefined
  return command ? [{ command, callId: undefined }] : []
}

function readResult(reading: Reading, json: Json, extra: Json, { place, at, text }: Words): void {
  const { run, open } = reading
  const callId = asString(json.tool_call_id)
  const index = Math.max(
    0,
    open.findIndex((call) => callId !== undefined && call.callId === callId),
  )
  const [call] = open.splice(index, 1)
  const code = extra.returncode ?? /^\s*<returncode>(-?\d{1,9})<\/returncode>/.exec(text ?? '')?.[1]
  const exitCode = code === undefined || code === null || !Number.isSafeInteger(Number(code)) ? undefined : Number(code)
  const output = asString(extra.raw_output) ?? /<output>\n?(.*?)\n?<\/output>/s.exec(text ?? '')?.[1] ?? text
  const isTimeout = /timed out/i.test(asString(extra.exception_info) ?? '')
  const status = isTimeout ? 'timeout' : exitCode === undefined || exitCode === 0 ? 'succeeded' : 'failed'
  if (call) {
    finishStep(run, call.draft, { status, output, exitCode, at }, place)
    return
  }
  const result = { id: `message-${place.line}`, name: 'bash' }
  addLoneResult(run, result, { status, output, exitCode, at }, place)
}

/** Usage of a request as LiteLLM reports it; cached tokens are within the prompt. */
function readUsage(usage: Json | undefined, cost: unknown): Cost | undefined {
  const [input, output] = [asCount(usage?.prompt_tokens), asCount(usage?.completion_tokens)]
  const price = computedPrice(asPrice(cost), 'LiteLLM')
  if (!input && !output) return price.cost_usd === undefined ? undefined : { ...unknownCost, ...price }
  const counts = {
    input,
    output,
    cacheRead: asCount(asObject(usage?.prompt_tokens_details)?.cached_tokens),
    reasoning: asCount(asObject(usage?.completion_tokens_details)?.reasoning_tokens),
  }
  return tokenCost(counts, price)
}
