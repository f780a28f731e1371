import { addMessage } from '../../conversion/draft-steps.ts'
import { asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { addSaid, addSilentAnswer, closeAnswer } from './answers.ts'
import { readCompaction } from './compaction.ts'
import { beginReview, endReview } from './delegations.ts'
import { readCommandEnd, readDoneItem, readMcpEnd, readPatchEnd } from './endings.ts'
import { findCall, readWebSearch } from './items.ts'
import type { RolloutLine } from './line.ts'
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
  ['mcp_tool_call_end', readMcpEnd],
  ['exec_command_end', readCommandEnd],
  ['web_search_end', (rollout, line) => readWebSearch(rollout, line, 'event', asObject(line.payload.action))],
  ['collab_agent_spawn_end', readSpawnEnd],
  ['item_completed', readDoneItem],
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
  bookTokens(own, line, counts)
  return 'mapped'
}

function bookTokens(turn: Turn, line: RolloutLine, counts: Counts): void {
  turn.book(line)
  if (turn.answer) closeAnswer(turn, line, counts)
  else addSilentAnswer(turn, line, counts)
}

/** The tokens of one answer, which stand behind it before its calls have run. */
export function readAnswerTokens(rollout: Rollout, line: RolloutLine): LineFate {
  rollout.flush(line)
  const counts = rollout.meter.readAnswer(asObject(line.payload.usage))
  if (!counts) return { skipped: 'token count that counts nothing' }
  const own = turnOf(rollout, line) ?? rollout.begin(line)
  const responseId = asString(line.payload.response_id)
  if (own.answer && responseId) own.answer.draft.step.response_id = rollout.previewer.text(responseId, 256)
  bookTokens(own, line, counts)
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
