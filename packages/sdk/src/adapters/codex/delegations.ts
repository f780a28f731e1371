import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { parseJson } from '../../conversion/json-text.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import type { RolloutLine } from './line.ts'
import type { ToolResult } from './result.ts'
import type { Call, Delegation, Turn } from './turn.ts'

/** Notes that a call hands work to a sub-agent. */
export function beginDelegation(
  turn: Turn,
  { draft }: Call,
  kind: 'spawn' | 'instruct',
  given: Json,
  line: RolloutLine,
): void {
  const { previewer } = turn.run
  const agent = asString(given.agent_type) ?? asString(given.task_name)
  if (kind === 'spawn' && agent) draft.step.agent_id = previewer.text(agent, 256)
  draft.step.delegation_id = `${turn.run.id}.${draft.step.id}`
  const thread =
    kind === 'instruct' ? (asString(given.id) ?? asString(given.target) ?? asString(given.agent_id)) : undefined
  turn.delegations.push({ draft, kind, at: line.time, thread, ended: undefined })
}

/** Notes that a review began, which a sub-agent does. */
export function beginReview(turn: Turn, line: RolloutLine): LineFate {
  const { run } = turn
  const id = `review-${line.number}`
  const hint = asString(line.payload.user_facing_hint) ?? asString(line.payload.prompt)
  turn.book(line)
  const draft = run.addMoment(
    {
      id,
      type: 'handoff',
      status: 'succeeded',
      started_at: line.time?.text ?? null,
      agent_id: 'review',
      delegation_id: `${run.id}.${id}`,
      ...(hint ? { input_preview: run.previewer.text(hint) } : {}),
      source_ref: `line ${line.number}`,
    },
    line.number,
    line.time,
  )
  turn.delegations.push({ draft, kind: 'review', at: line.time, thread: undefined, ended: undefined })
  return 'mapped'
}

/** Notes how a review ended. */
export function endReview(turn: Turn, line: RolloutLine): boolean {
  const review = turn.delegations.findLast(({ kind, ended }) => kind === 'review' && !ended)
  if (!review) return false
  turn.book(line)
  const output = asObject(line.payload.review_output)
  end(turn, line, review, asString(output?.overall_explanation), output === undefined)
  return true
}

/** What the result of a call says about sub-agents: which one was started, how others ended. */
export function noteAnswers(turn: Turn, line: RolloutLine, { draft, name }: Call, { json, status }: ToolResult): void {
  const own = turn.delegations.find((delegation) => delegation.draft === draft)
  if (own && status === 'succeeded')
    own.thread ??= asString(json?.agent_id) ?? asString(json?.task_name) ?? asString(json?.agent_path)
  if (name === 'wait' || name === 'wait_agent')
    for (const [thread, state] of Object.entries(asObject(json?.status) ?? {})) noteState(turn, line, thread, state)
  if (name === 'wait_agent')
    for (const agent of asArray(json?.agents) ?? []) {
      const thread = asString(asObject(agent)?.agent_id) ?? asString(asObject(agent)?.agent_name)
      if (thread) noteState(turn, line, thread, asObject(agent)?.agent_status)
    }
}

/** `<subagent_notification>`, by which a parent is told that a sub-agent ended. */
export function readNotification(turn: Turn, line: RolloutLine, text: string): boolean {
  const inside = /^\s*<subagent_notification>([\s\S]*?)<\/subagent_notification>\s*$/.exec(text)?.[1]
  if (inside === undefined) return false
  const json = asObject(parseJson(inside))
  const thread = asString(json?.agent_id) ?? asString(json?.agent_path)
  return thread !== undefined && noteState(turn, line, thread, json?.status)
}

/** A state that a sub-agent came to: `{"completed": "…"}`, `{"errored": "…"}`, `shutdown` … */
function noteState(turn: Turn, line: RolloutLine, thread: string, state: unknown): boolean {
  const object = asObject(state)
  const completed = object !== undefined && 'completed' in object
  const failed = object !== undefined && 'errored' in object
  if (!completed && !failed) return false
  const delegation = turn.delegations.find((candidate) => candidate.thread === thread && !candidate.ended)
  if (!delegation) return false
  turn.book(line)
  end(turn, line, delegation, asString(object?.completed) ?? asString(object?.errored), failed)
  return true
}

function end(turn: Turn, line: RolloutLine, delegation: Delegation, text: string | undefined, failed: boolean): void {
  const { run } = turn
  const { step } = delegation.draft
  const result = run.addMoment(
    {
      id: `${step.id}-result`,
      type: 'handoff_result',
      status: failed ? 'failed' : 'succeeded',
      started_at: null,
      ...(step.agent_id ? { agent_id: step.agent_id } : {}),
      ...(step.delegation_id ? { delegation_id: step.delegation_id } : {}),
      ...(text ? { output_preview: run.previewer.text(text) } : {}),
      source_ref: `line ${line.number}`,
    },
    line.number,
    line.time,
  )
  delegation.ended = { at: line.time, failed, result }
}
