import { runHash, stepLeaf } from '@agent-run/core'
import type { AgentRun, Artifact, Cost, ParentRef, RelatedRun, Step } from '@agent-run/types'
import { addCosts, isKnown, unknownCost } from '../../conversion/cost.ts'
import type { Previewer } from '../../preview/index.ts'
import { adapter, adapterVersion, format } from './about.ts'
import type { StepDraft, Turn } from './turn.ts'

/** Where a turn stands among the others. */
export interface Surroundings {
  readonly digest: string | undefined
  readonly agentId: string
  /** Turn of the human that the work belongs to. */
  readonly turnId: string | undefined
  /** The run that delegated this one, and by which step. */
  readonly parent: { readonly run: AgentRun; readonly handoff: Step } | undefined
  /** A sub-agent's run: who started it is known only by its parent. */
  readonly isSubAgent: boolean
  /** The source of the delegation says how the sub-agent ended. */
  readonly ended: 'completed' | 'failed' | 'background' | undefined
  readonly related: RelatedRun[]
  readonly previewer: Previewer
  /** Answers that were counted before, in this run or another: one answer is counted once. */
  readonly counted: Set<string>
}

/** Makes the run of a turn. Nothing is added to the turn afterwards. */
export function assembleRun(turn: Turn, around: Surroundings): AgentRun {
  const text = (value: string, length = 512): string => around.previewer.text(value, length)
  const ending = endingOf(turn, around)
  closeCalls(turn, ending.status)
  const cost = settleCosts(turn, around.counted)
  const steps = orderSteps(turn.drafts)
  const start = startOf(turn)
  const end =
    ending.end !== undefined && (start === undefined || ending.end >= start) ? new Date(ending.end).toISOString() : null
  const model = modelOf(steps)
  const run: AgentRun = {
    id: turn.id,
    spec_version: '1.0',
    ...(turn.sessionId ? { session_id: text(turn.sessionId) } : {}),
    ...(around.turnId ? { turn_id: around.turnId } : {}),
    ...(around.parent ? { parent_run_id: around.parent.run.id } : {}),
    ...(around.related.length > 0 ? { related: around.related } : {}),
    agent_id: around.agentId,
    ...(turn.version && around.agentId === 'claude-code' ? { agent_version: text(turn.version) } : {}),
    runtime: 'claude-code',
    ...(turn.version ? { runtime_version: text(turn.version) } : {}),
    ...(model ? { model } : {}),
    ...(model?.startsWith('claude') ? { provider: 'anthropic' } : {}),
    ...(turn.effort ? { model_config: { reasoning_effort: text(turn.effort, 64) } } : {}),
    status: ending.status,
    ...(triggerOf(turn, around) ? { trigger: triggerOf(turn, around)! } : {}),
    started_at: start === undefined ? null : new Date(start).toISOString(),
    ended_at: end,
    ...(end !== null && start !== undefined ? { duration_ms: Date.parse(end) - start } : {}),
    ...(ending.error ? { error: ending.error } : {}),
    ...(ending.errorType ? { error_type: ending.errorType } : {}),
    ...(turn.input ? { input_preview: turn.input } : {}),
    ...(turn.output && ending.status === 'completed' ? { output_preview: turn.output } : {}),
    ...(turn.tools ? { tools_available: turn.tools.map((name) => text(name, 256)) } : {}),
    ...permissionsOf(turn, text),
    ...(turn.cwd ? { scope: { root: text(turn.cwd, 1024) } } : {}),
    ...(turn.branch ? { git_branch: text(turn.branch) } : {}),
    steps,
    ...listOf('approvals', turn.approvals.map((event) => ({ ...event, run_id: turn.id })).sort(byTime)),
    ...listOf('policy_decisions', [...turn.decisions].sort(byTime)),
    ...listOf('artifacts', artifactsOf(turn, steps, text)),
    ...listOf(
      'checkpoints',
      turn.checkpoints.map((point) => ({ ...point, ...(point.ref ? { ref: text(point.ref) } : {}) })),
    ),
    cost,
    provenance: { run_hash: '' },
    source: {
      format,
      ...(turn.version ? { format_version: text(turn.version) } : {}),
      adapter,
      adapter_version: adapterVersion,
      ...(around.digest ? { digest: around.digest } : {}),
      range: { unit: 'lines', first: turn.firstLine, last: turn.lastLine },
      times: timesOf(start, steps),
    },
  }
  run.provenance = { run_hash: runHash(run), ...lineageOf(around.parent) }
  return run
}

