import type { Step } from '@agent-run/types'
import { asArray, asInteger, asObject, asString, type Json } from '../../conversion/json.ts'
import { parseJson } from '../../conversion/json-text.ts'

/** Who refused a call, as far as the text of its result says. */
export interface Refusal {
  readonly by: 'user' | 'policy' | 'classifier' | 'hook'
  readonly reason: string | undefined
}

/** What the result of a call says. */
export interface ToolResult {
  readonly status: NonNullable<Step['status']>
  readonly output: string | undefined
  readonly exitCode?: number
  readonly error?: string
  readonly errorType?: NonNullable<Step['error_type']>
  readonly refusal?: Refusal
  /** What the result says beyond its text: members of a JSON object. */
  readonly json?: Json | undefined
}

/** Sentences by which Codex tells the model that a call was refused, at the beginning of a result. */
const refusals: readonly (readonly [RegExp, Refusal['by']])[] = [
  [/^(?:execution error: )?(?:Rejected\(")?(?:(?:exec )?command |patch )?rejected by (?:the )?user/i, 'user'],
  [/^user (?:rejected|declined|denied) (?:MCP )?tool call/i, 'user'],
  [/^This action was rejected due to unacceptable risk/i, 'classifier'],
  [/^(?:Command|Tool call|Tool) blocked by \w+ hook/i, 'hook'],
  [/^(?:exec command|patch) rejected: /i, 'policy'],
  [/^(?:`[^`]{0,500}` )?rejected: (?:policy forbids|blocked by policy)/i, 'policy'],
  [/^approval policy is /i, 'policy'],
  [/^MCP tool call requires approval, but approval policy is /i, 'policy'],
  [/^approval required by policy/i, 'policy'],
]

/** Sentences by which a call says that it failed before it did anything. */
const failures =
  /^(?:failed to parse function arguments|unsupported (?:custom tool )?call|apply_patch verification failed|(?:exec_command|write_stdin|collab \w+|js_repl) failed|tool call error|agent with id .{0,80} not found|err(?:or)?:)/i

const cancellations = /^(?:command )?aborted(?: by user)?(?: after [\d.]+ ?s)?\.?\s*$|^user cancelled MCP tool call/i

/**
 * Reads the result of a call: text, blocks, or an object, in which versions of Codex wrote the exit code in four ways.
 *
 * @param isShell a result of a command that shows no exit code does not say how the command ended
 */
export function readResult(output: unknown, isShell: boolean): ToolResult {
  const { text, success, exitCode: given, json } = unwrap(output)
  const head = (text ?? '').slice(0, 4096).trimStart()
  const refusal = readRefusal(head)
  if (refusal) return { status: 'denied', output: undefined, refusal }
  if (cancellations.test(head.split('\n', 1)[0] ?? ''))
    return { status: 'cancelled', output: text, errorType: 'cancelled' }
  const exitCode = given ?? exitCodeIn(head) ?? (isShell ? patchExitCodeIn(head) : undefined)
  const timedOut = /(?:^|\n)command timed out after /i.test(head)
  if (timedOut && (exitCode === undefined || exitCode === 124))
    return { status: 'timeout', output: text, errorType: 'timeout', ...(exitCode === undefined ? {} : { exitCode }) }
  if (exitCode !== undefined)
    return {
      status: exitCode === 0 ? 'succeeded' : 'failed',
      output: text,
      exitCode,
      ...(exitCode === 0 ? {} : { error: `exit code ${exitCode}`, errorType: 'tool_failed' }),
      json,
    }
  const script = /^Script (completed|failed|terminated)/.exec(head)?.[1]
  if (success === false || failures.test(head) || script === 'failed')
    return { status: 'failed', output: text, error: head.split('\n', 1)[0] ?? '', errorType: 'tool_failed' }
  if (script === 'terminated') return { status: 'cancelled', output: text, errorType: 'cancelled' }
  const shown = success === true || script === 'completed' || /(?:^|\n)Process running with session ID/.test(head)
  return { status: isShell && !shown ? 'unknown' : 'succeeded', output: text, json }
}

/** The exit code in the lines before the output itself. */
function exitCodeIn(head: string): number | undefined {
  const [before = ''] = head.split(/^Output:$/m, 1)
  const match = /^(?:Exit code: |Process exited with code )(-?\d{1,10})\s*$/m.exec(before)
  return match ? Number(match[1]) : undefined
}

/** A patch in a command line is applied by the client itself, which puts its own report where the output stands. */
function patchExitCodeIn(head: string): number | undefined {
  const match = /^Wall time: [\d.]+ seconds\nOutput:\nExit code: (-?\d{1,10})\nWall time: /.exec(head)
  return match ? Number(match[1]) : undefined
}

interface Unwrapped {
  readonly text: string | undefined
  readonly success?: boolean
  readonly exitCode?: number | undefined
  readonly json?: Json | undefined
}

function unwrap(output: unknown): Unwrapped {
  if (typeof output === 'string') {
    const json = /^\s*\{/.test(output) ? asObject(parseJson(output)) : undefined
    const metadata = asObject(json?.metadata)
    if (!json || !metadata || typeof json.output !== 'string') return { text: output, json }
    return { text: json.output, exitCode: asInteger(metadata.exit_code) }
  }
  const object = asObject(output)
  if (object) {
    const inner = unwrap(object.content ?? object.output ?? object.content_items ?? '')
    return { ...inner, ...(typeof object.success === 'boolean' ? { success: object.success } : {}) }
  }
  const blocks = asArray(output)
  return { text: blocks ? textOf(blocks) : output === undefined || output === null ? undefined : String(output) }
}

/** The text of content blocks. */
export const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : (asArray(content) ?? [])
        .flatMap((block) => asString(asObject(block)?.text) ?? (typeof block === 'string' ? block : []))
        .join('\n')

/** Who refused, if a text is one of the sentences by which Codex says so. */
export function readRefusal(text: string): Refusal | undefined {
  const by = refusals.find(([pattern]) => pattern.test(text))?.[1]
  return by && { by, reason: reasonOf(text, by) }
}

function reasonOf(head: string, by: Refusal['by']): string | undefined {
  if (by === 'user') return undefined
  return head.slice(0, 500)
}
