import type { AgentRun, Step } from '@agent-run/types'
import { type Ask, answerOf, conversationOf, readMessage, type Said } from '../../conversion/chat-messages.ts'
import {
  addMessage,
  addModelCall,
  addReasoning,
  addToolCall,
  finishStep,
  type StepOutcome,
} from '../../conversion/draft-steps.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { portableId } from '../../conversion/identity.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { unwrap } from '../../conversion/json-text.ts'
import type { Fate } from '../../conversion/ledger.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { type Moment, readTimeOrUtc } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { arrange, isModelCall, kindOf, type Observation, type Trace } from './arrange.ts'
import { sayMembers } from './members.ts'
import { readCost } from './usage.ts'

/** A trace as a run, and what became of each of its observations, in order of the export. */
export interface TraceRun {
  readonly run: AgentRun
  readonly fates: readonly Fate[]
  readonly contradictions: number
}

/** A call that a model asked for and that no observation answers yet. */
interface Asked extends Ask {
  readonly modelCallId: string
  readonly at: Moment | undefined
  readonly line: number
  isAnswered: boolean
}

interface Reading {
  readonly run: RunDraft
  readonly asked: Asked[]
  readonly results: Map<string, string>
  readonly callIds: Set<string>
  readonly steps: Map<Observation, StepDraft>
  readonly agents: Map<Observation, string>
  readonly said: Set<string>
  readonly tools: unknown[]
}

/** Settings for one trace. */
export interface TraceSettings {
  readonly id: string
  readonly previewer: Previewer
  readonly redact: boolean
  readonly digest: string | undefined
  readonly prices: Ending['prices']
}

/** Makes a run of a trace. */
export function readTrace(trace: Trace, settings: TraceSettings): TraceRun {
  const { previewer } = settings
  const run = new RunDraft(settings.id, previewer)
  const { all, copies, malformed } = arrange(trace.observations)
  const reading: Reading = {
    run,
    asked: [],
    results: new Map(),
    callIds: new Set(),
    steps: new Map(),
    agents: new Map(),
    said: new Set(),
    tools: [],
  }
  const own = ownAgent(all)
  const fates: Fate[] = trace.observations.map(() => ({ skipped: 'copy of an observation' }))
  for (const number of malformed) fates[number - 1] = { malformed: 'observation without an id' }
  // What the models asked for is known before the calls are read: clocks of the two need not agree.
  const generations = all.filter((one) => isModelCall(kindOf(one)))
  for (const one of generations) collect(reading, one)
  for (const one of all) fates[one.number - 1] = read(reading, one, own)
  addUnobserved(reading)
  sayMembers(run, { trace: trace.json, all, own, tools: reading.tools, redact: settings.redact })
  const finished = finishRun(run, {
    ...endOf(all),
    about,
    digest: settings.digest,
    prices: settings.prices,
  })
  return { run: finished, fates: copies.length === 0 ? fates : [...fates], contradictions: run.contradictions }
}

/** The agent of the run: the outermost one, or the one it only wraps. */
function ownAgent(all: readonly Observation[]): Observation | undefined {
  let own = all.find(({ type, parent }) => type === 'AGENT' && !hasAgentAbove(parent))
  for (;;) {
    const [only, ...others] = own?.children ?? []
    if (!own || others.length > 0 || only?.type !== 'AGENT') return own
    own = only
  }
}

const hasAgentAbove = (from: Observation | undefined): boolean => {
  for (let next = from; next; next = next.parent) if (next.type === 'AGENT') return true
  return false
}

/** Calls that a model asked for, and results that it was told. */
function collect(reading: Reading, { json, id, end, number }: Observation): void {
  const answer = answerOf(json.output)
  for (const ask of answer.asks.length > 0 ? answer.asks : listedAsks(json))
    if (!ask.id || !reading.asked.some((other) => other.id === ask.id))
      reading.asked.push({ ...ask, modelCallId: portableId(id), at: end, line: number, isAnswered: false })
  for (const value of conversationOf(json.input)) {
    const said = readMessage(unwrap(value))
    if (said.answers && said.text !== undefined) reading.results.set(said.answers, said.text)
    const content = asObject(asObject(value)?.content)
    if (asObject(content?.function)) reading.tools.push(content)
  }
  reading.tools.push(
    ...(asArray(asObject(unwrap(json.output))?.tools) ?? []),
    ...(asArray(asObject(unwrap(json.input))?.tools) ?? []),
  )
}

