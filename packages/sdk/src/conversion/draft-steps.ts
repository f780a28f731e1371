import type { Cost, SideEffect, Step } from '@agent-run/types'
import { type Effect, inferEffects } from '../effects/index.ts'
import { parsed } from './json-text.ts'
import type { RunDraft } from './run-draft.ts'
import type { StepDraft } from './step-draft.ts'
import type { Moment } from './time.ts'

/** Longest texts of their kind, in code points. */
const lengths = { name: 256, error: 1000, effect: 500 }

/** Where something stands in the source: a line or an entry, and the words by which `source_ref` names it. */
export interface SourcePlace {
  /** From 1. */
  readonly line: number
  /** `line <n>` if absent. */
  readonly ref?: string
}

/** A message of somebody, or a thought of the model. */
export interface Words {
  readonly id: string
  readonly text?: string | undefined
  readonly at?: Moment | undefined
  readonly modelCallId?: string | undefined
  readonly agentId?: string | undefined
}

const refOf = ({ line, ref }: SourcePlace): string => ref ?? `line ${line}`

/** Adds a message; an empty one is none. What an assistant or a tool says is output, anything else input. */
export function addMessage(
  run: RunDraft,
  role: NonNullable<Step['role']>,
  { id, text, at, modelCallId, agentId }: Words,
  place: SourcePlace,
): StepDraft | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const preview = run.previewer.text(text.trim())
  const isOutput = role === 'assistant' || role === 'tool'
  return run.addMoment(
    {
      id,
      type: 'message',
      status: 'succeeded',
      started_at: at?.text ?? null,
      role,
      ...(agentId ? { agent_id: run.previewer.text(agentId, lengths.name) } : {}),
      ...(modelCallId ? { model_call_id: modelCallId } : {}),
      ...(isOutput ? { output_preview: preview } : { input_preview: preview }),
      source_ref: refOf(place),
    },
    place.line,
    at,
  )
}

/** Adds a thought of the model; its text may be missing or encrypted, that there was one is said all the same. */
export function addReasoning(
  run: RunDraft,
  { id, text, at, modelCallId, agentId }: Words,
  place: SourcePlace,
): StepDraft {
  const step: Step = {
    id,
    type: 'reasoning',
    status: 'succeeded',
    started_at: null,
    role: 'assistant',
    ...(agentId ? { agent_id: run.previewer.text(agentId, lengths.name) } : {}),
    ...(modelCallId ? { model_call_id: modelCallId } : {}),
    ...(text?.trim() ? { output_preview: run.previewer.text(text.trim()) } : {}),
    source_ref: refOf(place),
  }
  const draft = run.add(step, place.line, undefined)
  run.settle(draft, place.line, at)
  return draft
}

/** A request to a model. */
export interface ModelRequest {
  readonly id: string
  readonly model?: string | undefined
  readonly responseId?: string | undefined
  readonly stopReason?: string | undefined
  readonly input?: unknown
  readonly output?: unknown
  readonly cost?: Cost | undefined
  readonly agentId?: string | undefined
  readonly start?: Moment | undefined
}

/** Adds a request to a model, open until `finishStep`. Its usage stands on this step and nowhere else (AR-COST-001). */
export function addModelCall(run: RunDraft, request: ModelRequest, place: SourcePlace): StepDraft {
  const { previewer } = run
  const named = (value: string | undefined): string | undefined => value && previewer.text(value, lengths.name)
  const [model, response, stop, agent] = [request.model, request.responseId, request.stopReason, request.agentId].map(
    named,
  )
  const input = previewer.json(request.input)
  const output = previewer.json(request.output)
  return run.add(
    {
      id: request.id,
      type: 'model_call',
      started_at: request.start?.text ?? null,
      ...(agent ? { agent_id: agent } : {}),
      ...(model ? { model } : {}),
      ...(response ? { response_id: response } : {}),
      ...(stop ? { stop_reason: stop } : {}),
      ...(input ? { input_preview: input } : {}),
      ...(output ? { output_preview: output } : {}),
      ...(request.cost ? { cost: { ...request.cost, ...(model && !request.cost.model ? { model } : {}) } } : {}),
      source_ref: refOf(place),
    },
    place.line,
    request.start,
  )
}

/** A call of a tool as the source shows it. */
export interface ToolRequest {
  readonly id: string
  /** Name as offered to the model; `mcp__<server>__<tool>` is a tool of an MCP server. */
  readonly name: string
  /** Arguments; a JSON string of them counts as what it says. */
  readonly arguments?: unknown
  readonly callId?: string | undefined
  readonly mcpServer?: string | undefined
  /** Default `tool_call`. */
  readonly type?: 'tool_call' | 'input_request' | 'handoff' | undefined
  readonly modelCallId?: string | undefined
  readonly agentId?: string | undefined
  readonly start?: Moment | undefined
  /** What the call does, if the adapter has a table for this tool; otherwise it is concluded from name and arguments. */
  readonly effects?: readonly Effect[] | undefined
}

