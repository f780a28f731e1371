import type { Step } from '@agent-run/types'
import type { Previewer } from '../../preview/index.ts'
import type { Entry } from './entry.ts'
import { asArray, asObject, asString, type Json } from './json.ts'
import type { Moment } from './time.ts'
import type { Turn } from './turn.ts'

/** A message that reached the agent while it worked. */
export function addMessage(
  turn: Turn,
  entry: Entry,
  text: string,
  role: NonNullable<Step['role']>,
  previewer: Previewer,
): void {
  const step: Step = {
    id: entry.uuid ?? `line-${entry.line}`,
    type: 'message',
    status: 'succeeded',
    started_at: entry.time?.text ?? null,
    role,
    ...(text === '' ? {} : { input_preview: previewer.text(text) }),
    source_ref: `line ${entry.line}`,
  }
  turn.settle(turn.add(step, entry.line, entry.time), entry.line, entry.time)
  turn.phase = 'waiting'
}

/** A setting – permission mode, model – changed while the agent worked. */
export function addConfigChange(
  turn: Turn,
  entry: Entry,
  before: string | undefined,
  after: string | undefined,
  previewer: Previewer,
): Turn {
  const step: Step = {
    id: entry.uuid ?? `line-${entry.line}`,
    type: 'config_change',
    status: 'succeeded',
    started_at: entry.time?.text ?? null,
    ...(before ? { input_preview: previewer.text(before, 256) } : {}),
    ...(after ? { output_preview: previewer.text(after, 256) } : {}),
    source_ref: `line ${entry.line}`,
  }
  turn.settle(turn.add(step, entry.line, entry.time), entry.line, entry.time)
  return turn
}

/** Names of the tools in a snapshot of the prompt, as offered to the model. */
export function toolsOf(snapshot: Json): string[] | undefined {
  const names = (asArray(snapshot.tools) ?? []).map((tool) => asString(asObject(tool)?.name))
  const tools = [...new Set(names.filter((name) => name !== undefined))]
  return tools.length > 0 ? tools : undefined
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
    case 'max_turns_reached':
      turn.failure = { error: 'the largest number of turns was reached', type: 'budget_exceeded' }
      turn.phase = 'ended'
      turn.end = at
      return true
    default:
      return false
  }
}
