import { addApproval, addDecision } from '../../conversion/approvals.ts'
import { addLoneResult, addToolCall, finishStep } from '../../conversion/draft-steps.ts'
import { noteFile } from '../../conversion/file-artifacts.ts'
import { asArray, asObject, asString } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { argumentsOf, readEffects } from '../../conversion/tool-effects.ts'
import { nameFile } from '../../effects/index.ts'
import { type SessionEvent, textOf } from './events.ts'
import { effectTable, writing } from './tools.ts'
import type { Call, Turn } from './turn.ts'

/** `agent.tool_use`, `agent.mcp_tool_use`, `agent.custom_tool_use`: a call, and what the policy said of it. */
export function beginCall(turn: Turn, event: SessionEvent): LineFate {
  const { json, line, time } = event
  const id = event.id ?? `line-${line}`
  if (turn.calls.has(id)) return { skipped: 'event that was written before' }
  const { run } = turn
  const name = asString(json.name) ?? 'unknown'
  const server = asString(json.mcp_server_name)
  const thread = asString(json.session_thread_id)
  const parent = thread === undefined ? undefined : turn.threads.get(thread)
  const draft = addToolCall(
    run,
    {
      id,
      name,
      arguments: json.input,
      callId: id,
      mcpServer: server,
      modelCallId: parent ? undefined : turn.request?.step.id,
      agentId: parent?.step.agent_id,
      start: time,
      effects: server === undefined ? readEffects(effectTable, name, json.input, run.place) : undefined,
    },
    { line },
  )
  if (parent) draft.step.parent_step_id = parent.step.id
  const policyId = turn.session.policies.get(server)
  const permission = asString(json.evaluated_permission)
  const decision = { at: time, decider: { kind: 'policy' as const }, policyId, basis: 'observed' as const }
  let decisionId: string | undefined
  if (permission === 'allow')
    decisionId = addDecision(run, draft, { ...decision, verdict: 'allow', enforcement: 'executed' })
  if (permission === 'deny')
    decisionId = addDecision(run, draft, { ...decision, verdict: 'block', enforcement: 'blocked' })
  if (permission === 'ask')
    decisionId = addDecision(run, draft, { ...decision, verdict: 'require_approval', enforcement: 'asked' })
  turn.calls.set(id, { draft, name, input: json.input, decisionId, open: true })
  return 'mapped'
}

/** The session waits: the calls that it names wait for the user. */
export function askAbout(turn: Turn, event: SessionEvent): void {
  const ids = asArray(asObject(event.json.stop_reason)?.event_ids) ?? []
  for (const id of ids) {
    const call = turn.calls.get(asString(id) ?? '')
    // A custom tool waits for its result: nobody is asked for a permission.
    if (!call?.open || call.decisionId === undefined) continue
    addApproval(turn.run, call.draft, {
      event: 'requested',
      at: event.time,
      actor: { kind: 'agent' },
      decisionId: call.decisionId,
      basis: 'observed',
    })
  }
}

/** `user.tool_confirmation`: what was decided about a call. */
export function decide(turn: Turn, { json, time }: SessionEvent): LineFate {
  const call = turn.calls.get(asString(json.tool_use_id) ?? '')
  const result = asString(json.result)
  if (!call || (result !== 'allow' && result !== 'deny')) return { skipped: 'confirmation of no known call' }
  addApproval(turn.run, call.draft, {
    event: result === 'allow' ? 'approved' : 'denied',
    at: time,
    // It came in the name of the user; a person or a program may have sent it.
    actor: { kind: 'unknown', name: 'user' },
    reason: asString(json.deny_message),
    decisionId: call.decisionId,
    basis: 'observed',
  })
  return 'mapped'
}

/** The result of a call, from the agent's side or, for tools of the client, from the user's. */
export function endCall(turn: Turn, event: SessionEvent): LineFate {
  const { json, line, time } = event
  const id = asString(json.tool_use_id) ?? asString(json.mcp_tool_use_id) ?? asString(json.custom_tool_use_id)
  const { run } = turn
  const output = textOf(json.content)
  const failed = json.is_error === true
  const call: Call | undefined = id === undefined ? undefined : turn.calls.get(id)
  if (!call) {
    const outcome = { status: failed ? ('failed' as const) : ('succeeded' as const), output, at: time }
    addLoneResult(run, { id: `line-${line}`, callId: id, start: time }, outcome, { line })
    return 'mapped'
  }
  if (!call.open) return { skipped: 'event that was written before' }
  call.open = false
  const { draft } = call
  finishStep(
    run,
    draft,
    failed
      ? { status: 'failed', output, error: output?.split('\n', 1)[0], errorType: 'tool_failed', at: time }
      : { status: 'succeeded', output, at: time },
    { line },
  )
  const given = argumentsOf(call.input)
  const path = asString(given.file_path) ?? asString(given.path)
  const name = path === undefined ? undefined : nameFile(path, run.place)
  if (writing.has(call.name) && name !== undefined && draft.step.status === 'succeeded')
    noteFile(run, draft, {
      name,
      action: 'modified',
      content: call.name === 'write' ? asString(given.content) : undefined,
    })
  return 'mapped'
}
