import type { AgentRun, RelatedRun } from '@agent-run/types'
import { isKnown, unknownCost } from '../../conversion/cost.ts'
import { finishRun } from '../../conversion/finish-run.ts'
import type { ParentRun } from '../../conversion/lineage.ts'
import type { RunMembers } from '../../conversion/run-draft.ts'
import type { PriceList } from '../../prices/price-list.ts'
import { about } from './about.ts'
import { endingOf } from './ending.ts'
import type { Turn } from './turn.ts'

/** Where a turn stands among the others. */
export interface Surroundings {
  readonly digest: string | undefined
  readonly agentId: string
  /** Turn of the human that the work belongs to. */
  readonly turnId: string | undefined
  /** The run that delegated this one, and by which step. */
  readonly parent: ParentRun | undefined
  /** A sub-agent's run: who started it is known only by its parent. */
  readonly isSubAgent: boolean
  /** The source of the delegation says how the sub-agent ended. */
  readonly ended: 'completed' | 'failed' | 'background' | undefined
  readonly related: RelatedRun[]
  /** Answers that were counted before, in this run or another: one answer is counted once. */
  readonly counted: Set<string>
  readonly prices: PriceList | undefined
}

/** Makes the run of a turn. Nothing is added to the turn afterwards. */
export function assembleRun(turn: Turn, around: Surroundings): AgentRun {
  const ending = endingOf(turn, around.ended)
  const isKnownTime = turn.start !== undefined || turn.drafts.some(({ step }) => step.started_at || step.ended_at)
  closeDelegations(turn)
  settleCosts(turn, around.counted)
  linkFiles(turn)
  Object.assign(turn.members, membersOf(turn, around, ending.status))
  if (ending.status === 'interrupted' || ending.status === 'unknown') turn.end = undefined
  return finishRun(turn, {
    ...ending,
    parent: around.parent,
    about,
    formatVersion: turn.version,
    digest: around.digest,
    range: { unit: 'lines', first: turn.firstLine, last: turn.lastLine },
    // Where a model call or a thought begins is never written.
    times: isKnownTime ? 'mixed' : 'absent',
    prices: around.prices,
  })
}

function membersOf(turn: Turn, around: Surroundings, status: AgentRun['status']): RunMembers {
  const text = (value: string, length = 512): string => turn.previewer.text(value, length)
  const model = [...turn.modelCalls.values()].find(({ draft: { step } }) => step.model && !step.parent_step_id)
  const trigger = around.parent ? 'agent' : around.isSubAgent ? undefined : turn.trigger
  const version = turn.version === undefined ? undefined : text(turn.version)
  return {
    ...(turn.sessionId ? { session_id: text(turn.sessionId) } : {}),
    ...(around.turnId ? { turn_id: around.turnId } : {}),
    ...(around.related.length > 0 ? { related: around.related } : {}),
    agent_id: around.agentId,
    ...(version && around.agentId === 'claude-code' ? { agent_version: version } : {}),
    runtime: 'claude-code',
    ...(version ? { runtime_version: version } : {}),
    ...(model?.draft.step.model?.startsWith('claude') ? { provider: 'anthropic' } : {}),
    ...(turn.effort ? { model_config: { reasoning_effort: text(turn.effort, 64) } } : {}),
    ...(trigger ? { trigger } : {}),
    ...(turn.input ? { input_preview: turn.input } : {}),
    ...(turn.output && status === 'completed' ? { output_preview: turn.output } : {}),
    ...(turn.tools ? { tools_available: turn.tools.map((name) => text(name, 256)) } : {}),
    ...(turn.mode || turn.granted.length > 0
      ? {
          permissions: {
            ...(turn.mode ? { approval_mode: text(turn.mode, 64) } : {}),
            ...(turn.granted.length > 0 ? { granted: turn.granted.map((rule) => text(rule)) } : {}),
          },
        }
      : {}),
    ...(turn.cwd ? { scope: { root: text(turn.cwd, 1024) } } : {}),
    ...(turn.branch ? { git_branch: text(turn.branch) } : {}),
    ...(turn.checkpoints.length > 0
      ? { checkpoints: turn.checkpoints.map((point) => ({ ...point, ...(point.ref ? { ref: text(point.ref) } : {}) })) }
      : {}),
  }
}

/** Hand-overs without an answer, and those that started nothing: the failure is then the hand-over's own. */
function closeDelegations(turn: Turn): void {
  for (const { call, result, ended } of turn.delegations) {
    const { step } = call.draft
    if (step.child_run_id) continue
    if (!call.resolved) {
      // As open as any other call: what is known of the turn says what can be known of it.
      delete step.status
      delete step.duration_ms
      call.draft.final = undefined
    } else if (ended === 'failed' && result && !turn.drafts.some((draft) => draft.step.parent_step_id === step.id)) {
      step.status = 'failed'
      for (const member of ['error', 'error_type', 'output_preview'] as const) {
        if (result.step[member] !== undefined) Object.assign(step, { [member]: result.step[member] })
      }
      turn.remove(result)
    }
  }
}

/**
 * Puts the cost of each answer on its step, once. An answer was counted before if its session holds it already, or if
 * another holds a copy of its very line: ids of answers alone may be equal by chance in unrelated sessions.
 */
function settleCosts(turn: Turn, counted: Set<string>): void {
  for (const { draft, cost, lineUuid } of turn.modelCalls.values()) {
    const answer = draft.step.response_id
    const names =
      answer === undefined
        ? []
        : [`answer ${answer.length} ${answer} ${turn.sessionId}`, ...(lineUuid ? [`line ${lineUuid}`] : [])]
    const again = names.some((name) => counted.has(name))
    if (isKnown(cost)) for (const name of names) counted.add(name)
    draft.step.cost = again && isKnown(cost) ? { ...unknownCost } : cost
  }
}

/** Every call that wrote a file names its artifact. */
function linkFiles(turn: Turn): void {
  for (const [index, artifact] of [...turn.artifacts.values()].entries()) artifact.id = `file-${index + 1}`
  for (const { draft, use } of turn.calls) {
    const id = use.file && turn.artifacts.get(use.file.name)?.id
    const { step } = draft
    if (!id || step.status !== 'succeeded') continue
    step.artifact_ids = [id]
    const effect = step.side_effects?.[0]
    if (!effect) continue
    effect.artifact_id = id
    // The client keeps copies of the files from before the prompt.
    if (turn.checkpoints.length > 0) effect.reversible = 'full'
  }
}