/**
 * Adds a call of a tool, open until `finishStep`. Side effects have basis `inferred`; a tool that nothing is known of
 * has the effect `other`, since "not recognised" is not "none".
 */
export function addToolCall(run: RunDraft, request: ToolRequest, place: SourcePlace): StepDraft {
  const { previewer } = run
  const given = parsed(request.arguments)
  const mcp = request.mcpServer === undefined ? /^mcp__(.+?)__(.+)$/s.exec(request.name) : undefined
  const server = request.mcpServer ?? mcp?.[1]
  const tool = mcp?.[2] ?? request.name
  const effects = request.effects?.map((effect): SideEffect => ({ ...effect, basis: 'inferred' })) ??
    inferEffects({ tool_name: tool, mcp_server: server }, given, run.place) ?? [{ kind: 'other', basis: 'inferred' }]
  const input = previewer.json(given)
  return run.add(
    {
      id: request.id,
      type: request.type ?? 'tool_call',
      started_at: request.start?.text ?? null,
      ...(request.agentId ? { agent_id: previewer.text(request.agentId, lengths.name) } : {}),
      ...(request.modelCallId ? { model_call_id: request.modelCallId } : {}),
      tool_name: previewer.text(request.name, lengths.name),
      ...(request.callId ? { tool_call_id: previewer.text(request.callId, lengths.name) } : {}),
      ...(server ? { mcp_server: previewer.text(server, lengths.name) } : {}),
      ...(input ? { input_preview: input } : {}),
      side_effects: effects.map((effect) => shorten(effect, run)),
      source_ref: refOf(place),
    },
    place.line,
    request.start,
  )
}

const shorten = (effect: SideEffect, { previewer }: RunDraft): SideEffect => ({
  ...effect,
  ...(effect.target ? { target: previewer.text(effect.target, lengths.effect) } : {}),
  ...(effect.operation ? { operation: previewer.text(effect.operation, lengths.effect) } : {}),
})

/** How a step ended. */
export interface StepOutcome {
  readonly status: NonNullable<Step['status']>
  readonly output?: unknown
  readonly error?: string | undefined
  readonly errorType?: Step['error_type'] | undefined
  readonly exitCode?: number | undefined
  readonly at?: Moment | undefined
}

/**
 * Ends a step. Effects of a call that was denied, skipped or never ran are only declared (AR-STEP-010); a call whose
 * approval was refused did not run, whatever came back (AR-APPR-011).
 */
export function finishStep(run: RunDraft, draft: StepDraft, outcome: StepOutcome, place: SourcePlace): void {
  const { step } = draft
  const state = step.approval?.state
  const refused = state === 'denied' || state === 'expired' ? 'denied' : state === 'cancelled' ? 'cancelled' : undefined
  const status = refused ?? outcome.status
  step.status = status
  const output = run.previewer.json(outcome.output)
  if (output && status !== 'denied') step.output_preview = output
  if (outcome.error) step.error = run.previewer.text(outcome.error, lengths.error)
  if (outcome.errorType) step.error_type = outcome.errorType
  if (outcome.exitCode !== undefined) step.exit_code = outcome.exitCode
  if (place.line !== draft.line || place.ref !== undefined) {
    const ref = refOf(place)
    if (step.source_ref !== ref) step.source_ref = step.source_ref ? `${step.source_ref}, ${ref}` : ref
  }
  run.settle(draft, place.line, outcome.at)
  if (status === 'denied' || status === 'skipped' || refused)
    for (const effect of step.side_effects ?? []) effect.basis = 'declared'
}

/** A result whose call the source does not show. */
export interface LoneResult {
  readonly id: string
  /** Default `unknown`. */
  readonly name?: string | undefined
  readonly callId?: string | undefined
  readonly start?: Moment | undefined
}

/** Adds the result of a call that is not in the source. */
export function addLoneResult(run: RunDraft, result: LoneResult, outcome: StepOutcome, place: SourcePlace): StepDraft {
  const { previewer } = run
  const draft = run.add(
    {
      id: result.id,
      type: 'tool_result',
      started_at: null,
      tool_name: previewer.text(result.name ?? 'unknown', lengths.name),
      ...(result.callId ? { tool_call_id: previewer.text(result.callId, lengths.name) } : {}),
      source_ref: refOf(place),
    },
    place.line,
    result.start,
  )
  finishStep(run, draft, outcome, place)
  return draft
}
