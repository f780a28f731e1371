import { addApproval, addDecision } from '../../conversion/approvals.ts'
import { addLoneResult, addToolCall, finishStep, type StepOutcome } from '../../conversion/draft-steps.ts'
import { noteFile } from '../../conversion/file-artifacts.ts'
import { asString, type Json } from '../../conversion/json.ts'
import { argumentsOf } from '../../conversion/tool-effects.ts'
import { answerOf } from './answers.ts'
import { beginDelegation, noteAnswers } from './delegations.ts'
import type { RolloutLine } from './line.ts'
import { effectOfChange } from './patch.ts'
import { readResult, type ToolResult } from './result.ts'
import { instructing, readEscalation, readToolUse, spawning } from './tools.ts'
import type { Call, Turn } from './turn.ts'

/** A call as an item of the model says it. */
export interface CallItem {
  readonly id: string
  readonly name: string
  /** Arguments, or the text of a custom tool. */
  readonly input: unknown
  readonly mcpServer?: string | undefined
  /** Whether the model asked for it; otherwise the user or the client did. */
  readonly byModel: boolean
  /** The script of the model that made the call while it ran. */
  readonly within?: Call | undefined
}

/** Adds a call, open until its result. False if the turn has a call of that id already. */
export function beginCall(turn: Turn, line: RolloutLine, item: CallItem): Call | undefined {
  if (turn.calls.has(item.id)) return undefined
  const { run } = turn
  const answer = item.byModel && !item.within ? answerOf(turn, line) : undefined
  turn.book(line)
  const given = argumentsOf(item.input)
  const use = readToolUse(item.name, item.input, given, run.place)
  const delegates = spawning.has(item.name) || instructing.has(item.name)
  const draft = addToolCall(
    run,
    {
      id: item.id,
      name: item.name,
      arguments: Object.keys(given).length > 0 ? given : item.input,
      callId: item.id,
      mcpServer: item.mcpServer,
      type: delegates ? 'handoff' : item.name === 'request_user_input' ? 'input_request' : 'tool_call',
      modelCallId: answer?.draft.step.id ?? item.within?.draft.step.model_call_id,
      start: line.time,
      effects: use.effects,
    },
    { line: line.number },
  )
  if (!item.byModel) draft.step.initiated_by = 'user'
  if (item.within) draft.step.parent_step_id = item.within.draft.step.id
  const call: Call = { draft, name: item.name, use, open: true }
  turn.calls.set(item.id, call)
  answer?.calls.add(item.id)
  if (delegates) beginDelegation(turn, call, spawning.has(item.name) ? 'spawn' : 'instruct', given, line)
  const escalation = readEscalation(given)
  if (escalation) {
    draft.step.permission = run.previewer.text(escalation.permission, 64)
    // Under the policy `never` nobody is asked.
    if (turn.mode !== 'never')
      addApproval(run, draft, {
        event: 'requested',
        at: line.time,
        actor: { kind: 'agent' },
        reason: escalation.reason,
        basis: 'inferred',
      })
  }
  return call
}

/** Ends a call by its result. */
export function endCall(turn: Turn, line: RolloutLine, call: Call, output: unknown): void {
  if (!call.open) return
  finish(turn, line, call, withHint(readResult(output, call.use.isShell), call))
}

/** Ends a call by an event that says all about how it ended. */
export function finish(turn: Turn, line: RolloutLine, call: Call, result: ToolResult): void {
  const { run } = turn
  const { draft } = call
  call.open = false
  turn.book(line)
  turn.worked = true
  if (turn.answer?.calls.has(draft.step.tool_call_id ?? '')) turn.answer.resulted = true
  if (result.refusal) refuse(turn, line, call, result.refusal)
  // Who answered is not written, only that the call ran.
  else if (draft.step.approval?.state === 'requested') delete draft.step.approval
  if (call.changes) {
    const effects = call.changes.map((change) => ({ ...effectOfChange(change), basis: 'observed' as const }))
    // A command line that held the patch is a command all the same.
    const kept = call.use.isShell ? (draft.step.side_effects ?? []).filter(({ kind }) => kind === 'exec') : []
    if (effects.length > 0 && result.status === 'succeeded')
      draft.step.side_effects = [...kept, ...effects.map((effect) => tidy(turn, effect))]
  }
  const outcome: StepOutcome = {
    status: result.status,
    output: result.output,
    error: result.error,
    errorType: result.errorType,
    exitCode: result.exitCode,
    at: line.time,
  }
  finishStep(run, draft, outcome, { line: line.number })
  if (result.status === 'succeeded') for (const change of call.changes ?? call.use.changes) noteFile(run, draft, change)
  noteAnswers(turn, line, call, result)
}

const tidy = <E extends { target?: string }>({ run }: Turn, effect: E): E =>
  effect.target === undefined ? effect : { ...effect, target: run.previewer.text(effect.target, 500) }

function refuse(turn: Turn, line: RolloutLine, call: Call, { by, reason }: NonNullable<ToolResult['refusal']>): void {
  const { run } = turn
  if (by === 'user') {
    addApproval(run, call.draft, {
      event: 'denied',
      at: line.time,
      actor: { kind: 'human' },
      reason,
      basis: 'inferred',
    })
    return
  }
  addDecision(run, call.draft, {
    at: line.time,
    verdict: 'block',
    enforcement: 'blocked',
    decider: { kind: by },
    policyId: by === 'policy' && turn.mode ? `approval_policy:${turn.mode}` : undefined,
    reason,
    basis: 'inferred',
  })
}

/** What an event said about the same call: it knows more than the text. */
function withHint(result: ToolResult, { hint }: Call): ToolResult {
  if (!hint || result.refusal) return result
  if (hint.refusal) return { status: 'denied', output: undefined, refusal: hint.refusal }
  if (hint.error !== undefined) return { ...result, status: 'failed', error: hint.error, errorType: 'tool_failed' }
  if (hint.exitCode === undefined || result.exitCode !== undefined || result.status === 'timeout') return result
  const failed = hint.exitCode !== 0
  return {
    ...result,
    status: failed ? 'failed' : 'succeeded',
    exitCode: hint.exitCode,
    ...(failed ? { error: `exit code ${hint.exitCode}`, errorType: 'tool_failed' } : {}),
  }
}

/** Adds the result of a call that is not in the file. */
export function addOrphan(turn: Turn, line: RolloutLine, id: string | undefined, output: unknown): void {
  turn.book(line)
  const { status, output: text, exitCode } = readResult(output, true)
  addLoneResult(
    turn.run,
    { id: `line-${line.number}`, callId: id, start: line.time },
    { status, output: text, exitCode, at: line.time },
    { line: line.number },
  )
}

/** Namespaces of tools of the client itself, which had none before. */
const own = /^(?:functions|collaboration|multi_agent_v\d+)$/

/** Name of a tool that stands in a namespace, such as that of an MCP server. */
export function toolName(payload: Json): string {
  const name = asString(payload.name) ?? 'unknown'
  const space = asString(payload.namespace)
  if (space === undefined || name.startsWith(space)) return name
  if (own.test(space)) return name
  if (space.endsWith('__')) return `${space}${name}`
  return space.startsWith('mcp__') ? `${space}__${name}` : `${space}.${name}`
}
