import { finishStep } from '../../conversion/draft-steps.ts'
import { asString } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { LogEvent } from './event.ts'
import type { Call, Turn } from './turn.ts'

/** The hand-over that an event is inside of. */
export function parentOf(turn: Turn, { agent }: LogEvent): StepDraft | undefined {
  return agent === undefined ? undefined : turn.delegations.get(agent)?.draft
}

/** A call turned out to hand work to a sub-agent. */
export function handOver(turn: Turn, { draft }: Call, agent: string | undefined, agentId: string | undefined): void {
  const { step } = draft
  const { previewer } = turn.run
  step.type = 'handoff'
  step.delegation_id ??= `${turn.run.id}.${step.id}`
  step.side_effects = [{ kind: 'none', basis: 'inferred' }]
  if (agent) step.agent_id = previewer.text(agent, 256)
  const delegation = { draft, open: true }
  for (const key of [step.tool_call_id, agentId])
    if (key && !turn.delegations.has(key)) turn.delegations.set(key, delegation)
}

/** `subagent.started`: the hand-over is over, the work begins. */
export function beginDelegation(turn: Turn, event: LogEvent): LineFate {
  const { run } = turn
  const name = asString(event.data.agentName) ?? asString(event.data.agentDisplayName)
  const callId = asString(event.data.toolCallId) ?? event.agent
  const call = callId === undefined ? undefined : turn.calls.get(callId)
  run.book(event.line)
  if (call?.open && !run.drafts.some(({ step }) => step.parent_step_id === call.draft.step.id)) {
    handOver(turn, call, name, event.agent)
    if (call.draft.final === undefined)
      finishStep(run, call.draft, { status: 'succeeded', at: event.time }, { line: event.line })
    return 'mapped'
  }
  const id = callId ?? `line-${event.line}`
  if (turn.delegations.has(id)) return 'mapped'
  const draft = run.addMoment(
    {
      id: `handoff-${event.line}`,
      type: 'handoff',
      status: 'succeeded',
      started_at: event.time?.text ?? null,
      delegation_id: `${run.id}.handoff-${event.line}`,
      ...(name ? { agent_id: run.previewer.text(name, 256) } : {}),
      source_ref: `line ${event.line}`,
    },
    event.line,
    event.time,
  )
  turn.delegations.set(id, { draft, open: true })
  return 'mapped'
}

/** How the work of a sub-agent ended. */
export interface Ended {
  readonly failed: boolean
  readonly output?: string | undefined
  readonly error?: string | undefined
}

/** A sub-agent answered, or failed. Of the events that say so the first counts. */
export function endDelegation(turn: Turn, id: string, event: LogEvent, { failed, output, error }: Ended): void {
  const { run } = turn
  const delegation = turn.delegations.get(id)
  if (!delegation?.open) return
  delegation.open = false
  const { draft } = delegation
  const { step } = draft
  if (draft.final === undefined && failed) {
    // Nothing was started: the failure is the hand-over's own.
    finishStep(
      run,
      draft,
      { status: 'failed', output, error, errorType: 'tool_failed', at: event.time },
      { line: event.line },
    )
    return
  }
  if (draft.final === undefined) finishStep(run, draft, { status: 'succeeded' }, { line: event.line })
  run.addMoment(
    {
      id: `${step.id}-result`,
      type: 'handoff_result',
      status: failed ? 'failed' : 'succeeded',
      started_at: null,
      ...(step.agent_id ? { agent_id: step.agent_id } : {}),
      ...(step.delegation_id ? { delegation_id: step.delegation_id } : {}),
      ...(output ? { output_preview: run.previewer.text(output) } : {}),
      ...(error ? { error: run.previewer.text(error, 1000), error_type: 'tool_failed' } : {}),
      source_ref: `line ${event.line}`,
    },
    event.line,
    event.time,
  )
}
