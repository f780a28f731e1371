import type { AgentRun } from '@agent-run/types'
import type { Context } from './context.ts'
import { delegate, type Handoff, type HandoffResult, recordHandoffResult } from './delegation.ts'
import { readError } from './errors-of-calls.ts'
import type { Recorder } from './recorder.ts'
import type { RunStart } from './run-start.ts'

/** Work for a child run in this process. */
export interface ChildWork extends Handoff {
  /** What else is known of the child's run when it starts. */
  readonly start?: Partial<RunStart>
}

/**
 * Hands work to a child run in this process, ends that run, and records in the parent what came back: `failed` where the
 * child's run failed, even if its function returned.
 * @param child makes the recorder of the child run
 * @param execute does the work. What it throws is thrown on as it is
 */
export async function runHandoff<T>(
  context: Context,
  child: (start: RunStart) => Recorder,
  given: ChildWork,
  execute: (child: Recorder) => T | Promise<T>,
): Promise<T> {
  const { faults, log } = context
  const failed = 'the handoff cannot be recorded'
  const begun = faults.guard('recorder.event_failed', failed, () => {
    const { start, ...work } = { ...given }
    return { start: { ...start }, agent_id: work.agent_id, delegation: delegate(context, work) }
  })
  const { delegation } = begun ?? {}
  const recorder = child({
    ...begun?.start,
    agent_id: begun?.agent_id ?? 'unknown',
    ...(delegation === undefined ? {} : { delegation }),
  })
  const back = async (end: Parameters<Recorder['end']>[0], result: HandoffResult): Promise<void> => {
    await faults.guardLater('recorder.event_failed', 'the result of a handoff cannot be recorded', async () => {
      const record = await recorder.end(end)
      const hash = record.provenance.record_hash
      const known = { ...endOf(record), ...result, ...(hash === undefined ? {} : { child_record_hash: hash }) }
      if (delegation) recordHandoffResult(context, delegation, known)
    })
  }
  let result: T
  try {
    result = await execute(recorder)
  } catch (error) {
    const { exit_code: _, ...members } = readError(error, 'internal')
    await back(members, members).catch(() => undefined)
    throw error
  }
  await back({}, { output: result })
  await log.acknowledged()
  return result
}

const ends = {
  failed: 'failed',
  cancelled: 'cancelled',
  timeout: 'timeout',
  interrupted: 'interrupted',
  unknown: 'unknown',
} as const

/** What the end of a child's run says about the handoff. */
const endOf = ({ status, error, error_type }: AgentRun): Partial<HandoffResult> =>
  status in ends
    ? {
        status: ends[status as keyof typeof ends],
        ...(typeof error === 'string' ? { error } : {}),
        ...(typeof error_type === 'string' ? { error_type } : {}),
      }
    : {}
