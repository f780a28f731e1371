import { canonicalize } from '@agent-run/core'
import type { RunSummary } from '@agent-run/types'
import type { EventType, NewEvent } from '../store/store.ts'

/** What subscribers are told of a run: its summary, as it is now (schemas/run-event.json). */
export const runEvent = (type: EventType, summary: RunSummary): NewEvent => runEvents([type], summary)[0] as NewEvent

/** Several events with the same summary. Their data is canonical JSON: `run` before `run_id` before `type`. */
export const runEvents = (types: readonly EventType[], summary: RunSummary): readonly NewEvent[] => {
  const head = `{"run":${canonicalize(summary)},"run_id":${canonicalize(summary.id)},"type":"`
  return types.map((type) => ({ type, runId: summary.id, data: Buffer.from(`${head}${type}"}`) }))
}

const TERMINAL: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'])

/** Whether a run with this status is over (AR-HTTP-061). */
export const isTerminal = (status: string): boolean => TERMINAL.has(status)