/** Newer versions of Langfuse list the calls of a generation beside it. */
const listedAsks = (json: Json): Ask[] => {
  const list = asArray(json.toolCalls) ?? []
  return list.flatMap((value, index): Ask[] => {
    const call = asObject(unwrap(value))
    const name = asString(asArray(json.toolCallNames)?.[index])
    return call ? [{ id: asString(call.id), name: name ?? 'unknown', arguments: unwrap(call.arguments) }] : []
  })
}

function read(reading: Reading, one: Observation, own: Observation | undefined): Fate {
  const kind = kindOf(one)
  if (isModelCall(kind)) return readGeneration(reading, one)
  if (kind === 'TOOL' || kind === 'RETRIEVER') return readTool(reading, one)
  if (kind === 'AGENT' && one !== own && hasAbove(one, own)) return readAgent(reading, one)
  const isWrong = one.json.level === 'ERROR'
  if (one.children.length > 0 || one === own || kind === 'AGENT')
    return { skipped: 'structure: observation that holds others' }
  return readOther(reading, one, isWrong)
}

const hasAbove = (one: Observation, above: Observation | undefined): boolean => {
  for (let next = one.parent; next; next = next.parent) if (next === above) return true
  return false
}

/** The step and the agent in which an observation stands. */
function placeOf(reading: Reading, one: Observation): { parent: StepDraft | undefined; agent: string | undefined } {
  let parent: StepDraft | undefined
  let agent: string | undefined
  for (let next = one.parent; next; next = next.parent) {
    parent ??= reading.steps.get(next)
    agent ??= reading.agents.get(next)
  }
  return { parent, agent }
}

const sourcePlace = ({ number }: Observation) => ({ line: number, ref: `observation ${number}` })

function outcomeOf({ json, end }: Observation): StepOutcome {
  const isWrong = json.level === 'ERROR'
  return {
    status: isWrong ? 'failed' : end ? 'succeeded' : 'unknown',
    ...(isWrong ? { error: asString(json.statusMessage) ?? 'failed', errorType: 'tool_failed' } : {}),
    at: end,
  }
}

/** What every step of an observation has. */
function mark(reading: Reading, one: Observation, draft: StepDraft): void {
  const { parent } = placeOf(reading, one)
  if (parent) draft.step.parent_step_id = parent.step.id
  if (/^[0-9a-f]{16}$/.test(one.id)) draft.step.span_id = one.id
  reading.steps.set(one, draft)
}

function readGeneration(reading: Reading, one: Observation): Fate {
  const { run } = reading
  const { json, start, end } = one
  const place = sourcePlace(one)
  const { agent } = placeOf(reading, one)
  readInput(reading, one)
  const answer = answerOf(json.output)
  const response = asObject(unwrap(json.output))
  const responseId = asString(response?.id)
  const draft = addModelCall(
    run,
    {
      id: one.id,
      model: asString(json.model) ?? asString(response?.model),
      responseId: responseId && /^(?:resp|chatcmpl|msg|gen)[_-]/.test(responseId) ? responseId : undefined,
      stopReason: asString(asObject(asArray(response?.choices)?.[0])?.finish_reason) ?? asString(response?.stop_reason),
      cost: readCost(json),
      agentId: agent,
      start,
    },
    place,
  )
  mark(reading, one, draft)
  const first = readTimeOrUtc(json.completionStartTime)
  if (first && start && first.ms >= start.ms) draft.step.first_token_ms = first.ms - start.ms
  const outcome = outcomeOf(one)
  finishStep(run, draft, outcome.errorType ? { ...outcome, errorType: 'provider_error' } : outcome, place)
  const words = { at: end, modelCallId: draft.step.id, agentId: agent }
  const parent = draft.step.parent_step_id
  const drafts = [
    answer.hasReasoning
      ? addReasoning(run, { id: `${one.id}.reasoning`, text: answer.reasoning, ...words }, place)
      : undefined,
    addMessage(run, 'assistant', { id: `${one.id}.answer`, text: answer.text, ...words }, place),
  ]
  for (const added of drafts) if (added && parent) added.step.parent_step_id = parent
  return 'mapped'
}

