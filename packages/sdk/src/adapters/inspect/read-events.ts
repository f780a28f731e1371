import type { Step } from '@agent-run/types'
import { finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { Fate } from '../../conversion/ledger.ts'
import { readTimeOrUtc } from '../../conversion/time.ts'
import { readApproval } from './approval-event.ts'
import { resolveText } from './content.ts'
import { readModelEvent } from './model-event.ts'
import { isScoring, placeOf, type Reading, type Span } from './reading.ts'
import { readSandboxEvent, readToolEvent } from './tool-event.ts'

/** Deepest nesting of events within events that is followed. */
const deepest = 32

const structure: Fate = { skipped: 'structure: spans and steps of the log' }

/** Why events of a kind are left out. */
const skipped: Readonly<Record<string, string>> = {
  sample_init: 'beginning of the sample, which the run says',
  state: 'state of the task or the store',
  store: 'state of the task or the store',
  info: 'note of the task',
  logger: 'line of a log',
  score: 'score, which is evidence',
  score_edit: 'score, which is evidence',
}

/** Adds what the events of a sample say; says what became of each, in order, those inside of others included. */
export function readEvents(reading: Reading, events: readonly unknown[]): (Fate | { malformed: string })[] {
  const fates: (Fate | { malformed: string })[] = []
  const read = (list: readonly unknown[], inside: Span | undefined, depth: number): void => {
    for (const value of list) {
      const json = asObject(value)
      const line = fates.length + 1
      if (!json) {
        fates.push({ malformed: 'event that is no object' })
        continue
      }
      fates.push(structure)
      const place = { line, ref: `event ${line}` }
      const before = reading.run.drafts.length
      fates[line - 1] = readEvent(reading, json, place, inside)
      reading.turns.mark(before)
      const nested = asArray(json.events) ?? []
      if (nested.length > 0 && depth < deepest) read(nested, insideOf(reading, json, line, inside), depth + 1)
    }
  }
  read(events, undefined, 0)
  for (const json of reading.waiting) {
    const line = Number(json.line)
    fates[line - 1] = readApproval(reading, asObject(json.json) ?? {}, { line, ref: `event ${line}` })
      ? 'mapped'
      : { skipped: 'decision about a call that is not there' }
  }
  return fates
}

/** The span that holds the events inside of an event: a call or a subtask of older logs. */
function insideOf(reading: Reading, json: Json, line: number, inside: Span | undefined): Span {
  const id = asString(json.id)
  const step = json.event === 'tool' && id !== undefined ? reading.calls.get(id) : undefined
  const draft = step ?? reading.run.drafts.findLast((other) => other.line === line)
  const type = asString(json.type)
  return { id: `inside-${line}`, parent: inside, type, name: asString(json.name), step: draft, agent: undefined }
}

function readEvent(reading: Reading, json: Json, place: SourcePlace, inside: Span | undefined): Fate {
  const event = asString(json.event) ?? ''
  const span = reading.spans.get(asString(json.span_id) ?? '') ?? inside ?? reading.open.at(-1)
  if (event === 'span_begin' || event === 'span_end' || event === 'step') return readStructure(reading, json, event)
  if (isScoring(span)) {
    reading.scoredAt ??= readTimeOrUtc(json.timestamp)
    if (event === 'model') reading.judging.push(json)
    return { skipped: event === 'score' ? 'score, which is evidence' : 'work of a scorer, which comes after the run' }
  }
  switch (event) {
    case 'model':
      readModelEvent(reading, json, place, span)
      return 'mapped'
    case 'tool':
      return readToolEvent(reading, json, place, span) ? 'mapped' : { skipped: 'call that is there already' }
    case 'sandbox':
      readSandboxEvent(reading, json, place, span)
      return 'mapped'
    case 'approval':
      // The decision stands before the call it is about.
      reading.waiting.push({ json, line: place.line })
      return structure
    case 'input':
      addStep(reading, json, place, span, {
        type: 'input_request',
        output: resolveText(json.input, reading.attachments),
      })
      return 'mapped'
    case 'subtask':
      addStep(reading, json, place, span, { type: 'other', name: asString(json.name), output: json.result })
      return 'mapped'
    case 'compaction':
      addStep(reading, json, place, span, { type: 'compaction' })
      return 'mapped'
    case 'sample_limit':
      addStep(reading, json, place, span, {
        type: 'error',
        error: asString(json.message) ?? 'a limit was reached',
        errorType: limitType(json.type),
      })
      return 'mapped'
    case 'error':
      addStep(reading, json, place, span, {
        type: 'error',
        error: asString(asObject(json.error)?.message) ?? 'the sample failed',
        errorType: 'internal',
      })
      return 'mapped'
    case 'score':
      reading.scoredAt ??= readTimeOrUtc(json.timestamp)
      return { skipped: skipped.score ?? '' }
    default:
      return {
        skipped:
          (Object.hasOwn(skipped, event) ? skipped[event] : undefined) ??
          'kind of event that this adapter does not know',
      }
  }
}

/** What a limit of the eval is in the words of the record. */
export const limitType = (type: unknown): NonNullable<Step['error_type']> =>
  type === 'time' || type === 'working' ? 'timeout' : type === 'operator' ? 'cancelled' : 'budget_exceeded'

function readStructure(reading: Reading, json: Json, event: string): Fate {
  const id = asString(json.id) ?? asString(json.span_id)
  const isBegin = event === 'span_begin' || (event === 'step' && json.action === 'begin')
  if (!isBegin) {
    const at = reading.open.findLastIndex((span) => (event === 'step' ? span.name === json.name : span.id === id))
    if (at >= 0) reading.open.length = at
    return structure
  }
  const [type, name] = [asString(json.type), asString(json.name)]
  const parent =
    reading.spans.get(asString(json.parent_id) ?? '') ?? (event === 'step' ? reading.open.at(-1) : undefined)
  const agent = type === 'agent' && name ? reading.run.previewer.text(name, 256) : undefined
  const given = event === 'span_begin' && id !== undefined ? reading.handedOver.get(id) : undefined
  const span: Span = { id: id ?? `${name}`, parent, type, name, step: given?.step, agent: given?.agent ?? agent }
  if (event === 'span_begin' && id !== undefined && !reading.spans.has(id)) {
    reading.spans.set(id, span)
    if (type === 'tool') reading.lastToolSpan = span
  }
  if (event === 'step') reading.open.push(span)
  return structure
}

interface Added {
  readonly type: Step['type']
  readonly name?: string | undefined
  readonly output?: unknown
  readonly error?: string | undefined
  readonly errorType?: Step['error_type'] | undefined
}

function addStep(reading: Reading, json: Json, place: SourcePlace, span: Span | undefined, added: Added): void {
  const { run } = reading
  const start = readTimeOrUtc(json.timestamp)
  const { step: parent, agent } = placeOf(span)
  const step: Step = {
    id: asString(json.uuid) ?? `event-${place.line}`,
    type: added.type,
    started_at: start?.text ?? null,
    ...(added.name ? { tool_name: run.previewer.text(added.name, 256) } : {}),
    ...(agent ? { agent_id: agent } : {}),
    ...(parent ? { parent_step_id: parent.step.id } : {}),
    source_ref: place.ref ?? '',
  }
  const draft = run.add(step, place.line, start)
  const { output, error, errorType } = added
  const status = added.type === 'error' ? 'failed' : 'succeeded'
  finishStep(run, draft, { status, output, error, errorType, at: readTimeOrUtc(json.completed) ?? start }, place)
}