const listOf = <Name extends string, Item>(name: Name, items: readonly Item[]): { [K in Name]?: Item[] } =>
  items.length > 0 ? ({ [name]: items } as { [K in Name]?: Item[] }) : {}

const byTime = (a: { readonly at: string }, b: { readonly at: string }): number => Date.parse(a.at) - Date.parse(b.at)

/** How the turn ended. What the source does not show is `unknown`, never guessed to have gone well. */
function endingOf(
  turn: Turn,
  around: Surroundings,
): {
  status: AgentRun['status']
  end: number | undefined
  error?: string
  errorType?: NonNullable<AgentRun['error_type']>
} {
  const lastStep = lastEnd(turn)
  const end = turn.end?.ms
  if (turn.interrupted) return { status: 'cancelled', end, error: 'interrupted by the user', errorType: 'cancelled' }
  if (turn.failure)
    return { status: 'failed', end: end ?? lastStep, error: turn.failure.error, errorType: turn.failure.type }
  const open = turn.calls.some(({ resolved, use }) => !resolved && use.stepType !== 'handoff')
  if (turn.phase === 'ended')
    return {
      status: 'completed',
      end: end === undefined || lastStep === undefined ? (end ?? lastStep) : Math.max(end, lastStep),
    }
  if (around.ended === 'failed')
    return { status: 'failed', end: lastStep, error: 'the delegation failed', errorType: 'tool_failed' }
  if (turn.phase === 'answered' && !open && (turn.stopped || turn.yielded || around.ended === 'completed'))
    return { status: 'completed', end: lastStep }
  if (around.ended === 'completed' && !open) return { status: 'completed', end: lastStep }
  if (turn.superseded || turn.yielded) return { status: 'interrupted', end: undefined, errorType: 'interrupted' }
  return { status: 'unknown', end: undefined }
}

function lastEnd(turn: Turn): number | undefined {
  let last: number | undefined
  for (const { step } of turn.drafts) {
    const end = step.ended_at ? Date.parse(step.ended_at) : undefined
    if (end !== undefined && (last === undefined || end > last)) last = end
  }
  return last
}

/** Calls without a result: what is known of the turn says what can be known of them. */
function closeCalls(turn: Turn, status: AgentRun['status']): void {
  for (const call of turn.calls) {
    if (call.resolved) continue
    const { step } = call.draft
    const delegation = turn.delegations.find((candidate) => candidate.call === call)
    if (delegation && step.child_run_id) continue
    step.status = status === 'unknown' ? 'unknown' : 'interrupted'
    step.ended_at = null
    delete step.duration_ms
    for (const effect of step.side_effects ?? []) effect.basis = 'declared'
    call.draft.final = Number.POSITIVE_INFINITY
    call.draft.finalLine = Number.POSITIVE_INFINITY
  }
  for (const { call, result, ended } of turn.delegations) {
    const { step } = call.draft
    // Nothing was started: the failure is the hand-over's own.
    if (
      ended !== 'failed' ||
      !result ||
      step.child_run_id ||
      turn.drafts.some((draft) => draft.step.parent_step_id === step.id)
    )
      continue
    step.status = 'failed'
    for (const member of ['error', 'error_type', 'output_preview'] as const) {
      if (result.step[member] !== undefined) Object.assign(step, { [member]: result.step[member] })
    }
    turn.remove(result)
  }
}

/**
 * Puts the cost of each answer on its step, once, and adds them up. An answer was counted before if its session holds it
 * already, or if another holds a copy of its very line: ids of answers alone may be equal by chance in unrelated sessions.
 */
function settleCosts(turn: Turn, counted: Set<string>): Cost {
  const costs: Cost[] = []
  for (const { draft, cost, lineUuid } of turn.modelCalls.values()) {
    const answer = draft.step.response_id
    const names =
      answer === undefined
        ? []
        : [JSON.stringify([turn.sessionId, answer]), ...(lineUuid ? [JSON.stringify([lineUuid])] : [])]
    const again = names.some((name) => counted.has(name))
    if (isKnown(cost)) for (const name of names) counted.add(name)
    draft.step.cost = again && isKnown(cost) ? { ...unknownCost } : cost
    costs.push(draft.step.cost)
  }
  return addCosts(costs)
}

