import type { RunDescription } from './describe-run.ts'
import type { Fact } from './fact.ts'
import { sortInstant } from './sort-instant.ts'

/** What is asked of runs: all of it must hold. */
export interface RunFilter {
  readonly facts: readonly Pick<Fact, 'kind' | 'value'>[]
  /** Not before this instant, as {@link sortInstant} gives it. */
  readonly since?: string
  /** Before this instant, as {@link sortInstant} gives it. */
  readonly until?: string
}

/** Whether a run is one of those asked for. */
export const matchesRun = ({ summary, facts }: RunDescription, { facts: wanted, since, until }: RunFilter): boolean => {
  if (since !== undefined || until !== undefined) {
    const at = timeOf(summary)
    if (at === undefined || (since !== undefined && at < since) || (until !== undefined && at >= until)) return false
  }
  return wanted.every(({ kind, value }) => facts.some((fact) => fact.kind === kind && fact.value === value))
}

/** When a run took place for lists and filters: its start, or its reception where the start is unknown. */
export const timeOf = ({ started_at, received_at }: Timed): string | undefined => {
  const time = started_at ?? received_at
  return time === undefined ? undefined : sortInstant(time)
}

/** A run, or the summary of one. */
type Timed = Pick<RunDescription['summary'], 'started_at' | 'received_at'>
