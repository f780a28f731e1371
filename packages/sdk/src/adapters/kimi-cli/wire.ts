import { toolHash } from '@agent-run/core'
import type { Tool } from '@agent-run/types'
import { addMessage, addModelCall, finishStep } from '../../conversion/draft-steps.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { type Moment, momentAt } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import { addOrphan, applyDecision, beginCall, endCall, textOf } from './calls.ts'
import type { LogReader } from './log-reader.ts'
import { addPart, beginRequest, endRequest } from './model-steps.ts'
import { type Decision, readUsage, type Turn } from './turn.ts'

const state: LineFate = { skipped: 'state of the session' }

/** One record of Kimi Code: `type`, `time` and what the type says. */
export function readRecord(log: LogReader, json: Json, line: number): LineFate {
  const at = momentOf(json.time)
  const { turn } = log
  switch (asString(json.type)) {
    case 'config.update':
    case 'profile.bind':
      return configure(log, json, line, at)
    case 'tools.set_active_tools':
      log.log.tools = namesIn(json.names) ?? log.log.tools
      return 'mapped'
    case 'llm.tools_snapshot':
      log.log.definitions = definitionsIn(json.tools, log.previewer)
      if (turn) turn.log.definitions = log.log.definitions
      return 'mapped'
    case 'permission.set_mode':
      return log.change(line, at, 'mode', asString(json.mode))
    case 'turn.prompt':
      log.begin(line, at, textOf(json.input), asObject(json.origin))
      return 'later'
    case 'turn.steer':
      addMessage(log.current(line, at).run, 'user', { id: `line-${line}`, text: textOf(json.input), at }, { line })
      return 'later'
    case 'turn.cancel':
      return log.end(line, at, 'cancelled')
    case 'turn.ended':
      return log.end(line, at, asString(json.reason) ?? 'completed', asString(json.error))
    case 'llm.request':
      log.log.provider = asString(json.provider) ?? log.log.provider
      if (turn) turn.log.provider = log.log.provider
      beginRequest(log.current(line, at), line, at, {
        model: asString(json.model) ?? asString(json.modelAlias),
        turnStep: asString(json.turnStep),
      })
      return 'later'
    case 'usage.record':
      return readUsageRecord(log, json, line, at)
    case 'permission.record_approval_result':
      return decide(log, line, at, asString(json.toolCallId), asString(json.toolName), asObject(json.result), {
        rule: asString(json.sessionApprovalRule),
      })
    case 'interaction.request':
      return request(log, json, line, at)
    case 'interaction.resolved':
      return resolve(log, json, line, at)
    case 'context.append_loop_event':
      return readLoopEvent(log, asObject(json.event), line, at)
    case 'context.append_message':
      return { skipped: 'context given to the model' }
    case 'full_compaction.begin':
    case 'context.apply_compaction':
    case 'full_compaction.complete':
    case 'full_compaction.cancel':
      return compact(log, json, line, at)
    case 'forked':
      return log.fork()
    default:
      return state
  }
}

function configure(log: LogReader, json: Json, line: number, at: Moment | undefined): LineFate {
  const cwd = asString(json.cwd) ?? asString(asObject(json.environmentDisclosure)?.cwd)
  const own = log.log
  own.cwd = cwd ?? own.cwd
  own.profile = asString(json.profileName) ?? own.profile
  own.tools = namesIn(json.activeToolNames) ?? own.tools
  own.effort = asString(json.thinkingEffort) ?? own.effort
  const model = asString(json.modelAlias)
  return model === undefined ? 'mapped' : log.change(line, at, 'model', model)
}

function readLoopEvent(log: LogReader, event: Json | undefined, line: number, at: Moment | undefined): LineFate {
  if (!event) return { malformed: 'record without an event' }
  const turn = log.current(line, at)
  const part = asObject(event.part)
  const id = asString(event.toolCallId)
  switch (asString(event.type)) {
    case 'step.begin':
      turn.asked = at ?? turn.asked
      return 'later'
    case 'content.part':
      if (part?.type === 'think') addPart(turn, line, 'think', asString(part.think), at)
      else addPart(turn, line, 'text', asString(part?.text) ?? `[${asString(part?.type) ?? 'part'}]`, at)
      return 'later'
    case 'tool.call':
      beginCall(turn, line, at, {
        id: id ?? `line-${line}`,
        name: asString(event.name) ?? 'unknown',
        input: event.args,
      })
      return 'later'
    case 'tool.result': {
      const result = asObject(event.result)
      const found = { output: textOf(event.result), isError: result?.isError === true }
      const call = id === undefined ? undefined : turn.calls.get(id)
      if (call) endCall(turn, line, at, call, found)
      else addOrphan(turn, line, at, id, found)
      return 'later'
    }
    case 'step.end': {
      if (!turn.request) beginRequest(turn, line, undefined, {})
      const usage = asObject(event.usage)
      const stopReason = asString(event.finishReason)
      turn.lastUsage = JSON.stringify(readUsage(usage))
      endRequest(turn, line, {
        at,
        cost: readUsage(usage),
        stopReason,
        responseId: asString(event.messageId),
        firstToken: asCount(event.llmFirstTokenLatencyMs),
        stream: asCount(event.llmStreamDurationMs),
      })
      turn.answered = stopReason !== undefined && stopReason !== 'tool_use' && stopReason !== 'tool_calls'
      return 'later'
    }
    default:
      return 'later'
  }
}

