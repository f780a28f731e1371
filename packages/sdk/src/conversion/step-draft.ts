import type { ApprovalEvent, Step } from '@agent-run/types'

/** A step under construction, with what decides its place. */
export interface StepDraft {
  readonly step: Step
  /** Line (or entry) where it begins, and its place among the steps of that line. */
  readonly line: number
  readonly index: number
  /** Milliseconds; where its own time is unknown, the latest time before it. */
  begun: number
  /** The same for its end; undefined while it is open. */
  final: number | undefined
  finalLine: number
  /** What `addApproval` wrote down about it. */
  approvals?: ApprovalEvent[]
}

/** Steps in the order in which they became final, numbered (`seq`) in the order in which they started (AR-STEP-002). */
export function orderSteps(drafts: readonly StepDraft[]): Step[] {
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
