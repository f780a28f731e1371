import type { RunFilter } from '@agent-run/core'
import type { AgentRun, ArtifactEntry, LeaderboardGroup, McpServerUse, RunSummary } from '@agent-run/types'
import type { AskedApproval } from './approval-calls.ts'
import type { Parameters } from './filters.ts'

/** Where runs are: files or a server. Both give the same answers. */
export interface Archive {
  runs(query: RunsQuery): Promise<FoundRuns>
  artifacts(query: ListQuery): Promise<Found<ArtifactEntry>>
  approvals(query: ListQuery): Promise<Found<AskedApproval>>
  mcpServers(query: ListQuery): Promise<Found<McpServerUse>>
  leaderboard(query: ListQuery & { readonly by: 'agent_id' | 'model' | 'runtime' }): Promise<Found<LeaderboardGroup>>
  /** What has to be said beside the answers, each a line; known once the last answer is there. */
  remarks(): readonly string[]
  /** Whether something could not be looked at, so that an answer may lack it. */
  isIncomplete(): boolean
}

/** A question with a list for an answer. */
export interface ListQuery {
  readonly parameters: Parameters
  /** Most items; `Infinity` for all. */
  readonly limit: number
}

/** The question for runs. */
export interface RunsQuery extends ListQuery {
  readonly filter: RunFilter
  /** Says of a run what made it match; wanted of the first ones. Absent: not wanted. */
  readonly explain?: (run: AgentRun) => readonly string[]
}

/** Of so many runs it is said what made them match. */
export const EXPLAINED = 20

/** The first items, and whether there are more: how many, where that is known. */
export interface Found<T> {
  readonly items: readonly T[]
  readonly more: number | 'some'
}

/** Runs, newest first. */
export interface FoundRuns extends Found<RunSummary> {
  /** With `side_effect=write`: how many further runs executed commands; counted to 1,000. */
  readonly alsoExecuted: number | undefined
  /** What made the first ones match, by their ids. */
  readonly evidence: ReadonlyMap<string, readonly string[]>
}
