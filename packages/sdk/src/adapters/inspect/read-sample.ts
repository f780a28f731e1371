import type { AgentRun, Cost } from '@agent-run/types'
import { addCosts } from '../../conversion/cost.ts'
import { addLoneResult, addModelCall, addToolCall, finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { Fate } from '../../conversion/ledger.ts'
import { RunDraft, type RunMembers } from '../../conversion/run-draft.ts'
import { readTimeOrUtc } from '../../conversion/time.ts'
import { Turns } from '../../conversion/turns.ts'
import type { Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { readAttachments, readContent, resolveText } from './content.ts'
import { readSandbox, readTools } from './log.ts'
import { readAnswer, readInput } from './model-event.ts'
import { limitType, readEvents } from './read-events.ts'
import { eventsOf, type Reading } from './reading.ts'
import { readScores } from './scores.ts'
import { outcomeOf } from './tool-event.ts'
import { readModelUsage, readUsage } from './usage.ts'

/** A sample as a run, and what became of its entries: of its events, or of its messages where it has no events. */
export interface SampleRun {
  readonly run: AgentRun
  readonly fates: readonly (Fate | { malformed: string })[]
  readonly contradictions: number
}

/** What a sample is read with. */
export interface SampleSettings {
  readonly id: string
  readonly members: RunMembers
  readonly previewer: Previewer
  readonly version: string | undefined
  readonly digest: string | undefined
  readonly prices: Ending['prices']
}

/** Makes a run of a sample: one attempt of an agent at one task. */
export function readSample(sample: Json, settings: SampleSettings): SampleRun {
  const { previewer, members } = settings
  const attachments = readAttachments(sample)
  const run = new RunDraft(settings.id, previewer)
  Object.assign(run.members, members)
  const reading: Reading = {
    run,
    attachments,
    model: typeof members.model === 'string' ? members.model : undefined,
    askedBy: new Map(),
    calls: new Map(),
    spans: new Map(),
    lastToolSpan: undefined,
    handedOver: new Map(),
    open: [],
    waiting: [],
    said: new Set(),
    turns: new Turns(run),
    answered: undefined,
    scoredAt: undefined,
    judging: [],
  }
  const events = eventsOf(sample)
  const hasEvents = events.length > 0
  run.start = readTimeOrUtc(sample.started_at) ?? readTimeOrUtc(asObject(events[0])?.timestamp)
  const fates = hasEvents ? readEvents(reading, events) : readMessages(reading, asArray(sample.messages) ?? [])
  reading.turns.settle()
  say(reading, sample)
  const tools = readTools(sample, attachments, previewer)
  if (tools.length > 0) {
    run.members.tools_available = tools.map(({ name }) => name)
    run.members.inventory = { tools }
  }
  judge(reading, sample)
  const finished = finishRun(run, {
    about,
    ...endOf(sample, hasEvents),
    formatVersion: settings.version,
    digest: settings.digest,
    prices: settings.prices,
    ...(hasEvents ? {} : { cost: readModelUsage(sample.model_usage) }),
  })
  return { run: finished, fates, contradictions: run.contradictions }
}

function say(reading: Reading, sample: Json): void {
  const { run, attachments } = reading
  const asked = asArray(sample.input)
    ? readContent(
        asObject(asArray(sample.input)?.findLast((message) => asObject(message)?.role === 'user'))?.content,
        attachments,
      ).text
    : resolveText(sample.input, attachments)
  if (asked?.trim()) run.members.input_preview = run.previewer.text(asked.trim())
  const choice = asObject(asArray(asObject(sample.output)?.choices)?.[0])
  const answer =
    readContent(asObject(choice?.message)?.content, attachments).text ??
    asString(asObject(sample.output)?.completion) ??
    reading.answered
  if (answer?.trim()) run.members.output_preview = run.previewer.text(answer.trim())
  const kind = readSandbox(sample.sandbox)
  if (kind) run.members.sandbox = { kind }
  const retries = asArray(sample.error_retries)?.length ?? 0
  const epoch = asCount(sample.epoch)
  run.members.metadata = {
    inspect: {
      ...asObject(run.members.metadata?.inspect),
      ...(typeof sample.id === 'string' || typeof sample.id === 'number'
        ? { sample_id: typeof sample.id === 'string' ? run.previewer.text(sample.id, 256) : String(sample.id) }
        : {}),
      ...(epoch === undefined ? {} : { epoch }),
      ...(retries > 0 ? { error_retries: retries } : {}),
    },
  }
}

/** Scores are evidence, and an eval where they say whether the work passed. What scoring cost is no cost of the run. */
function judge(reading: Reading, sample: Json): void {
  const { run, attachments, judging, scoredAt } = reading
  const scores = asObject(sample.scores) ?? (asObject(sample.score) ? { score: sample.score } : undefined)
  if (!scores) return
  const task = asString(run.members.task_id)
  const found = readScores(
    { scores, target: sample.target, at: scoredAt, runId: run.id, task },
    attachments,
    run.previewer,
  )
  if (found.evidence.length > 0) run.members.evidence = found.evidence
  if (!found.evaluation) return
  const costs = judging.flatMap((json): Cost[] => {
    const cost = readUsage(asObject(asObject(json.output)?.usage), asString(json.model))
    return cost ? [cost] : []
  })
  run.members.eval = { ...found.evaluation, ...(costs.length > 0 ? { cost: addCosts(costs) } : {}) }
}

function endOf(sample: Json, hasEvents: boolean): Pick<Ending, 'status' | 'error' | 'errorType'> {
  const error = asObject(sample.error)
  if (error) return { status: 'failed', error: asString(error.message) ?? 'the sample failed', errorType: 'internal' }
  const limit = asObject(sample.limit)
  if (limit) {
    const errorType = limitType(limit.type)
    const status = errorType === 'timeout' ? 'timeout' : errorType === 'cancelled' ? 'cancelled' : 'failed'
    return { status, error: `limit reached: ${asString(limit.type)?.slice(0, 40) ?? 'unknown'}`, errorType }
  }
  const isOver = asObject(sample.scores) ?? asObject(sample.score) ?? readTimeOrUtc(sample.completed_at)
  const answered = hasEvents && asObject(sample.output) && (asArray(asObject(sample.output)?.choices)?.length ?? 0) > 0
  return { status: isOver || answered ? 'completed' : 'unknown' }
}

/** A log that was written without events has the messages only: what was said and called, no times and no usage. */
function readMessages(reading: Reading, messages: readonly unknown[]): SampleRun['fates'] {
  return messages.map((value, index): Fate | { malformed: string } => {
    const json = asObject(value)
    const before = reading.run.drafts.length
    const isKnown = json && readMessage(reading, json, { line: index + 1, ref: `message ${index + 1}` })
    reading.turns.mark(before)
    return isKnown ? 'mapped' : { malformed: 'no message of a known role' }
  })
}

function readMessage(reading: Reading, json: Json, place: SourcePlace): boolean {
  const { run } = reading
  if (json.role === 'user' || json.role === 'system') readInput(reading, [json], place, undefined)
  else if (json.role === 'tool') readResult(reading, json, place)
  else if (json.role === 'assistant') {
    const id = asString(json.id) ?? `message-${place.line}`
    const model = asString(json.model) ?? reading.model
    // What stands in the input was not asked of the model in this run.
    const call = json.source === 'input' ? undefined : addModelCall(run, { id: `${id}.model`, model }, place)
    if (call) finishStep(run, call, { status: 'succeeded' }, place)
    readAnswer(reading, json, { place, modelCallId: call?.step.id, at: undefined })
    callTools(reading, json, place, call?.step.id)
  } else return false
  return true
}

function callTools(reading: Reading, json: Json, place: SourcePlace, modelCallId: string | undefined): void {
  for (const [index, value] of (asArray(json.tool_calls) ?? []).entries()) {
    const call = asObject(value)
    const callId = asString(call?.id)
    if (!call || (callId !== undefined && reading.calls.has(callId))) continue
    const request = {
      id: callId ?? `message-${place.line}.call-${index + 1}`,
      name: asString(call.function) ?? 'unknown',
      arguments: call.arguments,
      callId,
      modelCallId,
    }
    const draft = addToolCall(reading.run, request, place)
    if (callId !== undefined) reading.calls.set(callId, draft)
  }
}

function readResult(reading: Reading, json: Json, place: SourcePlace): void {
  const { run } = reading
  const callId = asString(json.tool_call_id)
  const known = callId === undefined ? undefined : reading.calls.get(callId)
  const { text: output } = readContent(json.content, reading.attachments)
  const outcome = { ...outcomeOf(asObject(json.error), false), output }
  if (known && known.final === undefined) {
    finishStep(run, known, outcome, place)
    return
  }
  const isNew = callId !== undefined && !known
  const result = {
    id: asString(json.id) ?? `message-${place.line}`,
    name: asString(json.function),
    callId: isNew ? callId : undefined,
  }
  const draft = addLoneResult(run, result, outcome, place)
  if (isNew) reading.calls.set(callId, draft)
}
