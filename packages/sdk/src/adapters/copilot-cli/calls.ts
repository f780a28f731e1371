import { type ApprovalNote, addApproval, addDecision, withdrawApprovals } from '../../conversion/approvals.ts'
import { addLoneResult, addToolCall, finishStep } from '../../conversion/draft-steps.ts'
import { noteFile } from '../../conversion/file-artifacts.ts'
import { asArray, asInteger, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { argumentsOf, readEffects } from '../../conversion/tool-effects.ts'
import { nameFile } from '../../effects/index.ts'
import { endDelegation, handOver, parentOf } from './delegations.ts'
import type { LogEvent } from './event.ts'
import { asking, effectTable, shells, writing } from './tools.ts'
import type { Call, Turn } from './turn.ts'

/** Adds the calls that an answer asks for, or one that began; a call is known by its id. */
export function noteCall(turn: Turn, event: LogEvent, request: Json, modelCallId: string | undefined): Call {
  const id = asString(request.toolCallId) ?? `${event.type}-${event.line}`
  const known = turn.calls.get(id)
  if (known) return known
  const { run } = turn
  const name = asString(request.mcpToolName) ?? asString(request.name) ?? asString(request.toolName) ?? 'unknown'
  const given = request.arguments
  const parent = parentOf(turn, event)
  const draft = addToolCall(
    run,
    {
      id,
      name,
      arguments: given,
      callId: id,
      mcpServer: asString(request.mcpServerName),
      type: name === 'task' ? 'handoff' : asking.has(name) ? 'input_request' : 'tool_call',
      modelCallId,
      agentId: parent?.step.agent_id,
      start: event.time,
      effects: readEffects(effectTable, name, given, run.place),
    },
    { line: event.line },
  )
  if (parent && parent.step.id !== draft.step.id) draft.step.parent_step_id = parent.step.id
  const call: Call = { draft, name, open: true, started: false, input: given }
  turn.calls.set(id, call)
  if (name === 'task') handOver(turn, call, asString(argumentsOf(given).agent_type), undefined)
  return call
}

/** `tool.execution_start`: the call began to run. */
export function beginCall(turn: Turn, event: LogEvent): LineFate {
  const call = noteCall(turn, event, event.data, undefined)
  turn.run.book(event.line)
  if (!call.open || call.started) return 'mapped'
  call.started = true
  const { step } = call.draft
  if (event.time && step.type !== 'handoff') {
    step.started_at = event.time.text
    call.draft.begun = event.time.ms
  }
  return 'mapped'
}

/** `tool.execution_complete`: the result of a call. */
export function endCall(turn: Turn, event: LogEvent): LineFate {
  const { run } = turn
  const { data } = event
  const id = asString(data.toolCallId)
  const call = id === undefined ? undefined : turn.calls.get(id)
  const outcome = readOutcome(data, call?.name)
  run.book(event.line)
  turn.asked = event.time
  if (!call) {
    const parent = parentOf(turn, event)
    const draft = addLoneResult(
      run,
      { id: `line-${event.line}`, name: asString(data.toolName), callId: id, start: event.time },
      { status: outcome.status, output: outcome.output, at: event.time },
      { line: event.line },
    )
    if (parent) draft.step.parent_step_id = parent.step.id
    return 'mapped'
  }
  if (!call.open) return 'mapped'
  call.open = false
  const { draft } = call
  if (outcome.status === 'denied' && draft.step.approval?.state !== 'denied')
    refuse(turn, call, event, outcome.refusedBy, outcome.error)
  const delegation = id === undefined ? undefined : turn.delegations.get(id)
  if (delegation?.draft === draft && outcome.status !== 'denied') {
    endDelegation(turn, id ?? '', event, {
      failed: outcome.status === 'failed',
      output: outcome.output,
      error: outcome.error,
    })
    return 'mapped'
  }
  finishStep(run, draft, { ...outcome, at: event.time }, { line: event.line })
  const action = writing.get(call.name)
  const path = asString(argumentsOf(call.input).path)
  const name = path === undefined ? undefined : nameFile(path, run.place)
  if (action && name !== undefined && draft.step.status === 'succeeded')
    noteFile(run, draft, {
      name,
      action,
      content: action === 'created' ? asString(argumentsOf(call.input).file_text) : undefined,
    })
  return 'mapped'
}

interface Outcome {
  readonly status: 'succeeded' | 'failed' | 'denied'
  readonly output: string | undefined
  readonly error?: string | undefined
  readonly errorType?: 'tool_failed'
  readonly exitCode?: number
  readonly refusedBy: 'user' | 'rule' | 'hook'
}

function readOutcome(data: Json, name: string | undefined): Outcome {
  const result = asObject(data.result)
  const output = asString(data.result) ?? asString(result?.content) ?? asString(result?.detailedContent)
  const failure = asObject(data.error)
  const error = asString(failure?.message) ?? asString(data.error)
  const said = error ?? output ?? ''
  const code = asString(failure?.code)
  const rejected = /^The user rejected this tool call/i.test(said)
  if (data.success !== true && (rejected || code === 'denied' || code === 'rejected'))
    return {
      status: 'denied',
      output: undefined,
      error: said.slice(0, 500),
      refusedBy: /hook/i.test(said.slice(0, 200)) ? 'hook' : rejected || code === 'rejected' ? 'user' : 'rule',
    }
  const exitCode = name !== undefined && shells.has(name) ? exitCodeOf(result, output) : undefined
  const failed = data.success !== true || (exitCode !== undefined && exitCode !== 0)
  if (!failed)
    return { status: 'succeeded', output, ...(exitCode === undefined ? {} : { exitCode }), refusedBy: 'user' }
  return {
    status: 'failed',
    output,
    error: error ?? (exitCode === undefined ? undefined : `exit code ${exitCode}`),
    errorType: 'tool_failed',
    ...(exitCode === undefined ? {} : { exitCode }),
    refusedBy: 'user',
  }
}

/** The exit code of a command: a member of a block, or the last line of the text. */
function exitCodeOf(result: Json | undefined, output: string | undefined): number | undefined {
  for (const block of asArray(result?.contents) ?? []) {
    const code = asInteger(asObject(block)?.exitCode)
    if (code !== undefined) return code
  }
  const match = /(?:exited|completed) with exit code (-?\d{1,10})>\s*$/.exec((output ?? '').slice(-200))
  return match ? Number(match[1]) : undefined
}

function refuse(
  turn: Turn,
  { draft }: Call,
  event: LogEvent,
  by: Outcome['refusedBy'],
  reason: string | undefined,
): void {
  if (by === 'user')
    addApproval(turn.run, draft, {
      event: 'denied',
      at: event.time,
      actor: { kind: 'human' },
      reason: /User feedback: ([\s\S]*)$/.exec(reason ?? '')?.[1],
      basis: 'inferred',
    })
  else
    addDecision(turn.run, draft, {
      at: event.time,
      verdict: 'block',
      enforcement: 'blocked',
      decider: { kind: by },
      reason,
      basis: 'inferred',
    })
}

/** `permission.requested`: somebody was asked about a call. */
export function requestPermission(turn: Turn, event: LogEvent): LineFate {
  const request = asObject(event.data.permissionRequest)
  const prompt = asObject(event.data.promptRequest)
  const callId = asString(request?.toolCallId) ?? asString(prompt?.toolCallId)
  const requestId = asString(event.data.requestId)
  const call = callId === undefined ? undefined : turn.calls.get(callId)
  if (!call || callId === undefined) return { skipped: 'permission of something that is no call' }
  turn.run.book(event.line)
  if (requestId) turn.requests.set(requestId, callId)
  addApproval(turn.run, call.draft, {
    event: 'requested',
    id: requestId,
    at: event.time,
    actor: { kind: 'agent' },
    reason: asString(request?.intention),
    basis: 'observed',
  })
  return 'mapped'
}

/** `permission.completed`: what was decided, by a person, a rule or a hook. */
export function decidePermission(turn: Turn, event: LogEvent): LineFate {
  const result = asObject(event.data.result) ?? asObject(event.data.permissionResult)
  const kind = asString(result?.kind) ?? asString(result?.outcome) ?? ''
  const requestId = asString(event.data.requestId)
  const callId = asString(event.data.toolCallId) ?? (requestId ? turn.requests.get(requestId) : undefined)
  const call = callId === undefined ? undefined : turn.calls.get(callId)
  if (!call) return { skipped: 'permission of something that is no call' }
  turn.run.book(event.line)
  const { draft } = call
  const reason = asString(result?.feedback) ?? asString(result?.message)
  const note = (more: Pick<ApprovalNote, 'event' | 'actor' | 'grant'>): boolean =>
    addApproval(turn.run, draft, { id: requestId, at: event.time, reason, basis: 'observed', ...more })
  if (/^(?:approved|allowed)/.test(kind)) {
    const lasting = /^approved-(?:for|permanently)/.test(kind)
    note({
      event: 'approved',
      // "For this session" is an answer that only a person gives; a plain approval may be a rule's.
      actor: { kind: lasting ? 'human' : 'unknown' },
      ...(lasting
        ? { grant: { scope: kind === 'approved-for-session' ? 'session' : 'always', tool_name: call.name } }
        : {}),
    })
  } else if (kind === 'denied-interactively-by-user') note({ event: 'denied', actor: { kind: 'human' } })
  else if (kind === 'cancelled') note({ event: 'cancelled', actor: { kind: 'unknown' } })
  else if (kind === 'denied') note({ event: 'denied', actor: { kind: 'unknown' } })
  else if (kind.startsWith('denied')) {
    // Whoever was asked did not decide it: a policy did.
    withdrawApprovals(turn.run, draft)
    delete draft.step.approval
    addDecision(turn.run, draft, {
      at: event.time,
      verdict: 'block',
      enforcement: 'blocked',
      decider: { kind: kind.includes('hook') ? 'hook' : kind.includes('policy') ? 'policy' : 'rule' },
      matched: kind.includes('no-approval-rule') ? 'default' : 'rule',
      reason: reason ?? kind,
      basis: 'observed',
    })
  }
  return 'mapped'
}
