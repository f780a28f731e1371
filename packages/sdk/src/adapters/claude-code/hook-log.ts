import { digest } from '@agent-run/core'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/read-input.ts'
import { type Moment, readTime } from '../../conversion/time.ts'
import type { Ruling, Testimony } from './testimony.ts'
import type { Inquiry, Listening } from './witnesses.ts'

/** The events that say something about one call. */
const aboutCalls = new Set(['PreToolUse', 'PermissionRequest', 'PermissionDenied', 'PostToolUse', 'PostToolUseFailure'])

/** Every name that Claude Code's hooks have had. */
export const hookNames: ReadonlySet<string> = new Set([
  ...aboutCalls,
  ...[
    'UserPromptSubmit',
    'UserPromptExpansion',
    'Stop',
    'StopFailure',
    'SubagentStart',
    'SubagentStop',
    'PostToolBatch',
  ],
  ...['SessionStart', 'SessionEnd', 'Setup', 'Notification', 'PreCompact', 'PostCompact', 'InstructionsLoaded'],
  ...['ConfigChange', 'CwdChanged', 'FileChanged', 'WorktreeCreate', 'WorktreeRemove', 'TeammateIdle'],
  ...['TaskCreated', 'TaskCompleted', 'Elicitation', 'ElicitationResult'],
])

interface HookEvent {
  readonly name: string
  readonly at: Moment | undefined
  readonly toolName: string | undefined
  readonly callId: string | undefined
  readonly agentId: string | undefined
  /** Digest of the arguments, by which a question finds its call. */
  readonly inputKey: string | undefined
  readonly mode: string | undefined
  readonly durationMs: number | undefined
  readonly ruling: Ruling | undefined
  /** Books the line. */
  readonly book: (used: boolean) => void
}

/**
 * What hooks were told, line by line: written by `agent-run hook claude-code`, or by people who keep the input of
 * their hooks themselves. A question does not name its call: it is the last call with the same tool and arguments that
 * had begun and not ended.
 */
export class HookLog {
  readonly #sessions = new Map<string, HookEvent[]>()
  /** Sessions in which a hook saw dialogs, or was there to see them. */
  readonly #watched = new Set<string>()

  /** Hears one line. */
  add(json: Json, { ledger, sessionIds }: Listening): LineFate {
    const name = asString(json.hook_event_name) ?? ''
    const session = asString(json.session_id) ?? ''
    if (session && sessionIds.size < 100) sessionIds.add(session)
    if (name === 'PermissionRequest' || asArray(json.recording)?.includes('PermissionRequest'))
      this.#watched.add(session)
    if (!aboutCalls.has(name)) return { skipped: 'hook event that says nothing of a permission' }
    const at = readTime(json.at) ?? readTime(json.timestamp)
    const events = this.#sessions.get(session) ?? []
    this.#sessions.set(session, events)
    events.push({
      name,
      at,
      toolName: asString(json.tool_name),
      callId: asString(json.tool_use_id),
      agentId: asString(json.agent_id),
      inputKey: name === 'PreToolUse' || name === 'PermissionRequest' ? keyOf(json.tool_input) : undefined,
      mode: asString(json.permission_mode),
      durationMs: asCount(json.duration_ms),
      ruling: readRuling(name, json, at),
      book: (used) => {
        if (used) ledger.mapped()
        else ledger.skipped('about a call that no transcript given holds')
      },
    })
    return 'later'
  }

