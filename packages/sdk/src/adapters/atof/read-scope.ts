import type { AgentRun, Cost, Step } from '@agent-run/types'
import { answerOf, conversationOf, readMessage } from '../../conversion/chat-messages.ts'
import {
  addMessage,
  addModelCall,
  addReasoning,
  addToolCall,
  finishStep,
  type SourcePlace,
  type StepOutcome,
} from '../../conversion/draft-steps.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import { unwrap } from '../../conversion/json-text.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { tokenCost } from '../../conversion/usage.ts'
import type { Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { type Scope, usageOf } from './scopes.ts'

interface Reading {
  readonly run: RunDraft
  /** Requests by the ids of the calls they asked for. */
  readonly askedBy: Map<string, string>
  readonly callIds: Set<string>
  readonly said: Set<string>
  readonly steps: Map<Scope, StepDraft>
}

/** What is the same for all runs of a stream. */
export interface StreamSettings {
  readonly previewer: Previewer
  readonly version: string | undefined
  readonly digest: string | undefined
  readonly prices: Ending['prices']
}

/** A scope at the top, with everything inside, as a run. */
export function readRoot(
  root: Scope,
  { previewer, version, digest, prices }: StreamSettings,
): { run: AgentRun; contradictions: number } {
  const run = new RunDraft(root.id, previewer)
  const reading: Reading = { run, askedBy: new Map(), callIds: new Set(), said: new Set(), steps: new Map() }
  run.start = root.start
  run.end = root.end
  const isSingle = root.children.length === 0 && root.category !== 'agent'
  for (const scope of inOrder(isSingle ? [root] : root.children)) readScope(reading, scope)
  for (const line of linesOf(root)) run.book(line)
  const asked = conversationOf(firstMember(root.input))
    .map((value) => readMessage(unwrap(value)))
    .findLast(({ role }) => role === 'user')
  const [input, output] = [asked?.text ?? wordsOf(root.input), wordsOf(root.output)]
  Object.assign(run.members, {
    turn_id: run.id,
    agent_id: previewer.text(root.name, 256),
    ...(input ? { input_preview: previewer.text(input) } : {}),
    ...(output ? { output_preview: previewer.text(output) } : {}),
  })
  const finished = finishRun(run, { ...endOf(root), about, formatVersion: version, digest, prices })
  return { run: finished, contradictions: run.contradictions }
}

/** Scopes and everything inside, by the time they began; what holds others first. */
function inOrder(scopes: readonly Scope[]): Scope[] {
  const all: Scope[] = []
  const waiting = scopes.toReversed()
  for (let scope = waiting.pop(); scope; scope = waiting.pop()) {
    all.push(scope)
    for (const child of scope.children.toReversed()) waiting.push(child)
  }
  return all.sort((a, b) => (a.start?.ms ?? 0) - (b.start?.ms ?? 0) || a.line - b.line)
}

const linesOf = (root: Scope): number[] =>
  inOrder([root]).flatMap(({ line, endLine }) => (endLine === undefined ? [line] : [line, endLine]))

function endOf({ status, error, end }: Scope): Pick<Ending, 'status' | 'error' | 'errorType'> {
  if (status === 'error') return { status: 'failed', error: error ?? 'the scope failed', errorType: 'internal' }
  if (status === 'cancelled') return { status: 'cancelled' }
  return { status: end ? 'completed' : 'unknown' }
}

/** The only member of an object, which wraps what matters; else the value. */
function firstMember(value: unknown): unknown {
  const json = asObject(value)
  const members = Object.values(json ?? {})
  return json && members.length === 1 ? members[0] : value
}

/** A payload as words: the text it is, or wraps; an answer of a model; else the value as JSON. */
function wordsOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  const inner = firstMember(value)
  if (typeof inner === 'string') return asString(inner)
  const said = answerOf(value).text
  if (said !== undefined) return said
  try {
    return JSON.stringify(value).slice(0, 16_384)
  } catch {
    return undefined
  }
}

