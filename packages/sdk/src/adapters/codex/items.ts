import { finishStep } from '../../conversion/draft-steps.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { addSaid, findCounterparts } from './answers.ts'
import { addOrphan, beginCall, endCall, toolName } from './calls.ts'
import { readCompaction } from './compaction.ts'
import { readNotification } from './delegations.ts'
import type { RolloutLine } from './line.ts'
import { textOf } from './result.ts'
import { type Rollout, setPrompt } from './rollout.ts'
import type { Call, Turn } from './turn.ts'

/** Texts that the client wrote for the model, not the user. */
const written = /^\s*(?:<[a-zA-Z_]{3,40}[\s>]|# AGENTS\.md instructions|# Context from my IDE)/

const context: LineFate = { skipped: 'context given to the model' }

/** Reads an item of the conversation with the model. */
export function readItem(rollout: Rollout, line: RolloutLine): LineFate {
  const { payload } = line
  const type = asString(payload.type)
  if (type === 'message') return readMessage(rollout, line)
  rollout.flush(line)
  switch (type) {
    case 'reasoning':
      return addSaid(rollout.current(line), line, 'reasoning', 'item', thoughts(payload))
    case 'function_call':
    case 'custom_tool_call':
    case 'local_shell_call':
    case 'tool_search_call':
      return readCall(rollout, line, type)
    case 'function_call_output':
    case 'custom_tool_call_output':
    case 'tool_search_output':
      return readOutput(rollout, line)
    case 'web_search_call':
      return readWebSearch(rollout, line, 'item', asObject(payload.action))
    case 'image_generation_call':
      return readImage(rollout, line)
    case 'compaction':
    case 'context_compaction':
      return readCompaction(rollout, line)
    case 'ghost_snapshot':
      return readSnapshot(rollout, line)
    case 'agent_message':
    case 'additional_tools':
      return context
    default:
      return { skipped: 'kind of item that this adapter does not know' }
  }
}

function readMessage(rollout: Rollout, line: RolloutLine): LineFate {
  const { payload } = line
  const text = textOf(payload.content)
  if (payload.role === 'assistant') {
    rollout.flush(line)
    return text.trim() === ''
      ? { skipped: 'message without text' }
      : addSaid(rollout.current(line), line, 'message', 'item', [text])
  }
  rollout.flush(undefined)
  if (payload.role !== 'user') return context
  const { turn } = rollout
  if (turn && readNotification(turn, line, text)) return 'mapped'
  if (turn?.prompted && rollout.promptLine === line.number - 1 && !written.test(text)) {
    turn.book(line)
    return 'mapped'
  }
  if (written.test(text) || text.trim() === '') return context
  if (!line.bare) {
    rollout.pending = { line, text }
    return 'later'
  }
  const own = rollout.begin(line)
  own.book(line)
  setPrompt(own, text)
  return 'mapped'
}

function readCall(rollout: Rollout, line: RolloutLine, type: string): LineFate {
  const { payload } = line
  const turn = rollout.current(line)
  const action = asObject(payload.action)
  const id = asString(payload.call_id) ?? asString(payload.id) ?? `line-${line.number}`
  const call = beginCall(turn, line, {
    id,
    name: type === 'local_shell_call' ? 'local_shell' : type === 'tool_search_call' ? 'tool_search' : toolName(payload),
    input:
      type === 'local_shell_call'
        ? { command: action?.command, workdir: action?.working_directory }
        : (payload.arguments ?? payload.input),
    byModel: true,
  })
  return call ? 'mapped' : { skipped: 'call that was written before' }
}

/** The call that a result is about: in this turn, or still open in an earlier one. */
export function findCall(rollout: Rollout, id: string): { readonly turn: Turn; readonly call: Call } | undefined {
  const { turn: current, turns } = rollout
  const own = current?.calls.get(id)
  if (current && own) return { turn: current, call: own }
  const turn = turns.findLast(({ calls }) => calls.get(id)?.open)
  const call = turn?.calls.get(id)
  return turn && call ? { turn, call } : undefined
}

function readOutput(rollout: Rollout, line: RolloutLine): LineFate {
  const { payload } = line
  const id = asString(payload.call_id)
  const found = id === undefined ? undefined : findCall(rollout, id)
  const output = payload.output ?? payload.tools
  if (!found) {
    addOrphan(rollout.current(line), line, id, output)
    return 'mapped'
  }
  if (!found.call.open) return { skipped: 'result that was written before' }
  endCall(found.turn, line, found.call, output)
  return 'mapped'
}

/** A search of the web, which the provider does: it is over when it is written. */
export function readWebSearch(
  rollout: Rollout,
  line: RolloutLine,
  from: 'item' | 'event',
  action: Json | undefined,
): LineFate {
  const { payload } = line
  const turn = rollout.current(line)
  const query = asString(action?.query) ?? asString(action?.url) ?? asString(payload.query) ?? ''
  const [counterpart] = findCounterparts(turn, line, 'web_search', from, [query])
  if (counterpart) {
    turn.book(line)
    return 'mapped'
  }
  const id = asString(payload.call_id) ?? asString(payload.id) ?? `line-${line.number}`
  const input = action ?? { query }
  const call = beginCall(turn, line, { id, name: 'web_search', input, byModel: true })
  if (!call) return { skipped: 'call that was written before' }
  call.open = false
  const failed = payload.status === 'failed'
  finishStep(turn.run, call.draft, { status: failed ? 'failed' : 'succeeded', at: line.time }, { line: line.number })
  turn.unmatched.push({ kind: 'web_search', from, texts: [query], draft: call.draft, line: line.number })
  return 'mapped'
}

function readImage(rollout: Rollout, line: RolloutLine): LineFate {
  const { payload } = line
  const turn = rollout.current(line)
  const id = asString(payload.id) ?? asString(payload.call_id) ?? `line-${line.number}`
  const call = beginCall(turn, line, {
    id,
    name: 'image_generation',
    input: { prompt: asString(payload.revised_prompt) },
    byModel: true,
  })
  if (!call) return { skipped: 'call that was written before' }
  call.open = false
  const failed = payload.status === 'failed'
  finishStep(turn.run, call.draft, { status: failed ? 'failed' : 'succeeded', at: line.time }, { line: line.number })
  return 'mapped'
}

/** A commit that holds the files as they were before the turn. */
function readSnapshot(rollout: Rollout, line: RolloutLine): LineFate {
  const ref = asString(asObject(line.payload.ghost_commit)?.id)
  const { turn } = rollout
  if (!turn || ref === undefined) return { skipped: 'snapshot without a turn' }
  turn.book(line)
  turn.run.members.checkpoints = [
    ...(turn.run.members.checkpoints ?? []),
    {
      when: turn.calls.size === 0 ? 'before' : 'during',
      kind: 'git_commit',
      ref: rollout.previewer.text(ref, 256),
      ...(line.time ? { at: line.time.text } : {}),
    },
  ]
  return 'mapped'
}

/** What a thought says, where it is not encrypted. */
function thoughts(payload: Json): string[] {
  const blocks = [...(asArray(payload.summary) ?? []), ...(asArray(payload.content) ?? [])]
  return blocks.flatMap((block) => asString(asObject(block)?.text) ?? [])
}
