import { asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTime } from '../../conversion/time.ts'
import { Decisions } from './decisions.ts'
import { member, objectMember, objectsIn, textMember } from './members.ts'
import { idOf, type RawCall, readCall, resultOf } from './raw-items.ts'
import { isRunState } from './recognise.ts'
import type { CallFacts } from './state-calls.ts'

/** What a run state says as a whole. */
export interface StateFacts extends CallFacts {
  readonly items: readonly Json[]
  /** Calls that the run waits for. */
  readonly pending: readonly { readonly call: RawCall; readonly agentName: string | undefined }[]
  /** Calls that a decision covers, in the order of the state. */
  readonly decided: readonly { readonly callId: string; readonly tool: string }[]
  /** Whether a call belongs to an agent that waits inside a call. */
  isInside(callId: string): boolean
  /** When the run began and ended, if one agent did all of it; only JavaScript says so. */
  readonly started: Moment | undefined
  readonly ended: Moment | undefined
}

/** Reads what stands in several places of a run state. */
export function readFacts(state: Json): StateFacts {
  // Python keeps two lists; the one for the session is not pruned by handoffs.
  const generated = objectsIn(state, 'generated_items')
  const session = objectsIn(state, 'session_items')
  const items = session.length >= generated.length ? session : generated
  const step = objectMember(state, 'current_step')
  const interruptions =
    asString(step?.type) === 'next_step_interruption' ? objectsIn(objectMember(step, 'data'), 'interruptions') : []
  const approvals = [...generated, ...session].filter(({ type }) => type === 'tool_approval_item')
  const rawOf = (item: Json): Json => objectMember(item, 'raw_item') ?? {}
  const nested = nestedStates(state)
  const insideIds = new Set([...nested.values()].flatMap(callsIn))
  const decisions = new Decisions(state)
  const span = objectMember(state, 'current_agent_span')
  const started = readTime(span?.started_at)
  const ended = readTime(span?.ended_at)
  const spanAgent = asString(asObject(span?.span_data)?.name)
  const isAlone = !items.some(({ type }) => type === 'handoff_output_item')
  return {
    items,
    decisions,
    nested,
    asked: new Set([...approvals, ...interruptions].flatMap((item) => idOf(rawOf(item)) ?? [])),
    results: new Map(
      items.flatMap((item): [string, string][] => {
        const id = /_output_item$/.test(asString(item.type) ?? '') ? idOf(rawOf(item)) : undefined
        const result = resultOf(item)
        return id === undefined ? [] : [[id, typeof result === 'string' ? result : '']]
      }),
    ),
    pending: interruptions.map((item) => ({
      call: readCall(rawOf(item), item),
      agentName: textMember(objectMember(item, 'agent'), 'name'),
    })),
    decided: decidedCalls(decisions),
    isInside: (callId) => insideIds.has(callId),
    started: isAlone ? started : undefined,
    ended: isAlone ? ended : undefined,
    notBefore: (agent) => (isAlone || (agent !== undefined && agent === spanAgent) ? started : undefined),
  }
}

function decidedCalls({ tools, invocations }: Decisions): { callId: string; tool: string }[] {
  const listed = tools.flatMap(({ tool, approved, rejected }) =>
    [approved, rejected].flatMap((list) => (list === true ? [] : [...list].map((callId) => ({ callId, tool })))),
  )
  const covered = [...invocations].flatMap(([callId, { scope }]) => {
    const record = tools.find(
      (candidate) =>
        scope !== undefined &&
        candidate.scope === scope &&
        (candidate.approved === true || candidate.rejected === true),
    )
    return record ? [{ callId, tool: record.tool }] : []
  })
  return [...listed, ...covered]
}

/** States of agents that wait inside a call, by the id of the call. */
function nestedStates(state: Json): Map<string, Json> {
  const found = new Map<string, Json>()
  const note = (callId: string | undefined, value: unknown): void => {
    const json = asObject(value)
    if (callId && json && isRunState(json)) found.set(callId, json)
  }
  for (const entry of objectsIn(objectMember(state, 'last_processed_response'), 'functions'))
    note(idOf(objectMember(entry, 'tool_call')), member(entry, 'agent_run_state'))
  // JavaScript keeps them as text, under the name of the tool and the id of the call.
  for (const [key, value] of Object.entries(objectMember(state, 'pending_agent_tool_runs') ?? {}))
    note(key.slice(key.indexOf(':') + 1).toWellFormed(), parse(value))
  return found
}

/** Ids of the calls in a state, and in the states inside it. */
function callsIn(state: Json): string[] {
  const items = [...objectsIn(state, 'generated_items'), ...objectsIn(state, 'session_items')]
  const own = items.flatMap((item) => idOf(objectMember(item, 'raw_item')) ?? [])
  return [...own, ...[...nestedStates(state).values()].flatMap(callsIn)]
}

function parse(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
