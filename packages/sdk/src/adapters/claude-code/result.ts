import type { Step } from '@agent-run/types'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'

/** Who refused a call, as far as the source says. */
export interface Denial {
  readonly by: 'user' | 'rule' | 'hook' | 'classifier' | 'policy' | 'unknown'
  /** `error`: the decider failed and refused for that; `default`: nobody was there to ask. */
  readonly matched?: 'rule' | 'default' | 'error'
  /** What the person or the machine said. */
  readonly reason?: string
  /** Name of the hook. */
  readonly decider?: string
}

/** How a call ended. */
export interface Outcome {
  readonly status: NonNullable<Step['status']>
  readonly output: string | undefined
  readonly error?: string
  readonly errorType?: NonNullable<Step['error_type']>
  readonly exitCode?: number
  readonly denial?: Denial
}

/** What newer versions say in `toolDenialKind`. `interrupted` and `cancelled` are no denials. */
const denialKinds: Readonly<Record<string, Denial>> = {
  'user-rejected': { by: 'user' },
  'permission-rule': { by: 'rule', matched: 'rule' },
  'automode-blocked': { by: 'classifier', matched: 'rule' },
  'automode-unavailable': { by: 'classifier', matched: 'error' },
  'automode-parsing-error': { by: 'classifier', matched: 'error' },
}

