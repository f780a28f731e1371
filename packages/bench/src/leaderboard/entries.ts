import { documentHash, type Evaluation, evaluationOf, isSealed } from '@agent-run/core'
import type { AgentRun, BenchReport, BenchTrial } from '@agent-run/types'
import { measured } from '../report/totals.ts'

/** An evaluated run, from wherever it was read. */
export interface Entry {
  /** Names the record: the same run from two inputs counts once. Undefined: it left no record. */
  readonly record: string | undefined
  readonly evaluation: Evaluation
}

/**
 * The trials of a bench run. One that left no record counts too, for the agent that all the others name: a runtime that
 * breaks before it reports is not better for it. Durations are those that the bench measured.
 */
export const entriesOfReport = ({ trials }: BenchReport): readonly Entry[] => {
  const sole = (member: 'agent_id' | 'model' | 'runtime'): string | null => {
    const names = new Set(trials.filter(({ run_id }) => run_id !== undefined).map((trial) => trial[member] ?? null))
    const [name = null] = names
    return names.size === 1 ? name : null
  }
  const soles = { agent_id: sole('agent_id'), model: sole('model'), runtime: sole('runtime') }
  return trials.map((trial) => ({
    record: trial.record_hash ?? trial.document_hash,
    evaluation: evaluationOfTrial(trial, soles),
  }))
}

const evaluationOfTrial = (trial: BenchTrial, soles: Evaluation['groups']): Evaluation => {
  const { run_id, agent_id = null, model = null, runtime = null, task_id, pass, score, wall_ms } = trial
  return {
    groups: run_id === undefined ? soles : { agent_id, model, runtime },
    benchmarkId: task_id,
    pass,
    score,
    cost: measured(trial, 'cost_usd') ?? null,
    duration: wall_ms,
  }
}

/** A record with its own evaluation; undefined if it has none. */
export const entryOfRecord = (run: AgentRun): Entry | undefined => {
  const evaluation = evaluationOf(run)
  return evaluation && { record: isSealed(run) ? run.provenance.record_hash : documentHash(run), evaluation }
}
