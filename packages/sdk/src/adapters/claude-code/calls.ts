import type { Step } from '@agent-run/types'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { Effect } from '../../effects/index.ts'
import type { Previewer } from '../../preview/index.ts'
import { noteDenial } from './denials.ts'
import type { Entry } from './entry.ts'
import { type Outcome, readOutcome, resultText } from './result.ts'
import { textKey } from './text-key.ts'
import { readToolUse } from './tools.ts'
import type { CallDraft, Turn } from './turn.ts'

/** A call as it stands in the source. */
export interface CallStart {
  readonly id: string | undefined
  /** Undefined where only the result was recorded. */
  readonly name: string | undefined
  readonly input: unknown
  readonly entry: Entry
  /** Place of the block in its line. */
  readonly index: number
  readonly modelCallId: string | undefined
}

/** Longest target or operation of an effect, and longest error, in code points. */
const lengths = { effect: 500, error: 1000 }

/** Begins the step of a tool call, a delegation, a question to the user, or of a result whose call was not recorded. */
export function startCall(turn: Turn, start: CallStart): CallDraft {
  const { id, name, entry } = start
  const { previewer } = turn
  const use = readToolUse(name ?? '', start.input, { root: turn.cwd, cwd: asString(entry.json.cwd) ?? turn.cwd })
  const preview = name === undefined ? undefined : previewer.json(start.input)
  const time = name === undefined ? undefined : entry.time
  const step: Step = {
    id: id ?? `${entry.uuid ?? `line-${entry.line}`}.${start.index}`,
    type: name === undefined ? 'tool_result' : use.stepType,
    started_at: time?.text ?? null,
    ...(start.modelCallId ? { model_call_id: start.modelCallId } : {}),
    ...(name === undefined ? {} : { tool_name: previewer.text(name, 256) }),
    ...(id === undefined ? {} : { tool_call_id: previewer.text(id, 256) }),
    ...(use.mcpServer ? { mcp_server: previewer.text(use.mcpServer, 256), initiated_by: 'claude-code' } : {}),
    ...(preview ? { input_preview: preview } : {}),
    ...(name === undefined
      ? {}
      : { side_effects: use.effects.map((effect) => ({ ...clean(effect, previewer), basis: 'inferred' as const })) }),
    source_ref: `line ${entry.line}`,
  }
  const draft = turn.add(step, entry.line, time)
  const call: CallDraft = {
    draft,
    use,
    name: name ?? '',
    callId: id,
    lineUuid: entry.uuid,
    promptKey: use.delegation?.prompt ? textKey(use.delegation.prompt) : undefined,
    resolved: false,
    brokenOff: false,
    rulings: [],
  }
  turn.calls.push(call)
  if (use.delegation) {
    // Handing over is one moment; the answer comes as a step of its own.
    step.status = 'succeeded'
    turn.settle(draft, entry.line, time)
    step.delegation_id = step.id
    if (use.delegation.agentType) step.agent_id = previewer.text(use.delegation.agentType, 256)
    turn.delegations.push({ call, turn, agentId: use.delegation.resumes, ended: undefined, result: undefined })
  }
  return call
}

function clean(effect: Effect, previewer: Previewer): Effect {
  return {
    ...effect,
    ...(effect.target === undefined ? {} : { target: previewer.text(effect.target, lengths.effect) }),
    ...(effect.operation === undefined ? {} : { operation: previewer.text(effect.operation, lengths.effect) }),
  }
}

/** Ends a call with its result. */
export function finishCall(turn: Turn, call: CallDraft, block: Json, entry: Entry): void {
  const { step } = call.draft
  const outcome = readOutcome(block, entry.json, call.use.shell)
  call.resolved = true
  if (entry.line !== call.draft.line) step.source_ref = `line ${call.draft.line}, line ${entry.line}`
  const delegation = turn.delegations.find((candidate) => candidate.call === call)
  if (delegation && outcome.status !== 'denied' && outcome.status !== 'skipped') {
    finishDelegation(turn, call, outcome, entry)
    return
  }
  describe(step, outcome, turn)
  turn.settle(call.draft, entry.line, entry.time)
  if (!hasRun(outcome, call)) for (const effect of step.side_effects ?? []) effect.basis = 'declared'
  if (outcome.status === 'succeeded') noteFile(turn, call, entry)
  if (outcome.denial) noteDenial(turn, step, outcome.denial, entry.time)
  if (outcome.status === 'succeeded' && call.name.toLowerCase().replaceAll('_', '') === 'exitplanmode')
    notePlanApproval(turn, step, block, entry)
}

