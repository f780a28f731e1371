import type { RunSummary } from '@agent-run/types'
import { isTerminal, runEvent } from '../receive/run-event.ts'
import type { NewEvent } from '../store/store.ts'

/**
 * The events of a change: that the run is new or has changed, and once, when its status becomes a terminal one, that it
 * has completed (AR-HTTP-061).
 * @param before status before the change; undefined of a new run
 */
export const eventsOfChange = (before: RunSummary['status'] | undefined, summary: RunSummary): readonly NewEvent[] => {
  const completed = isTerminal(summary.status) && (before === undefined || !isTerminal(before))
  if (before === undefined)
    return [runEvent('run.created', summary), ...(completed ? [runEvent('run.completed', summary)] : [])]
  return [runEvent(completed ? 'run.completed' : 'run.updated', summary)]
}