/** Words that stand at the end of an input, after everything that the model said before. */
function readInput(reading: Reading, one: Observation): void {
  const { run } = reading
  const conversation = conversationOf(one.json.input).map((value) => readMessage(unwrap(value)))
  const from = conversation.findLastIndex(({ role }) => role === 'assistant') + 1
  const isNew = ({ role, text }: Said): boolean => {
    const key = `${role} ${text}`
    if (text === undefined || reading.said.has(key)) return false
    reading.said.add(key)
    return true
  }
  for (const [index, said] of conversation.entries()) {
    const isSystem = said.role === 'system' && index === 0
    if ((index < from && !isSystem) || (said.role !== 'user' && said.role !== 'system') || !isNew(said)) continue
    const words = { id: `${one.id}.input-${index + 1}`, text: said.text, at: one.start }
    addMessage(run, said.role, words, sourcePlace(one))
  }
}

function readTool(reading: Reading, one: Observation): Fate {
  const { run } = reading
  const { json, start } = one
  const place = sourcePlace(one)
  const output = unwrap(json.output)
  const result = asObject(output)
  const inner = asObject(unwrap(json.input))
  // The instrumentation of the Claude Agent SDK wraps the arguments once more.
  const only = inner && Object.keys(inner).length === 1 ? inner.input : undefined
  const args = asObject(only) ?? inner ?? unwrap(json.input)
  const name = asString(json.name) ?? 'unknown'
  const ask = findAsk(reading, name, args, asString(result?.tool_call_id) ?? attribute(json, 'gen_ai.tool.call.id'))
  const callId = ask?.id ?? asString(result?.tool_call_id)
  // Some frameworks write arguments as their language prints them; the request has them as JSON.
  const given = typeof args === 'string' && asObject(ask?.arguments) ? ask?.arguments : args
  const isFree = callId !== undefined && !reading.callIds.has(callId)
  if (isFree) reading.callIds.add(callId)
  const draft = addToolCall(
    run,
    {
      id: one.id,
      name,
      arguments: given,
      callId: isFree ? callId : undefined,
      modelCallId: ask?.modelCallId,
      agentId: placeOf(reading, one).agent,
      start,
      ...(kindOf(one) === 'RETRIEVER' ? { effects: [{ kind: 'read' as const }] } : {}),
    },
    place,
  )
  mark(reading, one, draft)
  const said = result && 'content' in result ? readMessage(result).text : undefined
  const outcome = outcomeOf(one)
  const isFailed = result?.status === 'error' || result?.is_error === true
  finishStep(
    run,
    draft,
    {
      ...outcome,
      ...(isFailed ? { status: 'failed', errorType: 'tool_failed' } : {}),
      output: said ?? output ?? undefined,
    },
    place,
  )
  return 'mapped'
}

/** The request that a call answers: by id, else the first of the same name and arguments, else of the same name. */
function findAsk({ asked }: Reading, name: string, args: unknown, id: string | undefined): Asked | undefined {
  const open = asked.filter((ask) => !ask.isAnswered)
  const same = (ask: Asked): boolean => ask.name === name && stable(ask.arguments) === stable(args)
  const found = id !== undefined ? asked.find((ask) => ask.id === id) : open.find(same)
  if (found) found.isAnswered = true
  return found
}

