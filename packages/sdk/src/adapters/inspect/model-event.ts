import { addMessage, addModelCall, addReasoning, finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTimeOrUtc } from '../../conversion/time.ts'
import { readContent } from './content.ts'
import { placeOf, type Reading, type Span } from './reading.ts'
import { readUsage } from './usage.ts'

/** Adds a request to a model: what it was told since the last one, its answer, and what it asked for. */
export function readModelEvent(reading: Reading, json: Json, place: SourcePlace, span: Span | undefined): void {
  const { run } = reading
  const start = readTimeOrUtc(json.timestamp)
  const end = readTimeOrUtc(json.completed)
  readInput(reading, json.input, place, start)
  const output = asObject(json.output) ?? {}
  const model = asString(output.model) ?? asString(json.model)
  const choice = asObject(asArray(output.choices)?.[0])
  const message = asObject(choice?.message)
  const { step: parent, agent } = placeOf(span)
  const draft = addModelCall(
    run,
    {
      id: asString(json.uuid) ?? `event-${place.line}`,
      model,
      responseId: asString(asObject(asObject(json.call)?.response)?.id),
      stopReason: asString(choice?.stop_reason),
      cost: json.cache === 'read' ? undefined : readUsage(asObject(output.usage), asString(json.model)),
      agentId: agent,
      start,
    },
    place,
  )
  if (parent) draft.step.parent_step_id = parent.step.id
  if (json.cache === 'read') draft.step.cache_hit = true
  if (typeof json.retries === 'number' && Number.isSafeInteger(json.retries) && json.retries > 0)
    draft.step.metadata = { inspect: { retries: json.retries } }
  const error = asString(json.error) ?? asString(output.error)
  if (json.pending !== true)
    finishStep(
      run,
      draft,
      {
        status: error ? 'failed' : 'succeeded',
        error,
        errorType: error ? 'provider_error' : undefined,
        at: end ?? (error ? undefined : start && secondsAfter(start, json.working_time)),
      },
      place,
    )
  if (message) readAnswer(reading, message, { place, modelCallId: draft.step.id, at: end ?? start, span })
}

/** Where the end of a call is not written, its working time is the least it took. */
const secondsAfter = (start: Moment, seconds: unknown): Moment | undefined => {
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds < 1e9)) return undefined
  const ms = start.ms + Math.floor(seconds * 1000)
  return readTimeOrUtc(new Date(ms).toISOString())
}

/** Messages of the user and the system that the model is told for the first time. */
export function readInput(reading: Reading, input: unknown, place: SourcePlace, at: Moment | undefined): void {
  for (const [index, value] of (asArray(input) ?? []).entries()) {
    const message = asObject(value)
    const role = asString(message?.role)
    if (message && (role === 'user' || role === 'system')) readWords(reading, message, role, index, place, at)
  }
}

function readWords(
  reading: Reading,
  message: Json,
  role: 'user' | 'system',
  index: number,
  place: SourcePlace,
  at: Moment | undefined,
): void {
  const { run } = reading
  const { text, refs } = readContent(message.content, reading.attachments)
  const key = asString(message.id) ?? `${index} ${role} ${text ?? ''}`
  if (reading.said.has(key)) return
  reading.said.add(key)
  if (role === 'user') reading.turns.hear()
  const id = asString(message.id) ?? `event-${place.line}.input-${index + 1}`
  const draft = addMessage(run, role, { id, text, at }, place)
  if (draft && refs.length > 0) draft.step.input_refs = refs
}

/** Where an answer stands. */
export interface AnswerPlace {
  readonly place: SourcePlace
  readonly modelCallId: string | undefined
  readonly at: Moment | undefined
  readonly span?: Span | undefined
}

/** Words and thoughts of an answer, and who asked for its calls. */
export function readAnswer(reading: Reading, message: Json, { place, modelCallId, at, span }: AnswerPlace): void {
  const { run, attachments } = reading
  const said = readContent(message.content, attachments)
  const { step: parent, agent: agentId } = placeOf(span)
  const id = asString(message.id) ?? `${modelCallId ?? `message-${place.line}`}.answer`
  reading.said.add(id)
  reading.turns.work()
  const contain = (draft: { step: { parent_step_id?: string } } | undefined): void => {
    if (draft && parent) draft.step.parent_step_id = parent.step.id
  }
  if (said.hasReasoning)
    contain(addReasoning(run, { id: `${id}.reasoning`, text: said.reasoning, at, modelCallId, agentId }, place))
  const words = addMessage(run, 'assistant', { id, text: said.text, at, modelCallId, agentId }, place)
  contain(words)
  if (words && said.refs.length > 0) words.step.output_refs = said.refs
  if (words && !parent) reading.answered = words.step.output_preview ?? undefined
  if (modelCallId === undefined) return
  for (const value of asArray(message.tool_calls) ?? []) {
    const call = asString(asObject(value)?.id)
    if (call !== undefined && !reading.askedBy.has(call)) reading.askedBy.set(call, modelCallId)
  }
}
