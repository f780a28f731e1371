import { textOf } from '../../semantics/object.ts'
import type { Failure } from '../outcome.ts'
import type { ApprovalRule } from './event-rules.ts'
import { type Approval, type Approvals, type ApprovedStep, precedes } from './gather.ts'
import { grantsOf } from './grants.ts'

/** The first step of which a test says true, with what it rests on; both exist. */
export const firstStep = (
  { steps, byId }: Approvals,
  test: (step: ApprovedStep, approval: Approval) => boolean,
): ApprovedStep | undefined =>
  steps.find((step) => {
    const approval = byId.get(step.approvalId ?? '')
    return approval !== undefined && test(step, approval)
  })

/** When a step began, as it says. */
export const timeOf = (step: ApprovedStep): string => textOf(step.value, 'started_at') ?? 'none'

/** A decision that was used after its own end (AR-APPR-027). */
export const usedLateRule: ApprovalRule = (approvals) => {
  const step = firstStep(
    approvals,
    ({ isAuto, startedAt }, { usableUntil }) => !isAuto && precedes(usableUntil, startedAt),
  )
  return (
    step && {
      code: 'approvals.after_expiry',
      path: `${step.path}/started_at`,
      detail: 'a step began after its approval had expired',
      expected: 'a time not after expires_at of the approval',
      found: timeOf(step),
    }
  )
}

/** One approval for two steps (AR-APPR-028). */
export const replayedRule: ApprovalRule = ({ steps, events }) => {
  const replayed = (path: string): Failure => ({
    code: 'approvals.replayed',
    path,
    detail: 'one approval approves two steps',
    expected: 'one step for one approval_id',
    found: 'a second one',
  })
  const used = new Set<string>()
  for (const { approvalId, path, isAuto } of steps) {
    if (isAuto || approvalId === undefined) continue
    if (used.has(approvalId)) return replayed(path)
    used.add(approvalId)
  }
  const named = new Map<string, string>()
  for (const { value, path, isCopied } of events) {
    const id = textOf(value, 'approval_id')
    const stepId = textOf(value, 'step_id')
    if (value.event !== 'approved' || isCopied || id === undefined || stepId === undefined) continue
    if ((named.get(id) ?? stepId) !== stepId) return replayed(path)
    named.set(id, stepId)
  }
  return undefined
}

/** A step whose approval is about another one: of this run, or of the run that a grant was copied from (AR-APPR-029). */
export const otherStepRule: ApprovalRule = (approvals) => {
  const step = firstStep(
    approvals,
    ({ id, isAuto }, { approved, namedSteps, namesNoStep }) =>
      !isAuto && approved.length > 0 && !namesNoStep && !namedSteps.has(id ?? ''),
  )
  return (
    step && {
      code: 'approvals.other_step',
      path: `${step.path}/approval/approval_id`,
      detail: 'the approval that the step names is about another step',
      expected: 'an approval of this step',
      found: 'one of another step',
    }
  )
}

/** An approval or grant that was taken back before its use (AR-APPR-031). */
export const revokedRule: ApprovalRule = (approvals) => {
  const step = firstStep(approvals, ({ startedAt }, { revokedAt }) => precedes(revokedAt, startedAt))
  return (
    step && {
      code: 'approvals.revoked',
      path: `${step.path}/approval`,
      detail: 'the approval was revoked before the step began',
      expected: 'an approval that still holds',
      found: 'a revoked one',
    }
  )
}

/** A step that rests on a grant for something else, or on what is no grant (AR-APPR-033). */
export const grantToolRule: ApprovalRule = (approvals) => {
  const grants = grantsOf(approvals)
  const step = firstStep(approvals, (each) => each.isAuto && !grants.covers(each))
  return (
    step && {
      code: 'approvals.grant_tool',
      path: `${step.path}/approval/approval_id`,
      detail: 'the approval that the step names grants no call of this tool, server and definition',
      expected: 'a grant for the tool, server and definition of the step',
      found: 'none or one for another',
    }
  )
}

/** A step that began after its grant had ended (AR-APPR-034). */
export const grantExpiredRule: ApprovalRule = (approvals) => {
  const grants = grantsOf(approvals)
  const step = firstStep(approvals, (each) => each.isAuto && precedes(grants.end(each), each.startedAt))
  return (
    step && {
      code: 'approvals.grant_expired',
      path: `${step.path}/approval/approval_id`,
      detail: 'the grant had ended when the step began',
      expected: 'a grant that still holds',
      found: 'one that had ended',
    }
  )
}
