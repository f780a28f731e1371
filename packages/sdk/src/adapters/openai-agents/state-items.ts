import { addMessage, addModelCall, addReasoning, finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import { answerOf, objectMember, objectsIn, textMember, textOf } from './members.ts'
import { idOf, readCall, resultOf } from './raw-items.ts'
import type { CallFacts, StateCalls } from './state-calls.ts'
import { readUsage } from './usage.ts'

/** What the items of a run state are read into. */
interface ItemReading {
  readonly run: RunDraft
  readonly calls: StateCalls
  readonly facts: CallFacts
  /** Agent of the run; steps name theirs where it is another. */
  readonly agent: string
  readonly items: readonly Json[]
  readonly responses: readonly Json[]
}

/** Types of items that a model put out. */
const said =
  /^(?:message_output|reasoning|tool_call|handoff_call|mcp_approval_request|tool_search_call|compaction)_item$/

/** Which agent an item names, if it is not the run's own. */
export const agentOf = (item: Json): string | undefined => textMember(objectMember(item, 'agent'), 'name')

/** Reads responses of models and the items that came from them, in their order. */
export function readItems(reading: ItemReading): void {
  const requests = new Requests(reading)
  for (const [index, item] of reading.items.entries()) {
    const raw = objectMember(item, 'raw_item') ?? {}
    const own = agentOf(item)
    const agentId = own === reading.agent ? undefined : own
    const modelCallId = said.test(asString(item.type) ?? '') ? requests.sayer(raw, agentId) : undefined
    const place = { line: requests.next(), ref: `item ${index + 1}` }
    readItem(reading, { item, raw, agentId, modelCallId, place })
  }
  requests.rest()
}

/** One item, and where it belongs. */
interface Found {
  readonly item: Json
  readonly raw: Json
  readonly agentId: string | undefined
  readonly modelCallId: string | undefined
  readonly place: SourcePlace
}

function readItem({ run, calls, facts }: ItemReading, { item, raw, agentId, modelCallId, place }: Found): void {
  const words = { id: `item-${place.line}`, modelCallId, agentId }
  const type = asString(item.type)
  if (type === 'message_output_item') addMessage(run, 'assistant', { ...words, text: textOf(raw.content) }, place)
  else if (type === 'reasoning_item')
    addReasoning(run, { ...words, text: textOf(raw.summary) ?? textOf(raw.content) }, place)
  else if (type === 'tool_call_item' || type === 'tool_search_call_item' || type === 'mcp_approval_request_item') {
    const call = readCall(raw, item)
    const origin = objectMember(item, 'tool_origin')
    const inside = call.callId === undefined ? undefined : facts.nested.get(call.callId)
    const agent = asString(origin?.type) === 'agent_as_tool' ? textMember(origin, 'agent_name') : undefined
    const handsTo = agent ?? textMember(objectMember(inside, 'current_agent'), 'name')
    calls.add({ ...call, agentId, modelCallId, handsTo }, place)
  } else if (type === 'handoff_call_item') {
    const call = readCall(raw, item)
    const to = targetOf(facts, call.callId) ?? call.name.replace(/^transfer_to_/, '')
    calls.add({ ...call, agentId, modelCallId, handsTo: to }, place)
  } else if (type === 'handoff_output_item' || type === 'tool_call_output_item' || type === 'tool_search_output_item')
    addResult(run, calls, { item, raw, agentId, place })
  else if (type === 'compaction_item')
    run.addMoment(
      { id: words.id, type: 'compaction', status: 'succeeded', started_at: null, source_ref: refOf(place) },
      place.line,
      undefined,
    )
  else if (type === 'mcp_list_tools_item') {
    const server = textMember(raw, 'server_label')
    run.addMoment(
      {
        id: words.id,
        type: 'other',
        status: 'succeeded',
        started_at: null,
        tool_name: 'mcp_list_tools',
        ...(server ? { mcp_server: run.previewer.text(server, 256) } : {}),
        source_ref: refOf(place),
      },
      place.line,
      undefined,
    )
  }
}

function addResult(run: RunDraft, calls: StateCalls, { item, raw, agentId, place }: Omit<Found, 'modelCallId'>): void {
  const callId = idOf(raw)
  if (calls.end(callId, resultOf(item), place)) return
  // A result whose call the state no longer shows.
  const output = run.previewer.json(resultOf(item))
  run.addMoment(
    {
      id: `result-${place.line}`,
      type: 'tool_result',
      status: 'succeeded',
      started_at: null,
      role: 'tool',
      ...(agentId ? { agent_id: run.previewer.text(agentId, 256) } : {}),
      tool_name: run.previewer.text(asString(raw.name) ?? 'unknown', 256),
      ...(callId ? { tool_call_id: run.previewer.text(callId, 256) } : {}),
      ...(output ? { output_preview: output } : {}),
      source_ref: refOf(place),
    },
    place.line,
    undefined,
  )
}

const refOf = ({ line, ref }: SourcePlace): string => ref ?? `${line}`

const targetOf = ({ results }: CallFacts, callId: string | undefined): string | undefined => {
  const result = callId === undefined ? undefined : results.get(callId)
  try {
    return asString(asObject(JSON.parse(result ?? ''))?.assistant)
  } catch {
    return undefined
  }
}

/** Which request to a model an item came from: each item is one output of one response, in the same order. */
class Requests {
  readonly #reading: ItemReading
  readonly #outputs: readonly { readonly type: string; readonly callId: string | undefined; readonly request: number }[]
  readonly #ids: string[] = []
  readonly #responseIds = new Set<string>()
  #at = 0
  #line = 0

  constructor(reading: ItemReading) {
    this.#reading = reading
    this.#outputs = reading.responses.flatMap((response, request) =>
      objectsIn(response, 'output').map((output) => ({
        type: asString(output.type) ?? '',
        callId: idOf(output),
        request,
      })),
    )
  }

  /** Number of the next step, by which steps without times keep their order. */
  next(): number {
    return ++this.#line
  }

  /** The step of the request that an item came from. */
  sayer(raw: Json, agentId: string | undefined): string | undefined {
    const callId = idOf(raw)
    const type = asString(raw.type) ?? ''
    const found = this.#outputs.findIndex(
      (output, index) => index >= this.#at && output.type === type && output.callId === callId,
    )
    const output = this.#outputs[found]
    if (!output) return undefined
    this.#at = found + 1
    this.#until(output.request, agentId)
    return this.#ids[output.request]
  }

  /** Requests whose answers no item shows. */
  rest(): void {
    this.#until(this.#reading.responses.length - 1, undefined)
  }

  #until(last: number, agentId: string | undefined): void {
    const { run, responses } = this.#reading
    for (let request = this.#ids.length; request <= last; request++) {
      const response = responses[request] ?? {}
      const responseId = textMember(response, 'response_id')
      const isNew = responseId !== undefined && !this.#responseIds.has(responseId)
      if (isNew) this.#responseIds.add(responseId)
      const place = { line: this.next(), ref: `response ${request + 1}` }
      const draft = addModelCall(
        run,
        {
          id: `response-${request + 1}`,
          // Two requests under one id cannot both be said to have it (AR-COST-008).
          responseId: isNew ? responseId : undefined,
          output: answerOf(response.output) ?? (asArray(response.output)?.length ? response.output : undefined),
          cost: readUsage(response.usage),
          agentId,
        },
        place,
      )
      finishStep(run, draft, { status: 'succeeded' }, place)
      this.#ids.push(draft.step.id)
    }
  }
}