/** Steps in the order in which they became final, numbered in the order in which they started. */
function orderSteps(drafts: readonly StepDraft[]): Step[] {
  const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)
  const started = [...drafts].sort((a, b) => compare(a.begun, b.begun) || a.line - b.line || a.index - b.index)
  for (const [seq, { step }] of started.entries()) step.seq = seq
  return [...drafts]
    .sort(
      (a, b) =>
        compare(a.final ?? Number.POSITIVE_INFINITY, b.final ?? Number.POSITIVE_INFINITY) ||
        compare(a.finalLine, b.finalLine) ||
        a.index - b.index,
    )
    .map(({ step }) => arrange(step))
}

/** The members of a step in the order in which a reader looks for them. */
function arrange(step: Step): Step {
  const { id, type, seq, status, started_at, ended_at, duration_ms, ...rest } = step
  return {
    id,
    type,
    ...(seq === undefined ? {} : { seq }),
    ...(status === undefined ? {} : { status }),
    started_at,
    ended_at: ended_at ?? null,
    ...(duration_ms === undefined ? {} : { duration_ms }),
    ...rest,
  }
}

/** A step cannot start before its run: where times disagree, the earliest counts. */
function startOf(turn: Turn): number | undefined {
  let start = turn.start?.ms
  for (const { step } of turn.drafts) {
    const begun = step.started_at === null ? undefined : Date.parse(step.started_at)
    if (begun !== undefined && (start === undefined || begun < start)) start = begun
  }
  return start
}

/** The model that was asked first: a later one is on its own steps. */
function modelOf(steps: readonly Step[]): string | undefined {
  return steps.find(
    (step) => step.type === 'model_call' && step.model !== undefined && step.parent_step_id === undefined,
  )?.model
}

function triggerOf(turn: Turn, around: Surroundings): AgentRun['trigger'] | undefined {
  if (around.parent) return 'agent'
  return around.isSubAgent ? undefined : turn.trigger
}

function permissionsOf(turn: Turn, text: (value: string, length?: number) => string): Pick<AgentRun, 'permissions'> {
  if (!turn.mode && turn.granted.length === 0) return {}
  return {
    permissions: {
      ...(turn.mode ? { approval_mode: text(turn.mode, 64) } : {}),
      ...(turn.granted.length > 0 ? { granted: turn.granted.map((rule) => text(rule)) } : {}),
    },
  }
}

function artifactsOf(turn: Turn, steps: readonly Step[], text: (value: string) => string): Artifact[] {
  const artifacts: Artifact[] = []
  const ids = new Map<string, string>()
  for (const file of turn.files.values()) {
    const id = `file-${artifacts.length + 1}`
    ids.set(file.name, id)
    artifacts.push({
      id,
      name: text(file.name),
      kind: 'file',
      action: file.created ? 'created' : 'modified',
      step_id: file.stepId,
      ...(file.content ? { content: file.content } : {}),
    })
  }
  const byId = new Map(steps.map((step) => [step.id, step]))
  for (const { draft, use } of turn.calls) {
    const id = use.file && ids.get(use.file.name)
    const step = byId.get(draft.step.id)
    if (!id || step?.status !== 'succeeded') continue
    step.artifact_ids = [id]
    const effect = step.side_effects?.[0]
    if (!effect) continue
    effect.artifact_id = id
    // The client keeps copies of the files from before the prompt.
    if (turn.checkpoints.length > 0) effect.reversible = 'full'
  }
  return artifacts
}

function timesOf(start: number | undefined, steps: readonly Step[]): 'mixed' | 'absent' {
  return start === undefined && steps.every((step) => step.started_at === null && !step.ended_at) ? 'absent' : 'mixed'
}

/** The checkable link to the parent, and what 0.1 readers look for. */
function lineageOf(parent: Surroundings['parent']): {
  parents?: ParentRef[]
  parent_run_hash?: string
  lineage?: string[]
} {
  if (!parent) return {}
  const { run, handoff } = parent
  return {
    parents: [
      {
        run_id: run.id,
        ...(handoff.delegation_id ? { delegation_id: handoff.delegation_id } : {}),
        handoff_leaf: stepLeaf(handoff),
      },
    ],
    parent_run_hash: run.provenance.run_hash,
    lineage: [...(run.provenance.lineage ?? []), run.provenance.run_hash].slice(-32),
  }
}
