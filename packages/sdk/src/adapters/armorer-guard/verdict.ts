import type { PolicyDecision } from '@agent-run/types'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, momentAt, readTime } from '../../conversion/time.ts'

/** What the guard said about one text or call. */
export interface Verdict {
  readonly line: number
  /** Ids that may be the call's. */
  readonly callIds: readonly string[]
  readonly tool: string | undefined
  readonly at: Moment | undefined
  readonly boundary: NonNullable<PolicyDecision['boundary']>
  readonly verdict: PolicyDecision['verdict']
  /** The guard stood in the way of the call and kept it back. */
  readonly blocked: boolean
  readonly reasons: readonly string[]
  readonly confidence: number | undefined
  readonly scanId: string | undefined
  readonly version: string | undefined
}

const idMembers = ['tool_call_id', 'tool_use_id', 'call_id', 'request_id', 'jsonrpc_id', 'id'] as const

/** Where in an agent's work the guard looks, in its words and in ours. */
const boundaries: readonly (readonly [RegExp, NonNullable<PolicyDecision['boundary']>])[] = [
  [/tool_result|tool_output|retriev/, 'tool_result'],
  [/tool_call|agent_action|action|mcp/, 'tool_call'],
  [/output|response/, 'model_output'],
  [/input|prompt|user/, 'input'],
]

/** Reads a verdict. `undefined` for what is none: it has reasons, and says whether it is suspicious or what was decided. */
export function readVerdict(json: Json, line: number): Verdict | undefined {
  const inner = asObject(json.verdict) ?? asObject(json.result) ?? asObject(json.inspection)
  const member = (name: string): unknown => json[name] ?? inner?.[name]
  const reasons = asArray(member('reasons'))
  const word = decisionWord(json)
  const suspicious = member('suspicious')
  const isBlocked = json.blocked === true || json.allowed === false || /^(?:block|blocked|deny|denied)$/.test(word)
  const isDecided = typeof json.blocked === 'boolean' || typeof json.allowed === 'boolean' || word !== ''
  if (!reasons || (!isDecided && typeof suspicious !== 'boolean')) return undefined
  const context = asObject(json.context)
  const surface = [
    json.boundary,
    json.eval_surface,
    json.trace_stage,
    json.surface,
    context?.eval_surface,
    context?.trace_stage,
  ]
    .flatMap((value) => asString(value) ?? [])
    .join(' ')
    .toLowerCase()
  const tool = asString(json.tool_name) ?? asString(json.tool) ?? asString(context?.tool_name)
  const confidence = member('confidence')
  return {
    line,
    callIds: idMembers.flatMap((name) => idText(json[name]) ?? []),
    tool,
    at: timeOf(json),
    boundary:
      boundaries.find(([pattern]) => pattern.test(surface))?.[1] ?? (tool === undefined ? 'input' : 'tool_call'),
    verdict: verdictOf(isBlocked, word, suspicious === true),
    blocked: isBlocked && isDecided,
    reasons: reasons.flatMap((reason) => asString(reason) ?? []),
    confidence: typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : undefined,
    scanId: asString(member('scan_id')),
    version: asString(member('model_version')) ?? asString(json.guard_version),
  }
}

function decisionWord(json: Json): string {
  for (const name of ['decision', 'action', 'outcome', 'verdict', 'desired_action'])
    if (typeof json[name] === 'string') return json[name].toLowerCase()
  return ''
}

function verdictOf(blocked: boolean, word: string, suspicious: boolean): PolicyDecision['verdict'] {
  if (blocked) return 'block'
  if (/review|escalate/.test(word)) return 'review'
  if (/approval|ask/.test(word)) return 'require_approval'
  if (/redact|sanitize|capture/.test(word)) return 'redact'
  return suspicious || /warn|log|observe/.test(word) ? 'warn' : 'allow'
}

const idText = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : asString(value)

/** Seconds, milliseconds or text, under the names in use. */
function timeOf(json: Json): Moment | undefined {
  for (const name of ['timestamp', 'ts', 'time', 'at', 'created_at', 'timestamp_unix', 'unix_ms']) {
    const value = json[name]
    const text = readTime(value)
    if (text) return text
    if (typeof value === 'number' && value > 0) return momentAt(value < 100_000_000_000 ? value * 1000 : value)
  }
  return undefined
}