/** A value as text, the same for the same members in any order. */
function stable(value: unknown): string {
  try {
    return JSON.stringify(value, (_name, member: unknown) => {
      const json = asObject(member)
      return json ? Object.fromEntries(Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))) : member
    })
  } catch {
    return ''
  }
}

/** An attribute of OpenTelemetry that Langfuse keeps in the metadata. */
function attribute(json: Json, name: string): string | undefined {
  const metadata = asObject(unwrap(json.metadata))
  return asString(asObject(metadata?.attributes)?.[name]) ?? asString(metadata?.[name])
}

/** An agent inside of the run's agent: work was handed over to it, and what it did stands inside. */
function readAgent(reading: Reading, one: Observation): Fate {
  const { run } = reading
  const place = sourcePlace(one)
  const name = run.previewer.text(asString(one.json.name) ?? 'unknown', 256)
  const input = run.previewer.json(unwrap(one.json.input) ?? undefined)
  const step: Step = {
    id: one.id,
    type: 'handoff',
    started_at: one.start?.text ?? null,
    agent_id: name,
    ...(input ? { input_preview: input } : {}),
    source_ref: place.ref,
  }
  const draft = run.add(step, place.line, one.start)
  mark(reading, one, draft)
  reading.agents.set(one, name)
  finishStep(run, draft, { ...outcomeOf(one), output: unwrap(one.json.output) ?? undefined }, place)
  return 'mapped'
}

/** A span without anything inside, an event, or a kind that has no counterpart. */
function readOther(reading: Reading, one: Observation, isWrong: boolean): Fate {
  const { run } = reading
  const place = sourcePlace(one)
  const { agent } = placeOf(reading, one)
  const input = run.previewer.json(unwrap(one.json.input) ?? undefined)
  const isEvent = one.type === 'EVENT'
  const step: Step = {
    id: one.id,
    type: isWrong && isEvent ? 'error' : 'other',
    started_at: one.start?.text ?? null,
    tool_name: run.previewer.text(asString(one.json.name) ?? one.type.slice(0, 40), 256),
    ...(agent ? { agent_id: agent } : {}),
    ...(input ? { input_preview: input } : {}),
    source_ref: place.ref,
  }
  const draft = run.add(step, place.line, one.start)
  mark(reading, one, draft)
  const outcome = outcomeOf(isEvent ? { ...one, end: one.end ?? one.start } : one)
  finishStep(run, draft, { ...outcome, output: unwrap(one.json.output) ?? undefined }, place)
  return 'mapped'
}

/** Calls that were asked for and ran without being observed; their results stand in the next input. */
function addUnobserved(reading: Reading): void {
  const { run } = reading
  const ids = new Map([...reading.steps.values()].map(({ step }) => [step.id, step]))
  for (const [index, ask] of reading.asked.entries()) {
    if (ask.isAnswered) continue
    const isFree = ask.id !== undefined && !reading.callIds.has(ask.id)
    if (ask.id !== undefined && isFree) reading.callIds.add(ask.id)
    const place = { line: ask.line, ref: `observation ${ask.line}` }
    const draft = addToolCall(
      run,
      {
        id: ask.id ?? `call-${index + 1}`,
        name: ask.name,
        arguments: ask.arguments,
        callId: isFree ? ask.id : undefined,
        modelCallId: ids.has(ask.modelCallId) ? ask.modelCallId : undefined,
      },
      place,
    )
    const result = ask.id === undefined ? undefined : reading.results.get(ask.id)
    if (result !== undefined) finishStep(run, draft, { status: 'succeeded', output: result }, place)
  }
}

/** A trace is over when its outermost observations are. */
function endOf(all: readonly Observation[]): Pick<Ending, 'status' | 'error' | 'errorType'> {
  const roots = all.filter(({ parent }) => !parent)
  const wrong = roots.find(({ json }) => json.level === 'ERROR')
  if (wrong) return { status: 'failed', error: asString(wrong.json.statusMessage) ?? 'failed', errorType: 'internal' }
  return { status: roots.length > 0 && roots.every(({ end }) => end) ? 'completed' : 'unknown' }
}
