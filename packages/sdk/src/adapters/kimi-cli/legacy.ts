import { addMessage } from '../../conversion/draft-steps.ts'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import type { Moment } from '../../conversion/time.ts'
import { addOrphan, beginCall, endCall, textOf } from './calls.ts'
import type { LogReader } from './log-reader.ts'
import { addPart, beginRequest, endRequest } from './model-steps.ts'
import { readUsage } from './turn.ts'
import { decide, momentOf } from './wire.ts'

const state: LineFate = { skipped: 'state of the session' }

/** One message of the wire of the older Kimi CLI: `{"timestamp": seconds, "message": {"type", "payload"}}`. */
export function readMessage(log: LogReader, json: Json, line: number): LineFate {
  const message = asObject(json.message)
  const payload = asObject(message?.payload)
  const at = momentOf(typeof json.timestamp === 'number' ? json.timestamp * 1000 : undefined)
  if (!payload) return { malformed: 'message without a payload' }
  return readTyped(log, asString(message?.type) ?? '', payload, line, at)
}

function readTyped(log: LogReader, type: string, payload: Json, line: number, at: Moment | undefined): LineFate {
  switch (type) {
    case 'TurnBegin':
      log.begin(line, at, textOf(payload.user_input), undefined)
      return 'later'
    case 'SteerInput':
      addMessage(
        log.current(line, at).run,
        'user',
        { id: `line-${line}`, text: textOf(payload.user_input), at },
        { line },
      )
      return 'later'
    case 'StepBegin':
      beginRequest(log.current(line, at), line, at, {})
      return 'later'
    case 'TurnEnd':
      return log.end(line, at, 'completed')
    case 'StepInterrupted':
      return log.end(line, at, 'cancelled')
    case 'ContentPart':
    case 'TextPart':
    case 'ThinkPart': {
      const thought = asString(payload.think)
      if (thought !== undefined || payload.type === 'think') addPart(log.current(line, at), line, 'think', thought, at)
      else addPart(log.current(line, at), line, 'text', asString(payload.text), at)
      return 'later'
    }
    case 'ToolCall': {
      const called = asObject(payload.function)
      beginCall(log.current(line, at), line, at, {
        id: asString(payload.id) ?? `line-${line}`,
        name: asString(called?.name) ?? 'unknown',
        input: called?.arguments,
      })
      return 'later'
    }
    case 'ToolCallPart':
      return { skipped: 'piece of the arguments of a call' }
    case 'ToolResult': {
      const turn = log.current(line, at)
      const id = asString(payload.tool_call_id)
      const value = asObject(payload.return_value) ?? asObject(payload.result)
      const output = textOf(value?.output) ?? asString(value?.message)
      const result = { output, isError: value?.is_error === true || value?.ok === false }
      const call = id === undefined ? undefined : turn.calls.get(id)
      if (call) endCall(turn, line, at, call, result)
      else addOrphan(turn, line, at, id, result)
      return 'later'
    }
    case 'StatusUpdate': {
      const { turn } = log
      const cost = readUsage(asObject(payload.token_usage))
      if (!turn?.request || !cost) return state
      turn.book(line)
      endRequest(turn, line, { at, cost, responseId: asString(payload.message_id) })
      return 'later'
    }
    case 'ApprovalRequest': {
      const id = asString(payload.id)
      const callId = asString(payload.tool_call_id)
      if (id === undefined || callId === undefined) return state
      log.current(line, at)
      log.requests.set(id, { callId, at, name: asString(payload.sender) })
      return 'later'
    }
    case 'ApprovalResponse':
    case 'ApprovalRequestResolved': {
      const id = asString(payload.request_id)
      const asked = id === undefined ? undefined : log.requests.get(id)
      if (!asked || id === undefined) return state
      return decide(log, line, at, asked.callId, asked.name, payload, { requestId: id, requestedAt: asked.at })
    }
    case 'CompactionBegin':
    case 'CompactionEnd': {
      const turn = log.current(line, at)
      const { run } = turn
      const draft =
        turn.compaction ??
        run.add(
          { id: `line-${line}`, type: 'compaction', started_at: at?.text ?? null, source_ref: `line ${line}` },
          line,
          at,
        )
      turn.compaction = type === 'CompactionBegin' ? draft : undefined
      if (type === 'CompactionEnd') {
        draft.step.status = 'succeeded'
        run.settle(draft, line, at)
      }
      return 'later'
    }
    default:
      return state
  }
}
