import { addMessage } from '../../conversion/draft-steps.ts'
import { asArray, asCount, asInteger, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { addSaid, addSilentAnswer, closeAnswer } from './answers.ts'
import { beginCall, endCall, readMcpEnd } from './calls.ts'
import { readCompaction } from './compaction.ts'
import { beginReview, endReview } from './delegations.ts'
import { findCall, readWebSearch } from './items.ts'
import type { RolloutLine } from './line.ts'
import { readChanges } from './patch.ts'
import { textOf } from './result.ts'
import { type Rollout, setPrompt } from './rollout.ts'
import type { Turn } from './turn.ts'
import { type Counts, readCounts } from './usage.ts'

type EventReader = (rollout: Rollout, line: RolloutLine) => LineFate

const client: LineFate = { skipped: 'state of the client' }

/** Events that say something of a run; the others are progress, state of the client, or copies. */
const readers: ReadonlyMap<string, EventReader> = new Map<string, EventReader>([
  ['user_message', readPrompt],
  ['task_started', readStart],
  ['turn_started', readStart],
  ['task_complete', readEnd],
  ['turn_complete', readEnd],
  ['turn.completed', readLegacyEnd],
  ['turn.failed', readLegacyEnd],
  ['turn_aborted', readAbort],
  ['token_count', readTokens],
  ['agent_message', said('message', 'message')],
  ['agent_reasoning', said('reasoning', 'text')],
  ['agent_reasoning_raw_content', said('reasoning', 'text')],
  ['context_compacted', readCompaction],
  ['entered_review_mode', (rollout, line) => beginReview(rollout.current(line), line)],
  ['exited_review_mode', (rollout, line) => (rollout.turn && endReview(rollout.turn, line) ? 'mapped' : client)],
  ['patch_apply_end', readPatchEnd],
  ['mcp_tool_call_end', readMcp],
  ['exec_command_end', readExecEnd],
  ['web_search_end', (rollout, line) => readWebSearch(rollout, line, 'event', asObject(line.payload.action))],
  ['collab_agent_spawn_end', readSpawnEnd],
  ['item_completed', readCompletedItem],
  ['error', readError],
])

/** Reads an event. */
export function readEvent(rollout: Rollout, line: RolloutLine): LineFate {
  const type = asString(line.payload.type) ?? ''
  const reader = readers.get(type)
  if (!reader) return client
  if (type !== 'user_message') rollout.flush(line)
  return reader(rollout, line)
}

function readPrompt(rollout: Rollout, line: RolloutLine): LineFate {
  const text = asString(line.payload.message)
  let { turn } = rollout
  const goesOn = turn !== undefined && (turn.marked ? turn.phase === 'open' : turn.isWorking)
  if (!turn || !goesOn) turn = rollout.begin(rollout.pending?.line ?? line)
  rollout.claim(turn)
  turn.book(line)
  rollout.promptLine = line.number
  if (!turn.prompted) {
    setPrompt(turn, text)
    if (!turn.run.start && line.time) turn.run.start = line.time
  } else {
    closeAnswer(turn, undefined, undefined)
    addMessage(turn.run, 'user', { id: `line-${line.number}`, text, at: line.time }, { line: line.number })
  }
  return 'mapped'
}

function readStart(rollout: Rollout, line: RolloutLine): LineFate {
  const id = asString(line.payload.turn_id)
  // Without an id the mark adds nothing to a turn that its prompt began.
  if (id === undefined && rollout.turn?.phase === 'open' && !rollout.turn.answer) {
    rollout.turn.book(line)
    return 'mapped'
  }
  rollout.begin(line, id ?? `task-${line.number}`).book(line)
  return 'mapped'
}

/** The turn that an event is about: the one it names, or the current one. */
function turnOf(rollout: Rollout, line: RolloutLine): Turn | undefined {
  const id = asString(line.payload.turn_id)
  return (id === undefined ? undefined : rollout.turns.findLast((turn) => turn.sourceId === id)) ?? rollout.turn
}

function readEnd(rollout: Rollout, line: RolloutLine): LineFate {
  const turn = turnOf(rollout, line) ?? rollout.begin(line)
  closeAnswer(turn, undefined, undefined)
  turn.book(line)
  const error = asString(line.payload.error) ?? asString(asObject(line.payload.error)?.message)
  turn.phase = error === undefined ? 'completed' : 'failed'
  turn.error = error
  turn.run.end = line.time
  turn.lastText = asString(line.payload.last_agent_message) ?? turn.lastText
  return 'mapped'
}

/** The end of a turn as versions up to 0.53 wrote it, with the tokens of the turn. */
function readLegacyEnd(rollout: Rollout, line: RolloutLine): LineFate {
  const { turn } = rollout
  const own = turn && turn.phase === 'open' ? turn : rollout.begin(line)
  own.book(line)
  const counts = readCounts(asObject(line.payload.usage))
  if (own.answer) closeAnswer(own, line, counts)
  else if (counts && (counts.input > 0 || counts.output > 0)) addSilentAnswer(own, line, counts)
  own.phase = line.payload.type === 'turn.failed' ? 'failed' : 'completed'
  own.error = asString(asObject(line.payload.error)?.message) ?? asString(line.payload.error)
  own.run.end = line.time
  return 'mapped'
}

function readAbort(rollout: Rollout, line: RolloutLine): LineFate {
  const turn = turnOf(rollout, line)
  if (!turn) return client
  closeAnswer(turn, undefined, undefined)
  turn.book(line)
  const reason = asString(line.payload.reason)
  turn.phase =
    reason === 'replaced'
      ? 'interrupted'
      : reason === 'review_ended'
        ? 'completed'
        : reason === 'budget_limited'
          ? 'failed'
          : 'cancelled'
  if (turn.phase === 'failed') turn.error = 'the budget was used up'
  turn.run.end = line.time
  return 'mapped'
}

function readTokens(rollout: Rollout, line: RolloutLine): LineFate {
  const info = asObject(line.payload.info)
  const counts = rollout.meter.read(info) ?? readLegacyCounts(info)
  const turn = rollout.turn
  if (!counts) return { skipped: info ? 'token count, repeated' : 'token count that counts nothing' }
  const own = turn ?? rollout.begin(line)
  own.book(line)
  if (own.answer) closeAnswer(own, line, counts)
  else addSilentAnswer(own, line, counts)
  return 'mapped'
}

/** The tokens of a turn as version 0.50 wrote them. */
function readLegacyCounts(info: Json | undefined): Counts | undefined {
  const input = asCount(info?.prompt)
  const output = asCount(info?.completion)
  if (input === undefined || output === undefined || input + output === 0) return undefined
  return { input, output }
}

function said(kind: 'message' | 'reasoning', member: string): EventReader {
  return (rollout, line) => {
    const text = asString(line.payload[member])
    if (text === undefined || text.trim() === '') return { skipped: 'message without text' }
    return addSaid(rollout.current(line), line, kind, 'event', [text])
  }
}

/** Files that a patch changed, as the client saw it. */
function readPatchEnd(rollout: Rollout, line: RolloutLine): LineFate {
  const { payload } = line
  const found = findCall(rollout, asString(payload.call_id) ?? '')
  if (!found) return { skipped: 'event about a call that is not in the file' }
  const { call, turn } = found
  if (!call.open) return { skipped: 'event about a call that is over' }
  turn.book(line)
  call.changes = payload.success === true ? readChanges(asObject(payload.changes), turn.run.place) : []
  if (payload.status === 'declined') call.hint = { declined: true }
  else if (payload.success === false) call.hint = { error: asString(payload.stderr) ?? 'the patch was not applied' }
  return 'mapped'
}

function readMcp(rollout: Rollout, line: RolloutLine): LineFate {
  const { server, tool, input, error, output } = readMcpEnd(line.payload)
  const id = asString(line.payload.call_id) ?? `line-${line.number}`
  const found = findCall(rollout, id)
  if (found) {
    const { call, turn } = found
    if (!call.open) return { skipped: 'event about a call that is over' }
    turn.book(line)
    if (server) call.draft.step.mcp_server = rollout.previewer.text(server, 256)
    if (error !== undefined) call.hint = { error }
    return 'mapped'
  }
  const turn = rollout.current(line)
  const call = beginCall(turn, line, { id, name: tool, input, mcpServer: server, byModel: true })
  if (!call) return { skipped: 'call that was written before' }
  if (error === undefined) endCall(turn, line, call, { content: output, success: true })
  else endCall(turn, line, call, { content: error, success: false })
  return 'mapped'
}

function readExecEnd(rollout: Rollout, line: RolloutLine): LineFate {
  const { payload } = line
  const id = asString(payload.call_id) ?? `line-${line.number}`
  const exitCode = asInteger(payload.exit_code)
  const found = findCall(rollout, id)
  if (found) {
    const { call, turn } = found
    if (!call.open) return { skipped: 'event about a call that is over' }
    turn.book(line)
    call.hint = { exitCode, declined: payload.status === 'declined' }
    return 'mapped'
  }
  // A command that the user ran in the client.
  const turn = rollout.current(line)
  const call = beginCall(turn, line, {
    id,
    name: 'shell',
    input: { command: payload.command, workdir: payload.cwd },
    byModel: payload.source !== 'user_shell',
  })
  if (!call) return { skipped: 'call that was written before' }
  call.hint = { exitCode }
  endCall(turn, line, call, { content: asString(payload.aggregated_output) ?? asString(payload.stdout) ?? '' })
  return 'mapped'
}

function readSpawnEnd(rollout: Rollout, line: RolloutLine): LineFate {
  const { payload } = line
  const found = findCall(rollout, asString(payload.call_id) ?? '')
  const delegation = found?.turn.delegations.find(({ draft }) => draft === found.call.draft)
  const thread = asString(payload.new_thread_id)
  if (!found || !delegation || thread === undefined) return client
  found.turn.book(line)
  delegation.thread = thread
  return 'mapped'
}

/** A plan, which stands in the file as an event only. */
function readCompletedItem(rollout: Rollout, line: RolloutLine): LineFate {
  const item = asObject(line.payload.item)
  const text = asString(item?.text) ?? textOf(asArray(item?.content))
  if (!/^plan$/i.test(asString(item?.type) ?? '') || text === '') return client
  const turn = rollout.current(line)
  turn.book(line)
  addMessage(
    turn.run,
    'assistant',
    { id: `line-${line.number}`, text, at: line.time, modelCallId: turn.answer?.draft.step.id },
    { line: line.number },
  )
  return 'mapped'
}

function readError(rollout: Rollout, line: RolloutLine): LineFate {
  const message = asString(line.payload.message) ?? 'error'
  const turn = rollout.current(line)
  closeAnswer(turn, undefined, undefined)
  turn.book(line)
  turn.run.addMoment(
    {
      id: `line-${line.number}`,
      type: 'error',
      status: 'failed',
      started_at: line.time?.text ?? null,
      error: rollout.previewer.text(message, 1000),
      source_ref: `line ${line.number}`,
    },
    line.number,
    line.time,
  )
  turn.error = message
  return 'mapped'
}
