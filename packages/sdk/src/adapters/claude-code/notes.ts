import type { Step } from '@agent-run/types'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Entry } from './entry.ts'
import { readRuling } from './hook-log.ts'
import type { Turn } from './turn.ts'

/** A message that reached the agent while it worked; one without words, such as a picture, is one too. */
export function addWords(turn: Turn, entry: Entry, text: string, role: NonNullable<Step['role']>): void {
  const step: Step = {
    id: entry.uuid ?? `line-${entry.line}`,
    type: 'message',
    status: 'succeeded',
    started_at: entry.time?.text ?? null,
    role,
    ...(text === '' ? {} : { input_preview: turn.previewer.text(text) }),
    source_ref: `line ${entry.line}`,
  }
  turn.addMoment(step, entry.line, entry.time)
  turn.phase = 'waiting'
}

/** A setting – permission mode, model – changed while the agent worked. */
export function addConfigChange(turn: Turn, entry: Entry, before: string | undefined, after: string | undefined): Turn {
  const step: Step = {
    id: entry.uuid ?? `line-${entry.line}`,
    type: 'config_change',
    status: 'succeeded',
    started_at: entry.time?.text ?? null,
    ...(before ? { input_preview: turn.previewer.text(before, 256) } : {}),
    ...(after ? { output_preview: turn.previewer.text(after, 256) } : {}),
    source_ref: `line ${entry.line}`,
  }
  turn.addMoment(step, entry.line, entry.time)
  return turn
}

/** Names of the tools in a snapshot of the prompt, as offered to the model. */
export function toolsOf(snapshot: Json): string[] | undefined {
  const names = (asArray(snapshot.tools) ?? []).map((tool) => asString(asObject(tool)?.name))
  const tools = [...new Set(names.filter((name) => name !== undefined))]
  return tools.length > 0 ? tools : undefined
}

/** The tools after some were announced or taken back, as it happens when the tools of MCP servers are loaded late. */
export function changeTools(tools: readonly string[], delta: Json): string[] {
  const names = (list: unknown): string[] => (asArray(list) ?? []).map(asString).filter((name) => name !== undefined)
  const removed = new Set(names(delta.removedNames))
  return [...new Set([...tools, ...names(delta.addedNames)])].filter((name) => !removed.has(name))
}

/** What other agents of a team wrote to this one. */
export function mailOf(attachment: Json): string | undefined {
  const letters = (asArray(attachment.messages) ?? []).map(asObject)
  const lines = letters.map((letter) => `${asString(letter?.from) ?? 'unknown'}: ${asString(letter?.text) ?? ''}`)
  return lines.length > 0 ? lines.join('\n') : undefined
}

/** A hook decided about a call, in its own words or in the client's. False if it did not. */
function noteRuling(turn: Turn, attachment: Json, words: Json | undefined, at: Moment | undefined): boolean {
  const [callId, event] = [asString(attachment.toolUseID), asString(attachment.hookEvent)]
  const call = turn.calls.findLast((candidate) => callId !== undefined && candidate.callId === callId)
  const ruling = words && event && call ? readRuling(event, words, at) : undefined
  if (ruling) call?.rulings.push(ruling)
  return ruling !== undefined
}

const blockedFor = (attachment: Json): unknown => asObject(attachment.blockingError)?.blockingError

/** What a hook printed, if that is a JSON object. */
function objectIn(printed: unknown): Json | undefined {
  if (typeof printed !== 'string' || !/^\s*\{/.test(printed)) return undefined
  try {
    return asObject(JSON.parse(printed))
  } catch {
    return undefined
  }
}

/** Takes what an attachment says of a turn. False if it says nothing that a record says. */
export function noteAttachment(turn: Turn, attachment: Json, at: Moment | undefined): boolean {
  switch (attachment.type) {
    case 'prompt_snapshot': {
      const tools = toolsOf(attachment)
      turn.tools = tools ?? turn.tools
      return tools !== undefined
    }
    case 'command_permissions': {
      const granted = (asArray(attachment.allowedTools) ?? []).map(asString).filter((rule) => rule !== undefined)
      turn.granted.push(...granted.filter((rule) => !turn.granted.includes(rule)))
      return granted.length > 0
    }
    case 'hook_permission_decision':
      return noteRuling(turn, attachment, { answered: attachment.decision }, at)
    case 'hook_blocking_error':
      return noteRuling(turn, attachment, { answered: 'deny', decision: { reason: blockedFor(attachment) } }, at)
    case 'hook_success':
      return noteRuling(turn, attachment, objectIn(attachment.stdout) ?? objectIn(attachment.content), at)
    case 'max_turns_reached':
      turn.failure = { error: 'the largest number of turns was reached', type: 'budget_exceeded' }
      turn.phase = 'ended'
      turn.end = at
      return true
    default:
      return false
  }
}