/** The sentences of older versions, which stand at the beginning of a failed result. */
const denialSentences: readonly (readonly [RegExp, Denial])[] = [
  [
    /^(?:The user doesn't want to (?:proceed with this tool use|take this action right now)\.|User rejected tool use)/,
    { by: 'user' },
  ],
  [
    /^(?:Permission for this action (?:has been|was) denied|.{0,200}denied by the Claude Code auto mode classifier)/,
    { by: 'classifier', matched: 'rule' },
  ],
  [
    /^Permission to use .{1,256} has been denied because Claude Code is running in don't ask mode/s,
    { by: 'policy', matched: 'default' },
  ],
  [/^Permission to (?:use|read|write|edit) .{1,4000} has been (?:auto-)?denied/s, { by: 'rule', matched: 'rule' }],
  [/^File is in a directory that is (?:denied|ignored) by your /, { by: 'rule', matched: 'rule' }],
  [
    /^(?:PreToolUse|PermissionRequest):\S{1,200} hook error|^\S{1,200} operation blocked by hook|^Hook PreToolUse:\S{1,200} denied this tool/,
    { by: 'hook', matched: 'rule' },
  ],
  [
    /^Claude requested permissions to .{1,4000}(?:, but you haven't granted it yet| which is a sensitive file)/s,
    { by: 'policy', matched: 'default' },
  ],
  [/^Cannot write to .{1,4000} while in plan mode/s, { by: 'policy', matched: 'rule' }],
  // Ours: whether the hook said no, or had somebody asked who was not there, its log says.
  [/^agent-run policy: /, { by: 'unknown' }],
]

/**
 * What newer versions give as the result of a command that needed an approval when nobody was there to give it: the reason
 * for the question, in many wordings. A command that ran begins with its exit code.
 */
const unasked =
  /\brequires? (?:explicit |manual )?approval\b|\bcannot be auto-allowed by\b|^.{1,2000} was blocked\. For security, Claude Code |^Contains [a-z_]{1,60}$/s

const interruption = /^\[Request interrupted by user|^Interrupted by user/

/**
 * Reads how a tool call ended: the block in the message, what the client knows besides (`toolUseResult`), and
 * the sentences by which it tells a refusal from a failure. `is_error` alone is a failure.
 *
 * @param block the `tool_result` block
 * @param line the line it stands in
 * @param shell whether the tool runs commands, so that an exit code can be derived
 */
export function readOutcome(block: Json, line: Json, shell: boolean): Outcome {
  const details = asObject(line.toolUseResult)
  const text = resultText(block.content) ?? (typeof line.toolUseResult === 'string' ? line.toolUseResult : undefined)
  const output = text ?? outputOf(details)
  const failed = block.is_error === true || details?.is_error === true
  if (failed || asString(line.toolDenialKind)) {
    const denial = readDenial(text ?? '', line, shell)
    if (denial?.by === 'user' && !hasUser(line))
      return { status: 'cancelled', output: undefined, error: 'interrupted by the user', errorType: 'cancelled' }
    if (denial) return { status: 'denied', output, error: text ?? 'denied', errorType: 'permission_denied', denial }
    return { output, ...readFailure(text ?? '', line, shell, output) }
  }
  if (details?.interrupted === true) {
    return /Command timed out/.test(`${asString(details.stderr) ?? ''}${text ?? ''}`)
      ? { status: 'timeout', output, error: 'the command timed out', errorType: 'timeout' }
      : { status: 'cancelled', output, error: 'interrupted by the user', errorType: 'cancelled' }
  }
  // The client turns every other exit code into an error, or says how it read it.
  const exited =
    shell &&
    typeof details?.stdout === 'string' &&
    !('returnCodeInterpretation' in details) &&
    !('backgroundTaskId' in details)
  return { status: 'succeeded', output, ...(exited ? { exitCode: 0 } : {}) }
}

/** Whether somebody could have said no: without a terminal the sentence is left by an interruption. */
const hasUser = (line: Json): boolean => line.entrypoint !== 'sdk-cli' || asString(line.userFeedback) !== undefined

/** Whether a result is the question for an approval that nobody was there to answer. */
function isUnasked(text: string, line: Json): boolean {
  const [major = 0, minor = 0] = (asString(line.version) ?? '').split('.').map(Number)
  const isNewer = major > 2 || (major === 2 && minor >= 1)
  return isNewer && !/^(?:Error: )?Exit code \d|^<tool_use_error>/.test(text) && unasked.test(text.slice(0, 4096))
}

function readDenial(text: string, line: Json, shell: boolean): Denial | undefined {
  const kind = asString(line.toolDenialKind)
  if (kind === 'interrupted' || kind === 'cancelled') return undefined
  const sentence =
    denialSentences.find(([pattern]) => pattern.test(text.replace(/^<tool_use_error>/, '')))?.[1] ??
    (shell && isUnasked(text, line) ? { by: 'policy' as const, matched: 'default' as const } : undefined)
  // The kind does not tell a hook from a rule; the sentence does.
  const denial =
    kind === 'permission-rule' && sentence?.by === 'hook'
      ? sentence
      : kind && Object.hasOwn(denialKinds, kind)
        ? denialKinds[kind]
        : (sentence ?? (kind ? { by: 'unknown' as const } : undefined))
  if (!denial) return undefined
  const hook = /^((?:PreToolUse|PermissionRequest):\S{1,200}) hook error|^Hook (PreToolUse:\S{1,200}) denied/.exec(text)
  const reason = denial.by === 'user' ? saidByUser(text, line) : text
  return {
    ...denial,
    ...(hook ? { decider: hook[1] ?? hook[2]! } : {}),
    ...(reason ? { reason } : {}),
  }
}

/** What the person said with the refusal. */
function saidByUser(text: string, line: Json): string | undefined {
  const feedback = asString(line.userFeedback)
  const at = text.indexOf('the user said:\n')
  return feedback ?? (at < 0 ? undefined : asString(text.slice(at + 'the user said:\n'.length).trim()))
}

function readFailure(
  text: string,
  line: Json,
  shell: boolean,
  output: string | undefined,
): Pick<Outcome, 'status' | 'error' | 'errorType' | 'exitCode'> {
  if (line.toolDenialKind === 'interrupted' || line.toolDenialKind === 'cancelled' || interruption.test(text)) {
    return { status: 'cancelled', error: 'interrupted by the user', errorType: 'cancelled' }
  }
  const inner = /^<tool_use_error>([\s\S]*?)(?:<\/tool_use_error>|$)/.exec(text)?.[1] ?? text
  const error = inner.trim() === '' ? (output ?? 'failed') : inner.trim()
  if (/^(?:Sibling tool call errored|Cancelled: parallel tool call)/.test(inner)) {
    return { status: 'skipped', error, errorType: 'cancelled' }
  }
  const code = shell ? /^(?:Error: )?Exit code (\d{1,10})\b\s*/.exec(text) : undefined
  if (shell && /^(?:Exit code \d+\s+)?Command timed out after/.test(text))
    return { status: 'timeout', error, errorType: 'timeout' }
  return {
    status: 'failed',
    // The exit code has a member of its own: the error is what was printed.
    error: code ? (asString(text.slice(code[0].length)) ?? `exit status ${code[1]}`) : error,
    errorType: failureType(inner),
    ...(code ? { exitCode: Number(code[1]) } : {}),
  }
}

function failureType(text: string): NonNullable<Step['error_type']> {
  if (/^(?:Error: )?InputValidationError/.test(text)) return 'invalid_arguments'
  if (
    /^(?:Error: )?(?:No such tool available|(?:File|Path|Directory) does not exist|Agent type '.{1,200}' not found)/.test(
      text,
    )
  )
    return 'not_found'
  return 'tool_failed'
}

/** The text of a result: a string, or the text blocks of a list. Undefined where there is none. */
export function resultText(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  const object = asObject(content)
  if (object) return asString(object.text) ?? asString(object.content)
  const blocks = asArray(content)
  if (!blocks) return undefined
  const texts = blocks.flatMap((block) => {
    if (typeof block === 'string') return [block]
    const text = asObject(block)?.text
    return typeof text === 'string' ? [text] : []
  })
  return texts.length > 0 ? texts.join('\n') : undefined
}

/** What a command printed, where the message itself is silent. */
function outputOf(details: Json | undefined): string | undefined {
  if (!details) return undefined
  const printed = [details.stdout, details.stderr].filter((part) => typeof part === 'string' && part !== '')
  return printed.length > 0 ? printed.join('\n') : undefined
}
