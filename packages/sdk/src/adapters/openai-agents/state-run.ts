import { digest } from '@agent-run/core'
import type { AgentRun, Cost } from '@agent-run/types'
import type { ConvertOptions } from '../../conversion/adapter.ts'
import { addCosts } from '../../conversion/cost.ts'
import { addMessage } from '../../conversion/draft-steps.ts'
import { createKeeper, keepMembers } from '../../conversion/extra.ts'
import { finishRun } from '../../conversion/finish-run.ts'
import { asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { ParentRun } from '../../conversion/lineage.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { addGuardrail, readGuardrails } from './guardrails.ts'
import { lastUserText, member, objectMember, objectsIn, textMember } from './members.ts'
import { policyIdOf, StateCalls } from './state-calls.ts'
import { readFacts, type StateFacts } from './state-facts.ts'
import { agentOf, readItems } from './state-items.ts'
import { outcomeOf } from './state-outcome.ts'
import { readUsage } from './usage.ts'

/** Most states inside one another that are read. */
const deepest = 8

/** Where a run state stands. */
interface StateSource {
  /** Line, or place in a list, from 1. */
  readonly line: number
  readonly digest: string | undefined
  readonly options: ConvertOptions
  readonly previewer: Previewer
}

/** A run state that stands inside another one: an agent that was called as a tool and waits. */
interface Inside {
  readonly id: string
  readonly parent: ParentRun
  readonly depth: number
  readonly sessionId: string | undefined
}

/** Makes the run that a state is of, and the runs of agents that wait inside it; a run stands before those it called. */
export function makeStateRuns(state: Json, source: StateSource, inside?: Inside): [AgentRun, ...AgentRun[]] {
  const { options, previewer } = source
  const draft = new RunDraft(inside?.id ?? idOf(state, source), previewer)
  if (!inside) draft.book(source.line)
  const facts = readFacts(state)
  const items = facts.items
  const current = textMember(objectMember(state, 'current_agent'), 'name')
  const agent = items.map(agentOf).find((name) => name !== undefined) ?? current ?? 'openai-agents'
  const trace = asObject(state.trace)
  const asked = lastUserText(member(state, 'original_input'))
  const outcome = outcomeOf(state, items)
  const text = (value: string | undefined, length = 256): string | undefined =>
    value === undefined ? undefined : previewer.text(value, length)
  const sessionId = inside?.sessionId ?? textMember(state, 'conversation_id') ?? textMember(trace, 'group_id')
  const policies = facts.decisions.tools.flatMap(({ tool, approved, rejected }) => [
    ...(approved === true ? [{ id: previewer.text(policyIdOf(tool, 'approved'), 256) }] : []),
    ...(rejected === true ? [{ id: previewer.text(policyIdOf(tool, 'denied'), 256) }] : []),
  ])
  const guardrails = readGuardrails(state)
  const metadata = keepMembers(createKeeper(options.redact ?? true), {
    trace_id: asString(trace?.id),
    workflow_name: textMember(trace, 'workflow_name'),
    current_agent: current === agent ? undefined : current,
    current_turn: asCount(member(state, 'current_turn')),
    max_turns: asCount(member(state, 'max_turns')),
    guardrails: guardrails.length > 0 ? guardrails : undefined,
  })
  Object.assign(
    draft.members,
    present({
      agent_id: previewer.text(agent, 256),
      runtime: 'openai-agents',
      session_id: text(sessionId),
      input_preview: text(asked, 2000),
      output_preview: previewer.json(outcome.output),
      policies: policies.length > 0 ? policies : undefined,
      metadata,
    }),
  )
  const calls = new StateCalls(draft, facts)
  addMessage(draft, 'user', { id: 'input', text: asked }, { line: 0, ref: 'original input' })
  readItems({ run: draft, calls, facts, agent, items, responses: objectsIn(state, 'model_responses') })
  addUnseenCalls(draft, calls, facts, agent)
  calls.settle(outcome.status === 'paused')
  draft.start = facts.started
  if (outcome.status !== 'paused' && outcome.status !== 'unknown') draft.end = facts.ended
  for (const result of guardrails) if (facts.started) addGuardrail(draft, result, facts.started)
  for (const decision of draft.decisions) decision.metadata = { at_is: 'earliest possible' }
  const handoffs = nameChildren(draft, facts, inside?.depth ?? 0)
  const run = finishRun(draft, {
    status: outcome.status,
    error: outcome.error,
    errorType: outcome.errorType,
    cost: inside || handoffs.size > 0 ? undefined : wholeCost(state, draft),
    parent: inside?.parent,
    about,
    formatVersion: asString(state.$schemaVersion),
    digest: source.digest,
    prices: options.prices,
    ...(facts.started || draft.approvals.length > 0 ? { times: 'mixed' } : {}),
  })
  const children = run.steps.flatMap((handoff) => {
    const nested = handoffs.get(handoff.id)
    const id = handoff.child_run_id
    if (!nested || !id) return []
    const depth = (inside?.depth ?? 0) + 1
    return makeStateRuns(nested, source, { id, parent: { run, handoff }, depth, sessionId })
  })
  return [run, ...children]
}

/** Steps that hand over to an agent whose state stands inside this one: they name its run. */
function nameChildren(draft: RunDraft, { nested }: StateFacts, depth: number): Map<string, Json> {
  const handoffs = new Map<string, Json>()
  if (depth >= deepest) return handoffs
  for (const { step } of draft.drafts) {
    const state = step.type === 'handoff' && step.tool_call_id ? nested.get(step.tool_call_id) : undefined
    if (!state) continue
    handoffs.set(step.id, state)
    step.child_run_id = new RunDraft(`${draft.id}.${step.id}`, draft.previewer).id
    step.delegation_id = `delegation-${step.id}`
    // The other agent began: that is what a handoff says.
    step.status = 'succeeded'
  }
  return handoffs
}

/** Calls that somebody was asked about or decided on, and that no item shows: those of agents inside, or from before. */
function addUnseenCalls(draft: RunDraft, calls: StateCalls, facts: StateFacts, agent: string): void {
  // Steps added here come after all items.
  let line = draft.drafts.length + 1_000_000
  const place = (ref: string): { line: number; ref: string } => ({ line: line++, ref })
  for (const { call, agentName } of facts.pending) {
    if (call.callId === undefined || calls.has(call.callId) || facts.isInside(call.callId)) continue
    const agentId = agentName === agent ? undefined : agentName
    calls.add({ ...call, agentId, modelCallId: undefined, handsTo: undefined }, place('interruption'))
  }
  for (const { callId, tool } of facts.decided) {
    if (calls.has(callId) || facts.isInside(callId)) continue
    const call = { name: tool, callId, arguments: undefined, server: undefined }
    const at = place('context')
    const step = calls.add({ ...call, agentId: undefined, modelCallId: undefined, handsTo: undefined }, at)
    const isCompleted = facts.decisions.invocations.get(callId)?.isCompleted
    if (isCompleted && step.final === undefined) calls.finish(step, callId, { output: undefined, failed: false }, at)
  }
}

/** Usage of the whole run, where the state counts requests that it has no response of: those of agents that were called as tools. */
function wholeCost(state: Json, draft: RunDraft): Cost | undefined {
  const usage = objectMember(asObject(state.context), 'usage')
  const whole = readUsage(usage)
  const own = draft.drafts.filter(({ step }) => step.type === 'model_call')
  if (!whole || (asCount(usage?.requests) ?? 0) <= own.length) return undefined
  const sum = addCosts(own.flatMap(({ step }) => step.cost ?? []))
  const holds = (
    ['input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'reasoning_tokens'] as const
  ).every((name) => (sum[name] ?? 0) <= (whole[name] ?? Number.POSITIVE_INFINITY))
  return holds ? whole : undefined
}

/** The same for every state of a run: its input and the first answer to it. Without an answer, that of the file. */
function idOf(state: Json, { digest: file, line }: StateSource): string {
  const [first] = objectsIn(state, 'model_responses')
  const key = first ? [member(state, 'original_input'), textMember(first, 'response_id'), first.output] : [file, line]
  let text: string
  try {
    text = JSON.stringify(key)
  } catch {
    text = JSON.stringify([file, line])
  }
  return `run-state-${digest(text.toWellFormed()).slice('sha256:'.length, 'sha256:'.length + 24)}`
}

const present = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