  /** Tells what was heard, call by call. */
  testify(about: Inquiry): void {
    for (const [session, events] of this.#sessions) {
      const open = new Map<string, HookEvent>()
      for (const event of inOrder(events)) {
        const callId = event.callId ?? (event.name === 'PermissionRequest' ? latestOf(open, event) : undefined)
        const said = callId === undefined ? undefined : about(session, callId)
        event.book(said !== undefined)
        if (callId === undefined) continue
        // The same hook may be installed twice: the first word counts.
        if (event.name === 'PreToolUse' && !open.has(callId)) open.set(callId, event)
        else if (event.name.startsWith('PostToolUse')) open.delete(callId)
        if (said) add(said, event, this.#watched.has(session))
      }
    }
    this.#sessions.clear()
  }
}

function add(said: Testimony, event: HookEvent, watched: boolean): void {
  said.mode ??= event.mode
  if (event.name === 'PreToolUse') said.watched ||= watched
  if (event.name === 'PermissionRequest') said.asked ??= { at: event.at }
  if (event.name.startsWith('PostToolUse')) said.ran ??= { at: event.at, durationMs: event.durationMs }
  if (event.ruling) addRuling(said, event.ruling)
}

/** The same decision may stand in the transcript, in fewer words: without the policy that it rests on. */
function addRuling({ rulings }: Testimony, ruling: Ruling): void {
  const known = rulings.findIndex(({ decider }) => decider.id === ruling.decider.id)
  if (known < 0) rulings.push(ruling)
  else if (!rulings[known]?.policy && ruling.policy && rulings[known]?.answered === ruling.answered)
    rulings[known] = ruling
}

/** By time where every line has one: lines of processes that run beside each other are out of order by some milliseconds. */
const inOrder = (events: readonly HookEvent[]): readonly HookEvent[] =>
  events.every(({ at }) => at !== undefined) ? [...events].sort((a, b) => a.at!.ms - b.at!.ms) : events

function latestOf(
  open: ReadonlyMap<string, HookEvent>,
  { toolName, agentId, inputKey }: HookEvent,
): string | undefined {
  return [...open].findLast(
    ([, begun]) => begun.toolName === toolName && begun.agentId === agentId && begun.inputKey === inputKey,
  )?.[0]
}

/** The digest of arguments: as the line says it, or of the arguments themselves. */
function keyOf(input: unknown): string | undefined {
  const kept = asString(asObject(input)?.digest)
  if (kept?.startsWith('sha256:') && asCount(asObject(input)?.size) !== undefined) return kept
  try {
    return input === undefined ? undefined : digest(JSON.stringify(input))
  } catch {
    return undefined
  }
}

const verdicts: ReadonlyMap<unknown, Ruling['verdict']> = new Map<unknown, Ruling['verdict']>([
  ['allow', 'allow'],
  ['block', 'block'],
  ['deny', 'block'],
  ['ask', 'require_approval'],
  ['require_approval', 'require_approval'],
])
const answers: ReadonlyMap<Ruling['verdict'], Ruling['answered']> = new Map([
  ['allow', 'allow'],
  ['block', 'deny'],
  ['require_approval', 'ask'],
])

/**
 * What a hook, or the classifier of the automatic mode, decided: in the line itself (`decision`, `answered`), or in the
 * hook's own words (`hookSpecificOutput`), which people keep beside its input.
 */
export function readRuling(name: string, json: Json, at: Moment | undefined): Ruling | undefined {
  const said = { insteadOfPerson: name === 'PermissionRequest', at, basis: 'observed' as const }
  if (name === 'PermissionDenied')
    return {
      ...said,
      decider: { kind: 'classifier', id: name },
      verdict: 'block',
      answered: 'deny',
      matched: 'rule',
      reason: asString(json.reason),
    }
  const spoken = asObject(json.hookSpecificOutput) ?? asObject(asObject(json.output)?.hookSpecificOutput)
  const word = asString(spoken?.permissionDecision) ?? asString(asObject(spoken?.decision)?.behavior)
  const decision = asObject(json.decision)
  const answered = verdicts.get(json.answered ?? word)
  const verdict = verdicts.get(decision?.verdict) ?? answered
  if (verdict === undefined || name.startsWith('PostToolUse')) return undefined
  const matched = decision?.matched
  const rules = (asArray(decision?.rule_ids) ?? []).flatMap((rule) => asString(rule) ?? [])
  const policy = policyOf(asObject(decision?.policy))
  const reason =
    asString(decision?.reason) ??
    asString(spoken?.permissionDecisionReason) ??
    asString(asObject(spoken?.decision)?.message)
  return {
    ...said,
    decider: { kind: 'hook', id: name },
    verdict,
    answered: answered && answers.get(answered),
    ...(matched === 'rule' || matched === 'default' || matched === 'error' ? { matched } : {}),
    ...(rules.length > 0 ? { ruleIds: rules } : {}),
    ...(policy ? { policy } : {}),
    ...(reason ? { reason } : {}),
  }
}

function policyOf(policy: Json | undefined): Ruling['policy'] {
  const id = asString(policy?.id)
  if (id === undefined) return undefined
  const version = asString(policy?.version)
  const hash = asString(policy?.digest)
  return {
    id,
    ...(version ? { version } : {}),
    ...(hash && /^sha256:[0-9a-f]{64}$/.test(hash) ? { digest: hash } : {}),
  }
}
