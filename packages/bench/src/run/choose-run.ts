import { canonicalize, isSealed } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { RefusedArrival, TrialRecord } from '../trial.ts'

/** What the records of a trial have to fit. */
export interface Expected {
  readonly taskId: string
  /** When the runtime was started and when it was over: RFC 3339, UTC. */
  readonly startedAt: string
  readonly endedAt: string
  /** Whether another trial of this bench run has handed over a run of this id. */
  readonly isTaken: (runId: string) => boolean
}

/** The run that is judged, those that belong to it, and what was passed over. */
export interface ChosenRuns {
  readonly root: TrialRecord | undefined
  readonly related: readonly TrialRecord[]
  readonly refused: readonly RefusedArrival[]
}

/** Milliseconds that the clock of a runtime may differ by. */
const SLACK = 60_000

/**
 * Finds the run of a trial among the records that arrived: the one that names the task, or the only one that has no
 * parent among them. Two that could be it are none: nobody may hand over several and be judged by the best.
 */
export const chooseRun = (records: readonly TrialRecord[], expected: Expected): ChosenRuns => {
  const refused: RefusedArrival[] = []
  const passOver = (each: TrialRecord, reason: string): void =>
    void refused.push({ via: each.via, name: idOf(each), reason })
  const own = records.filter((each) => {
    const reason = strange(runOf(each), expected)
    if (reason !== undefined) passOver(each, reason)
    return reason === undefined
  })
  const runs: TrialRecord[] = []
  for (const versions of groupById(own)) {
    const best = versions.toSorted(byWorth)[0] as TrialRecord
    const other = versions.find((each) => isSealed(runOf(each)) && isOtherThan(runOf(each), runOf(best)))
    if (isSealed(runOf(best)) && other !== undefined) passOver(best, 'two sealed records of one run')
    else runs.push(withJournal(best, versions))
  }
  const ids = new Set(runs.map(idOf))
  const roots = runs.filter((each) => !parentsOf(runOf(each)).some((id) => ids.has(id) && id !== idOf(each)))
  const naming = roots.filter((each) => runOf(each).task_id === expected.taskId)
  const [root, second] = naming.length > 0 ? naming : roots
  if (root !== undefined && second === undefined)
    return { root, related: runs.filter((each) => each !== root), refused }
  for (const each of naming.length > 0 ? naming : roots) passOver(each, 'several runs could be the one of this task')
  return { root: undefined, related: runs, refused }
}

const runOf = ({ valid }: TrialRecord): AgentRun => valid.value
const idOf = (record: TrialRecord): string => runOf(record).id

/** The journal of a run may have come another way than its record. */
const withJournal = (best: TrialRecord, versions: readonly TrialRecord[]): TrialRecord => {
  const journal = best.journal ?? versions.find((each) => each.journal !== undefined)?.journal
  return journal === undefined ? best : { ...best, journal }
}

/** Why a record cannot be one of this trial. */
const strange = (run: AgentRun, { taskId, startedAt, endedAt, isTaken }: Expected): string | undefined => {
  if (isTaken(run.id)) return 'another trial has handed over a run of this id'
  if (run.task_id != null && run.task_id !== taskId) return 'it names another task'
  const began = Date.parse(run.started_at ?? '')
  if (began < Date.parse(startedAt) - SLACK) return 'it began before the trial'
  if (began > Date.parse(endedAt) + SLACK) return 'it began after the trial'
  return undefined
}

const parentsOf = ({ parent_run_id, provenance }: AgentRun): readonly string[] => [
  ...(typeof parent_run_id === 'string' ? [parent_run_id] : []),
  ...(provenance.parents ?? []).flatMap(({ run_id }) => (typeof run_id === 'string' ? [run_id] : [])),
]

const groupById = (records: readonly TrialRecord[]): Iterable<readonly TrialRecord[]> => {
  const groups = new Map<string, TrialRecord[]>()
  for (const each of records) groups.set(idOf(each), [...(groups.get(idOf(each)) ?? []), each])
  return groups.values()
}

/** Sealed before unsealed, whole before folded, over before going on, as it was sent before as it was written. */
const byWorth = (one: TrialRecord, other: TrialRecord): number => worth(other) - worth(one)

const worth = (record: TrialRecord): number =>
  (isSealed(runOf(record)) ? 8 : 0) +
  (record.folded ? 0 : 4) +
  (runOf(record).ended_at == null ? 0 : 2) +
  (record.via === 'server' ? 1 : 0)

/** Its eval aside, which its seal does not cover. */
const isOtherThan = ({ eval: _, ...one }: AgentRun, { eval: __, ...other }: AgentRun): boolean =>
  canonicalize(one) !== canonicalize(other)