function describe(step: Step, outcome: Outcome, { previewer }: Turn): void {
  step.status = outcome.status
  // A refusal has no output but its sentence, which is the error.
  if (outcome.output && outcome.status !== 'denied') step.output_preview = previewer.text(outcome.output)
  if (outcome.error) step.error = previewer.text(outcome.error, lengths.error)
  if (outcome.errorType) step.error_type = outcome.errorType
  if (outcome.exitCode !== undefined) step.exit_code = outcome.exitCode
}

/** A command with an exit code did run, and so did one that took too long or was stopped; a file tool that failed did nothing. */
const hasRun = (outcome: Outcome, call: CallDraft): boolean =>
  outcome.status === 'succeeded' ||
  (call.use.shell && (outcome.exitCode !== undefined || outcome.status === 'timeout' || outcome.status === 'cancelled'))

/** A delegation ends twice: the hand-over at its beginning, the answer as a step of its own. */
function finishDelegation(turn: Turn, call: CallDraft, outcome: Outcome, entry: Entry): void {
  const delegation = turn.delegations.find((candidate) => candidate.call === call)!
  const details = asObject(entry.json.toolUseResult)
  delegation.agentId = asString(details?.agentId) ?? delegation.agentId
  const agentType = asString(details?.agentType)
  if (agentType && !call.draft.step.agent_id) call.draft.step.agent_id = turn.previewer.text(agentType, 256)
  call.draft.step.status = 'succeeded'
  if (details?.status === 'async_launched' || details?.isAsync === true) {
    delegation.ended = 'background'
    return
  }
  delegation.ended = outcome.status === 'succeeded' ? 'completed' : 'failed'
  const { step } = call.draft
  const result: Step = {
    id: `${step.id}.result`,
    type: 'handoff_result',
    started_at: entry.time?.text ?? null,
    caused_by: [step.id],
    ...(step.tool_name ? { tool_name: step.tool_name } : {}),
    ...(step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}),
    ...(step.agent_id ? { agent_id: step.agent_id } : {}),
    ...(step.delegation_id ? { delegation_id: step.delegation_id } : {}),
    source_ref: `line ${entry.line}`,
  }
  describe(result, outcome, turn)
  delegation.result = turn.add(result, entry.line, entry.time)
  turn.settle(delegation.result, entry.line, entry.time)
}

/** One artifact for each distinct file that was created or changed. */
function noteFile(turn: Turn, call: CallDraft, entry: Entry): void {
  const { file } = call.use
  if (!file) return
  const details = asObject(entry.json.toolUseResult)
  const created =
    details?.type === 'create' || (details !== undefined && 'originalFile' in details && details.originalFile === null)
  const content = details?.userModified === true ? undefined : file.content
  const known = turn.artifacts.get(file.name)
  const stepId = call.draft.step.id
  const action = created ? 'created' : 'modified'
  if (!known) turn.artifacts.set(file.name, { name: file.name, kind: 'file', action, stepId, content })
  else Object.assign(known, { content }, known.action === 'created' ? {} : { stepId })
  const effect = call.draft.step.side_effects?.[0]
  if (effect && content?.digest) effect.after_digest = content.digest
}

/**
 * The one approval that Claude Code writes down: the user accepts a plan. It names the step that asked; that step itself
 * needed no approval, and began before the answer.
 */
function notePlanApproval(turn: Turn, step: Step, block: Json, entry: Entry): void {
  if (!entry.time || !/^User has approved /.test(resultText(block.content) ?? '')) return
  const approvalId = `approval-${step.id}`
  const byAgent = asObject(entry.json.toolUseResult)?.isAgent === true
  turn.approvals.push({
    approval_id: approvalId,
    event: 'approved',
    step_id: step.id,
    ...(step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}),
    at: entry.time.text,
    actor: { kind: byAgent ? 'unknown' : 'human' },
    basis: 'inferred',
  })
}