/** Tokens of a step, which its end says as well, or those of a request of which nothing else is written. */
function readUsageRecord(log: LogReader, json: Json, line: number, at: Moment | undefined): LineFate {
  const { turn } = log
  const usage = asObject(json.usage)
  const cost = readUsage(usage)
  if (!turn || !cost || turn.lastUsage === JSON.stringify(cost)) {
    if (turn) turn.lastUsage = undefined
    return { skipped: 'usage that is written elsewhere' }
  }
  turn.book(line)
  const draft = addModelCall(
    turn.run,
    { id: `usage-${line}`, model: asString(json.model) ?? turn.log.model, cost },
    { line },
  )
  finishStep(turn.run, draft, { status: 'succeeded', at }, { line })
  return 'later'
}

/** What a person decided about a call; it is written before the call. */
export function decide(
  log: LogReader,
  line: number,
  at: Moment | undefined,
  callId: string | undefined,
  name: string | undefined,
  result: Json | undefined,
  more: Partial<Pick<Decision, 'rule' | 'requestId' | 'requestedAt'>>,
): LineFate {
  const word = asString(result?.decision) ?? asString(result?.response)
  const outcome = outcomes.get(word ?? '')
  if (callId === undefined || outcome === undefined) return { skipped: 'decision that names no call or no outcome' }
  const turn = log.current(line, at)
  const decision: Decision = {
    line,
    name,
    outcome,
    at,
    reason: asString(result?.feedback),
    session: result?.scope === 'session' || word === 'approve_for_session',
    rule: more.rule,
    requestId: more.requestId,
    requestedAt: more.requestedAt,
  }
  const call = turn.calls.get(callId)
  if (call) applyDecision(turn, call, decision)
  else if (!turn.decisions.has(callId)) turn.decisions.set(callId, decision)
  return 'later'
}

const outcomes: ReadonlyMap<string, Decision['outcome']> = new Map([
  ['approved', 'approved'],
  ['approve', 'approved'],
  ['approve_for_session', 'approved'],
  ['rejected', 'denied'],
  ['reject', 'denied'],
  ['denied', 'denied'],
  ['blocked', 'denied'],
  ['cancelled', 'cancelled'],
])

function request(log: LogReader, json: Json, line: number, at: Moment | undefined): LineFate {
  const asked = asObject(json.request)
  const callId = asString(json.toolCallId) ?? asString(asked?.toolCallId)
  const id = asString(json.id)
  if (json.kind !== 'approval' || callId === undefined || id === undefined) return state
  log.current(line, at)
  log.requests.set(id, { callId, at, name: asString(asked?.toolName) })
  return 'later'
}

function resolve(log: LogReader, json: Json, line: number, at: Moment | undefined): LineFate {
  const id = asString(json.id)
  const asked = id === undefined ? undefined : log.requests.get(id)
  if (!asked || id === undefined) return state
  return decide(log, line, at, asked.callId, asked.name, asObject(json.response), {
    requestId: id,
    requestedAt: asked.at,
  })
}

function compact(log: LogReader, json: Json, line: number, at: Moment | undefined): LineFate {
  const inside = log.turn?.phase === 'open' && !log.turn.answered
  const turn: Turn = (log.turn?.compaction || inside) && log.turn ? log.turn : log.begin(line, at, undefined, undefined)
  if (turn === log.turn && turn.run.firstLine !== line) turn.book(line)
  const { run } = turn
  const type = asString(json.type) ?? ''
  const summary = asString(json.summary) ?? asString(asObject(json.result)?.summary)
  const before = asCount(json.tokensBefore)
  const after = asCount(json.tokensAfter)
  const draft =
    turn.compaction ??
    run.add(
      { id: `line-${line}`, type: 'compaction', started_at: at?.text ?? null, source_ref: `line ${line}` },
      line,
      at,
    )
  if (before || after)
    draft.step.metadata = { ...(before ? { tokens_before: before } : {}), ...(after ? { tokens_after: after } : {}) }
  turn.compaction = draft
  if (draft.final === undefined && type !== 'full_compaction.begin')
    finishStep(
      run,
      draft,
      { status: type.endsWith('cancel') ? 'cancelled' : 'succeeded', output: summary, at },
      { line },
    )
  if (type.endsWith('complete') || type.endsWith('cancel')) turn.compaction = undefined
  if (!inside && draft.final !== undefined) {
    turn.phase = 'completed'
    run.end = at
  }
  return 'later'
}

const namesIn = (value: unknown): readonly string[] | undefined =>
  asArray(value)
    ?.flatMap((name) => asString(name) ?? [])
    .slice(0, 1000)

/** Definitions of tools as they were sent to the model. */
function definitionsIn(value: unknown, previewer: Previewer): Map<string, Tool> {
  const found = new Map<string, Tool>()
  for (const entry of asArray(value) ?? []) {
    const json = asObject(entry)
    const name = asString(json?.name)
    if (json && name !== undefined && name.length <= 256 && !found.has(name)) {
      const hash = hashOf(json, name)
      const server = /^mcp__(.+?)__.+$/s.exec(name)?.[1]
      if (hash)
        found.set(name, {
          name: previewer.text(name, 256),
          kind: server ? 'mcp' : 'builtin',
          ...(server ? { mcp_server: previewer.text(server, 256) } : {}),
          schema_hash: hash,
        })
    }
  }
  return found
}

function hashOf(json: Json, name: string): string | undefined {
  try {
    return toolHash({
      name,
      ...(typeof json.description === 'string' ? { description: json.description } : {}),
      ...(asObject(json.parameters) ? { input_schema: asObject(json.parameters) } : {}),
    })
  } catch {
    // What no record may hold, such as a lone surrogate, has no hash.
    return undefined
  }
}

/** Milliseconds since 1970. */
export const momentOf = (value: unknown): Moment | undefined =>
  typeof value === 'number' ? momentAt(value) : undefined
