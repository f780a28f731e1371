import type { SideEffect, Step } from '@agent-run/types'
import { addToolCall, finishStep, type SourcePlace, type StepOutcome } from '../../conversion/draft-steps.ts'
import { asInteger, asObject, asString, type Json } from '../../conversion/json.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { readTimeOrUtc } from '../../conversion/time.ts'
import { distinct, type Effect, effect, nameFile } from '../../effects/index.ts'
import { redact } from '../../preview/index.ts'
import { readContent, resolveDeep } from './content.ts'
import { placeOf, type Reading, type Span } from './reading.ts'

/** How calls end, by the type of their error. */
const errors: Readonly<Record<string, Pick<StepOutcome, 'status' | 'errorType'>>> = {
  parsing: { status: 'failed', errorType: 'invalid_arguments' },
  timeout: { status: 'timeout', errorType: 'timeout' },
  permission: { status: 'failed', errorType: 'permission_denied' },
  file_not_found: { status: 'failed', errorType: 'not_found' },
  limit: { status: 'failed', errorType: 'budget_exceeded' },
  output_limit: { status: 'failed', errorType: 'output_invalid' },
  approval: { status: 'denied', errorType: 'permission_denied' },
}

/** How a call ended, by its error. */
export function outcomeOf(error: Json | undefined, failed: unknown): Omit<StepOutcome, 'at' | 'output'> {
  if (!error) return failed === true ? { status: 'failed' } : { status: 'succeeded' }
  const type = asString(error.type) ?? ''
  const known = Object.hasOwn(errors, type) ? errors[type] : undefined
  return { ...(known ?? { status: 'failed', errorType: 'tool_failed' }), error: asString(error.message) }
}

/** Adds a call of a tool; one that hands over to an agent is a hand-over whose work the steps inside are. */
export function readToolEvent(
  reading: Reading,
  json: Json,
  place: SourcePlace,
  span: Span | undefined,
): StepDraft | undefined {
  const { run, attachments } = reading
  const id = asString(json.id)
  if (id !== undefined && reading.calls.has(id)) return undefined
  const agent = asString(json.agent)
  const { step: parent, agent: agentId } = placeOf(span)
  const draft = addToolCall(
    run,
    {
      id: id ?? `event-${place.line}`,
      name: asString(json.function) ?? 'unknown',
      arguments: resolveDeep(json.arguments, attachments),
      callId: id,
      type: agent ? 'handoff' : 'tool_call',
      modelCallId: id === undefined ? undefined : reading.askedBy.get(id),
      agentId: agent ?? agentId,
      start: readTimeOrUtc(json.timestamp),
      ...(agent ? { effects: [{ kind: 'none' as const }] } : {}),
    },
    place,
  )
  if (parent) draft.step.parent_step_id = parent.step.id
  if (id !== undefined) reading.calls.set(id, draft)
  const named = asString(json.agent_span_id)
  const toolSpan = named === undefined ? spanOfCall(reading, json, span) : reading.spans.get(named)
  if (toolSpan) toolSpan.step = draft
  if (toolSpan && agent) toolSpan.agent = run.previewer.text(agent, 256)
  if (named !== undefined && agent && !toolSpan)
    reading.handedOver.set(named, { step: draft, agent: run.previewer.text(agent, 256) })
  if (json.pending === true) return draft
  const { refs, text } = readContent(resolveDeep(json.result, attachments), attachments)
  const output = text ?? (typeof json.result === 'string' ? undefined : json.result)
  const at = readTimeOrUtc(json.completed)
  finishStep(run, draft, { ...outcomeOf(asObject(json.error), json.failed), output, at }, place)
  if (refs.length > 0) draft.step.output_refs = refs
  return draft
}

/** The span in which a call works: the last of its name that was opened for a tool. */
function spanOfCall(reading: Reading, json: Json, span: Span | undefined): Span | undefined {
  const own = reading.lastToolSpan
  return own && !own.step && own.name === json.function && own.parent === span ? own : undefined
}

/** What a sandbox was seen to do is an effect of the call in which it happened. Outside of every call it is a step. */
export function readSandboxEvent(reading: Reading, json: Json, place: SourcePlace, span: Span | undefined): void {
  const { run } = reading
  const seen = { ...effectOf(json, reading), basis: 'observed' as const }
  const { step: draft } = placeOf(span)
  if (draft?.step.status === 'denied') return
  if (draft?.step.type === 'tool_call') {
    const known = (draft.step.side_effects ?? []).filter(({ kind }) => kind !== 'other' && kind !== 'none')
    draft.step.side_effects = merge([...known, seen])
    return
  }
  const start = readTimeOrUtc(json.timestamp)
  const step: Step = {
    id: asString(json.uuid) ?? `event-${place.line}`,
    type: 'other',
    started_at: start?.text ?? null,
    tool_name: 'sandbox',
    side_effects: [seen],
    ...(draft ? { parent_step_id: draft.step.id } : {}),
    source_ref: place.ref ?? '',
  }
  const other = run.add(step, place.line, start)
  const exitCode = asInteger(json.result)
  const status = exitCode === undefined || exitCode === 0 ? 'succeeded' : 'failed'
  finishStep(run, other, { status, exitCode, at: readTimeOrUtc(json.completed) }, place)
}

/** Each effect once; of one that was concluded and observed the observation counts. */
function merge(effects: readonly SideEffect[]): SideEffect[] {
  const key = ({ kind, target_kind, target }: SideEffect): string => JSON.stringify([kind, target_kind, target])
  const byKey = new Map<string, SideEffect>()
  for (const one of effects) byKey.set(key(one), one)
  return [...byKey.values()].slice(0, 64)
}

function effectOf(json: Json, { run, attachments }: Reading): Effect {
  const shorten = (text: string): string => run.previewer.text(redact(text), 500)
  const file = asString(json.file)
  const path = file === undefined ? undefined : nameFile(file, run.place)
  const target = path === undefined ? undefined : shorten(path)
  if (json.action === 'write_file') return effect('write', 'file', target, 'unknown')
  if (json.action === 'read_file') return effect('read', 'file', target)
  const command = asString(resolveDeep(json.cmd, attachments))
  const [found] = distinct([effect('exec', 'command', command === undefined ? undefined : shorten(command))])
  return found ?? { kind: 'exec' }
}
