import { type ApprovalRule, actionRule, eventRules } from '../approvals/event-rules.ts'
import { gatherApprovals } from '../approvals/gather.ts'
import { orderRule } from '../approvals/order.ts'
import { isByPerson } from '../approvals/person.ts'
import {
  grantExpiredRule,
  grantToolRule,
  otherStepRule,
  replayedRule,
  revokedRule,
  usedLateRule,
} from '../approvals/step-rules.ts'
import type { VerifyContext } from '../context.ts'
import { absent, fail, type Outcome, pass, unknown } from '../outcome.ts'

/** In the order in which failures are looked for (AR-APPR-020 to AR-APPR-034). */
const rules: readonly ApprovalRule[] = [
  ...eventRules,
  usedLateRule,
  replayedRule,
  otherStepRule,
  actionRule,
  revokedRule,
  orderRule,
  grantToolRule,
  grantExpiredRule,
]

/**
 * Whether the approvals of a record hold together, and whether a person is known to be behind each step that says
 * `approved` (AR-APPR-020 to AR-APPR-035). Takes time in proportion to
 * the record.
 */
export const checkApprovals = (context: VerifyContext): Outcome => {
  const approvals = gatherApprovals(context)
  const { events, signedDecisions, steps } = approvals
  for (const rule of rules) {
    const failure = rule(approvals)
    if (failure !== undefined) return fail(failure, Math.max(1, signedDecisions.length))
  }
  if (steps.length === 0 && !events.some(({ isSigned }) => isSigned))
    return absent('no signed approval and no approved step')
  const claimed = steps.find((step) => !step.isAuto && !isByPerson(approvals, step))
  if (claimed !== undefined)
    return unknown({
      code: 'approvals.claimed',
      path: `${claimed.path}/approval`,
      detail: 'the record says that the step was approved; no trusted approver has signed that',
    })
  if (signedDecisions.length === 0)
    return unknown({
      code: 'approvals.claimed',
      path:
        steps[0] === undefined ? (events.find(({ isSigned }) => isSigned)?.path ?? '') : `${steps[0].path}/approval`,
      detail: 'the record says that steps were approved; no decision is signed',
    })
  return pass(
    `${signedDecisions.length} signed ${signedDecisions.length === 1 ? 'decision holds' : 'decisions hold'}, in the order of ${context.journal === undefined ? "the record's own times" : 'the journal'}`,
    signedDecisions.length,
  )
}
