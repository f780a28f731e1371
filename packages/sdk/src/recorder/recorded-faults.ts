import type { Context } from './context.ts'
import { updateRun } from './update-run.ts'

/**
 * Writes into the run how often each fault of the recorder has occurred (`provenance.metadata.recorder_faults`), unless it
 * says so already: a record that may miss something says it.
 */
export function noteFaults(context: Context): void {
  const { faults, state } = context
  const { metadata } = state.run.provenance
  if (faults.counts.size === 0) return
  const recorder_faults = Object.fromEntries([...faults.counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  if (JSON.stringify(recorder_faults) === JSON.stringify(metadata?.recorder_faults)) return
  updateRun(context, {}, { metadata: { ...metadata, recorder_faults } })
}

/**
 * Notes faults as they come, so that they survive the process: the first of its kind, and then whenever their number has
 * doubled, as a fault that comes with every step must not double the journal. Counts are exact when a run ends or is let go.
 */
export function keepFaults(context: Context): void {
  let isNoting = false
  const note = (): void => {
    if (isNoting || context.state.ended) return
    isNoting = true
    try {
      noteFaults(context)
    } catch {
      // Strict: the fault that is being noted is thrown itself.
    } finally {
      isNoting = false
    }
  }
  note()
  context.faults.watch((count) => {
    if (Number.isInteger(Math.log2(count))) note()
  })
}