const placeOf = ({ line }: Scope): SourcePlace => ({ line })
const endPlaceOf = ({ line, endLine }: Scope): SourcePlace => ({ line: endLine ?? line })

function outcomeOf({ status, error, end }: Scope): StepOutcome {
  if (status === 'error') return { status: 'failed', error: error ?? 'failed', errorType: 'tool_failed', at: end }
  return { status: status === 'cancelled' ? 'cancelled' : 'succeeded', at: end }
}

function readScope(reading: Reading, scope: Scope): void {
  if (scope.isMark) readMark(reading, scope)
  else if (scope.category === 'llm') readRequest(reading, scope)
  else if (scope.category === 'tool' || scope.category === 'function') readCall(reading, scope)
  else if (scope.category === 'agent') readAgent(reading, scope)
  else addOther(reading, scope)
}

/** The step in which a scope stands. */
function contain(reading: Reading, scope: Scope, draft: StepDraft): void {
  for (let next = scope.parent; next; next = next.parent) {
    const above = reading.steps.get(next)
    if (!above) continue
    draft.step.parent_step_id = above.step.id
    break
  }
  reading.steps.set(scope, draft)
}

/** The agent inside of the run at whose work a scope stands. */
function agentOf({ run }: Reading, scope: Scope): string | undefined {
  for (let next = scope.parent; next?.parent; next = next.parent)
    if (next.category === 'agent') return run.previewer.text(next.name, 256)
  return undefined
}

function readRequest(reading: Reading, scope: Scope): void {
  const { run } = reading
  const agentId = agentOf(reading, scope)
  const conversation = conversationOf(scope.input).map((value) => readMessage(unwrap(value)))
  for (const [index, { role, text }] of conversation.entries()) {
    const key = `${agentId} ${role} ${text}`
    if ((role !== 'user' && role !== 'system') || text === undefined || reading.said.has(key)) continue
    reading.said.add(key)
    addMessage(run, role, { id: `${scope.id}.input-${index + 1}`, text, at: scope.start, agentId }, placeOf(scope))
  }
  const response = asObject(scope.output)
  const draft = addModelCall(
    run,
    {
      id: scope.id,
      model: asString(scope.profile.model_name) ?? asString(response?.model) ?? scope.name,
      responseId: asString(response?.id),
      stopReason: asString(response?.stop_reason) ?? asString(response?.finish_reason),
      cost: readUsage(usageOf(scope.output)),
      agentId,
      start: scope.start,
    },
    placeOf(scope),
  )
  contain(reading, scope, draft)
  if (scope.end)
    finishStep(
      run,
      draft,
      { ...outcomeOf(scope), ...(scope.status === 'error' ? { errorType: 'provider_error' } : {}) },
      endPlaceOf(scope),
    )
  const answer = answerOf(scope.output)
  const modelCallId = draft.step.id
  const words = { at: scope.end, modelCallId, agentId }
  if (answer.hasReasoning)
    addReasoning(run, { id: `${scope.id}.reasoning`, text: answer.reasoning, ...words }, endPlaceOf(scope))
  addMessage(run, 'assistant', { id: `${scope.id}.answer`, text: answer.text, ...words }, endPlaceOf(scope))
  for (const { id } of answer.asks)
    if (id !== undefined && !reading.askedBy.has(id)) reading.askedBy.set(id, modelCallId)
}

function readCall(reading: Reading, scope: Scope): void {
  const { run } = reading
  const callId = asString(scope.profile.tool_call_id)
  const isFree = callId !== undefined && !reading.callIds.has(callId)
  if (isFree) reading.callIds.add(callId)
  const draft = addToolCall(
    run,
    {
      id: scope.id,
      name: scope.name,
      arguments: scope.input,
      callId: isFree ? callId : undefined,
      modelCallId: callId === undefined ? undefined : reading.askedBy.get(callId),
      agentId: agentOf(reading, scope),
      start: scope.start,
    },
    placeOf(scope),
  )
  contain(reading, scope, draft)
  const result = asObject(scope.output)
  const output = result && Object.keys(result).length === 1 && 'result' in result ? result.result : scope.output
  if (scope.end) finishStep(run, draft, { ...outcomeOf(scope), output: output ?? undefined }, endPlaceOf(scope))
}

