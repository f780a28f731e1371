import type { AgentRun, RunSummary } from '@agent-run/types'
import type { Level } from '../verify/index.ts'
import { type Take, takeApproval, takeArtifact, takeDecision, takeStep } from './describe-step.ts'
import { type Fact, type FactKind, factValue } from './fact.ts'
import { createEffectCount, summarize } from './summarize.ts'

/** What lists and filters know of a run. */
export interface RunDescription {
  readonly summary: RunSummary
  /** Each once. */
  readonly facts: readonly Fact[]
}

/** What somebody else has found out about a run. */
export interface Given {
  /** Level that the verifier gave; without it `recorded`, which every valid record reaches. */
  readonly level?: Level
  /** Whether a journal still feeds the run. */
  readonly live?: boolean
}

/**
 * The summary and the facts of a run, in one pass over it.
 * @param run a valid record
 */
export const describeRun = (run: AgentRun, given: Given = {}): RunDescription => {
  const { level = 'recorded', live = false } = given
  const facts = new FactList()
  const take = facts.take
  takeHead(run, take)
  take('level', level)
  const effects = createEffectCount()
  for (let index = 0; index < run.steps.length; index++) {
    const step = run.steps[index]!
    facts.step = index
    takeStep(step, take)
    effects.add(step)
  }
  facts.step = undefined
  for (const event of run.approvals ?? []) takeApproval(event, take)
  for (const decision of run.policy_decisions ?? []) takeDecision(decision, take)
  for (const artifact of run.artifacts ?? []) takeArtifact(artifact, take)
  if (endedWrong(run)) take('has_error', 'true')
  // A run that goes on may still fail.
  if (!live && !facts.has('has_error', 'true')) take('has_error', 'false')
  return { summary: summarize(run, { level, live, effects: effects.counts() }), facts: facts.list }
}

const endedWrong = ({ status, error, error_type }: AgentRun): boolean =>
  status === 'failed' || status === 'timeout' || typeof error === 'string' || typeof error_type === 'string'

const takeHead = (run: AgentRun, take: Take): void => {
  const { inventory, provenance } = run
  const takeText = (kind: FactKind, value: string | null | undefined): void => {
    if (typeof value === 'string') take(kind, value)
  }
  take('agent_id', run.agent_id)
  take('status', run.status)
  takeText('outcome', run.outcome)
  takeText('task_id', run.task_id)
  takeText('session_id', run.session_id)
  takeText('turn_id', run.turn_id)
  takeText('parent_run_id', run.parent_run_id)
  for (const tag of run.tags ?? []) take('tag', tag)
  takeText('model', run.model)
  take('run_hash', provenance.run_hash)
  takeText('record_hash', provenance.record_hash)
  for (const { name } of inventory?.mcp_servers ?? []) take('mcp_mounted', name)
  for (const { mcp_server } of inventory?.tools ?? []) takeText('mcp_mounted', mcp_server)
  takeText('benchmark_id', run.eval?.benchmark_id)
  takeText('repository', run.scope?.repository)
  for (const { relation, run_id } of run.related ?? []) if (relation === 'baseline') take('baseline', run_id)
}

/** Facts, each once, with the first step it rests on. */
class FactList {
  readonly list: Fact[] = []
  /** The step that is being described. */
  step: number | undefined
  readonly #known = new Map<FactKind, Set<string>>()

  readonly take: Take = (kind, value) => {
    let known = this.#known.get(kind)
    if (known === undefined) {
      known = new Set()
      this.#known.set(kind, known)
    } else if (known.has(value)) return
    known.add(value)
    const fact = { kind, value: factValue(value) }
    this.list.push(this.step === undefined ? fact : { ...fact, step: this.step })
  }

  has(kind: FactKind, value: string): boolean {
    return this.#known.get(kind)?.has(value) === true
  }
}
