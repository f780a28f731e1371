import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions } from '../../conversion/adapter.ts'
import { addToolCall, finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import { createKeeper, keepMembers } from '../../conversion/extra.ts'
import { finishRun } from '../../conversion/finish-run.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import { readTime } from '../../conversion/time.ts'
import type { Effect } from '../../effects/index.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { approvalOf, endingOf, openWord, statusOf } from './words.ts'

/** Members that a record has a place for; the others are kept as `metadata`. */
const known = {
  run: new Set([
    'runId',
    'turnId',
    'sessionId',
    'parentRunId',
    'agentId',
    'model',
    'promptVersion',
    'toolsAvailable',
    'toolCalls',
    'artifacts',
    'finalStatus',
    'startedAt',
    'endedAt',
  ]),
  call: new Set([
    'toolCallId',
    'tool',
    'mcpServer',
    'sideEffect',
    'status',
    'approvalState',
    'startedAt',
    'endedAt',
    'error',
  ]),
}

/** Makes the record of one camelCase run record; `undefined` if the value is none. */
export function makeRun(
  json: Json,
  line: number,
  source: { readonly digest: string | undefined },
  options: ConvertOptions,
): AgentRun | undefined {
  const runId = asString(json.runId)
  if (runId === undefined) return undefined
  const { redact = true } = options
  const previewer = createPreviewer(redact)
  const keeper = createKeeper(redact)
  const draft = new RunDraft(runId, previewer)
  draft.book(line)
  draft.start = readTime(json.startedAt)
  draft.end = readTime(json.endedAt)
  const text = (value: unknown): string | undefined => {
    const given = asString(value)
    return given === undefined ? undefined : previewer.text(given, 256)
  }
  const model = text(json.model)
  const slash = model?.indexOf('/') ?? -1
  const finalStatus = asString(json.finalStatus)
  const ending = endingOf(finalStatus)
  const artifacts = asArray(json.artifacts) ?? []
  const calls = asArray(json.toolCalls) ?? []
  const kept = keepMembers(keeper, {
    ...without(json, known.run),
    ...(draft.id === runId ? {} : { run_id: runId }),
    // What cannot be told from status and outcome.
    ...(finalStatus !== undefined && ending.status === 'unknown' ? { final_status: finalStatus } : {}),
  })
  const available = asArray(json.toolsAvailable)?.flatMap((name) => text(name) ?? [])
  const optional = {
    turn_id: text(json.turnId),
    session_id: text(json.sessionId),
    parent_run_id: text(json.parentRunId),
    prompt_version: text(json.promptVersion),
    model: slash > 0 ? model?.slice(slash + 1) : model,
    provider: slash > 0 ? model?.slice(0, slash) : undefined,
    tools_available: available,
    outcome: ending.outcome,
    metadata: kept,
  }
  Object.assign(draft.members, { agent_id: text(json.agentId) ?? 'unknown' }, defined(optional))
  for (const [index, value] of calls.entries()) {
    const call = asObject(value)
    if (call) addCall(draft, call, index, { line }, keepMembers(keeper, without(call, known.call)))
  }
  for (const [index, value] of artifacts.entries()) {
    const artifact = asObject(value)
    const name = asString(value) ?? text(artifact?.name) ?? text(artifact?.path) ?? text(artifact?.id)
    draft.artifacts.set(`${index}`, {
      name: name ?? `artifact ${index + 1}`,
      kind: openWord(asString(artifact?.kind) ?? asString(artifact?.type) ?? 'file') ?? 'other',
      action: 'created',
      stepId: asString(artifact?.toolCallId) ?? '',
      content: undefined,
    })
  }
  const run = finishRun(draft, { status: ending.status, about, digest: source.digest })
  // What the list says beside a name, such as an address, has a place of its own.
  for (const [index, artifact] of (run.artifacts ?? []).entries()) {
    const extra = asObject(artifacts[index])
    const metadata = extra && keepMembers(keeper, without(extra, new Set(['name', 'kind', 'type', 'toolCallId'])))
    if (metadata) artifact.metadata = metadata
  }
  return run
}

function addCall(
  draft: RunDraft,
  call: Json,
  index: number,
  place: SourcePlace,
  metadata: Record<string, unknown> | undefined,
): void {
  const callId = asString(call.toolCallId)
  const status = asString(call.status)
  const step = addToolCall(
    draft,
    {
      id: callId ?? `call-${index + 1}`,
      name: asString(call.tool) ?? 'unknown',
      callId,
      mcpServer: asString(call.mcpServer),
      start: readTime(call.startedAt),
      effects: effectsOf(call.sideEffect),
    },
    { ...place, ref: `toolCalls/${index}` },
  )
  // The record declares what a call does; nobody saw it.
  for (const effect of step.step.side_effects ?? []) effect.basis = 'declared'
  const read = statusOf(status)
  const approval = approvalOf(asString(call.approvalState))
  if (approval) step.step.approval = { state: approval, basis: 'observed' }
  const kept = { ...metadata, ...(status !== undefined && read === 'unknown' ? { status } : {}) }
  if (Object.keys(kept).length > 0) step.step.metadata = kept
  if (read === 'running' || read === 'pending') step.step.status = read
  else
    finishStep(
      draft,
      step,
      { status: read, at: readTime(call.endedAt), error: asString(call.error) },
      { ...place, ref: `toolCalls/${index}` },
    )
}

/** `write`, `read`, a list of them, or an object with a kind and a target. */
function effectsOf(value: unknown): readonly Effect[] | undefined {
  const list = asArray(value) ?? [value]
  const effects = list.flatMap((entry): Effect[] => {
    const object = asObject(entry)
    const word = asString(object?.kind) ?? asString(object?.type) ?? asString(entry)
    if (word === undefined) return []
    const kind = openWord(word) ?? 'other'
    const target = asString(object?.target)
    return [{ kind, ...(target ? { target } : {}) }]
  })
  return effects.length > 0 ? effects : undefined
}

const without = (json: Json, names: ReadonlySet<string>): Json =>
  Object.fromEntries(Object.entries(json).filter(([name]) => !names.has(name)))

const defined = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
