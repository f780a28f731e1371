import { createHash } from 'node:crypto'

/** What happened, as Claude Code says it: JSON, of which nothing is sure. */
export type HookEvent = Readonly<Record<string, unknown>>

/** Makes a text of an event fit for a log: without secrets, and cut. */
export type CleanText = (name: string, text: string) => string

/** Members that hold what people and programs said, at any length: only digest and size are kept. */
const payloads: ReadonlySet<string> = new Set(
  ['tool_input', 'tool_response', 'tool_output', 'prompt', 'last_assistant_message'].concat(
    'custom_instructions',
    'compact_summary',
  ),
)

/** Members of a line that are ours. */
const own: ReadonlySet<string> = new Set(['at', 'decision', 'answered', 'recording'])

/** Members that hold names, ids and paths of Claude Code and its user. */
const names: ReadonlySet<string> = new Set(
  ['session_id', 'prompt_id', 'hook_event_name', 'permission_mode', 'transcript_path', 'cwd', 'tool_name'].concat([
    'tool_use_id',
    'agent_id',
    'agent_type',
    'agent_transcript_path',
    'source',
    'trigger',
  ]),
)

/** Most members of a line. */
const most = 50

/**
 * The line of a hook log that tells of an event, without a line feed: every member as it is called, texts cleaned, payloads
 * as digest (SHA-256 of their JSON text) and size in bytes.
 *
 * @param at when the hook was called, UTC
 * @param added members of our own: what was decided and answered
 */
export function eventLine(
  event: HookEvent,
  at: string,
  added: Readonly<Record<string, unknown>>,
  clean: CleanText,
): string {
  const members: [string, unknown][] = [['at', at]]
  for (const [name, value] of Object.entries(event)) {
    if (members.length >= most) break
    if (own.has(name) || !/^[A-Za-z][\w-]{0,63}$/.test(name)) continue
    const isPayload = payloads.has(name) || (typeof value === 'object' && value !== null)
    members.push([name, isPayload ? referenceTo(value) : typeof value === 'string' ? clean(name, value) : value])
  }
  return JSON.stringify(Object.fromEntries([...members, ...Object.entries(added)]))
}

/**
 * Whether the texts of an event are nothing but names and paths in plain letters, as those about tools are. What looks for
 * secrets takes longer to load than all the rest, and has nothing to find in them.
 */
export const isPlain = (event: HookEvent): boolean =>
  Object.entries(event).every(
    ([name, value]) => typeof value !== 'string' || payloads.has(name) || (names.has(name) && isPlainText(value)),
  )

/** A key or a token has a long stretch of letters and digits; ids that have one are known by their form. */
const isPlainText = (text: string): boolean => {
  const rest = text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|^toolu_[A-Za-z0-9]{1,40}$/g, '')
  return text.length <= 300 && /^[\w./~-]*$/.test(rest) && !/[A-Za-z0-9]{16}/.test(rest)
}

/** A payload by its digest; one that is nested too deeply to be written as JSON has none, and is no reason to lose the line. */
function referenceTo(value: unknown): { digest: string; size: number } | { problem: string } {
  let text: string
  try {
    text = JSON.stringify(value) ?? 'null'
  } catch {
    return { problem: 'nested too deeply' }
  }
  const bytes = Buffer.from(text)
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, size: bytes.length }
}