/** An agent inside of the run: work was handed over to it, and what it did stands inside. */
function readAgent(reading: Reading, scope: Scope): void {
  const { run } = reading
  const input = run.previewer.json(firstMember(scope.input) ?? undefined)
  const step: Step = {
    id: scope.id,
    type: 'handoff',
    started_at: scope.start?.text ?? null,
    agent_id: run.previewer.text(scope.name, 256),
    ...(input ? { input_preview: input } : {}),
    source_ref: `line ${scope.line}`,
  }
  const draft = run.add(step, scope.line, scope.start)
  contain(reading, scope, draft)
  if (scope.end) finishStep(run, draft, { ...outcomeOf(scope), output: wordsOf(scope.output) }, endPlaceOf(scope))
}

/** A mark: what a guardrail found is a decision of a machine, words of somebody are a message, anything else is noted. */
function readMark(reading: Reading, scope: Scope): void {
  const { run } = reading
  const data = asObject(scope.output)
  const passed = data?.passed
  if (scope.category === 'guardrail' && typeof passed === 'boolean' && scope.start) {
    const name = asString(data?.check) ?? scope.name
    run.decisions.push({
      id: `decision-${run.decisions.length + 1}`,
      at: scope.start.text,
      verdict: passed ? 'allow' : 'block',
      decider: { kind: 'guard', id: run.previewer.text(name, 256) },
      basis: 'observed',
    })
    return
  }
  const said = readMessage(scope.output)
  if (said.role !== undefined && said.role !== 'tool' && said.text !== undefined) {
    const draft = addMessage(run, said.role, { id: scope.id, text: said.text, at: scope.start }, placeOf(scope))
    if (draft) contain(reading, scope, draft)
    return
  }
  addOther(reading, scope)
}

function addOther(reading: Reading, scope: Scope): void {
  const { run } = reading
  const input = scope.isMark ? undefined : run.previewer.json(scope.input ?? undefined)
  const step: Step = {
    id: scope.id,
    type: 'other',
    started_at: scope.start?.text ?? null,
    tool_name: run.previewer.text(scope.name, 256),
    ...(input ? { input_preview: input } : {}),
    source_ref: `line ${scope.line}`,
  }
  const draft = run.add(step, scope.line, scope.start)
  contain(reading, scope, draft)
  if (scope.end) finishStep(run, draft, { ...outcomeOf(scope), output: scope.output ?? undefined }, endPlaceOf(scope))
}

/** Usage as OpenAI or Anthropic write it; the latter counts cached tokens beside the input. */
function readUsage(usage: Json | undefined): Cost | undefined {
  if (!usage) return undefined
  const beside = asCount(usage.prompt_tokens) === undefined
  const [read, written] = [asCount(usage.cache_read_input_tokens), asCount(usage.cache_creation_input_tokens)]
  const input = asCount(usage.prompt_tokens) ?? asCount(usage.input_tokens)
  const output = asCount(usage.completion_tokens) ?? asCount(usage.output_tokens)
  if (!input && !output) return undefined
  const inner = asCount(asObject(usage.prompt_tokens_details)?.cached_tokens)
  const cached = beside ? (read ?? 0) + (written ?? 0) : 0
  const whole = input === undefined ? undefined : input + cached
  const total = whole !== undefined && output !== undefined ? whole + output : undefined
  if ([whole, total].some((count) => count !== undefined && !Number.isSafeInteger(count))) return undefined
  return tokenCost({
    input: whole,
    output,
    cacheRead: beside ? read : inner,
    cacheWrite: beside ? written : undefined,
  })
}
