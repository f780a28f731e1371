import { actionFault, eventRules } from '../approvals/event-rules.ts'
import { type Approvals, gatherApprovals } from '../approvals/gather.ts'
import { type Judgement, judgeSteps } from '../approvals/judge.ts'
import { ranDenied, replayed } from '../approvals/step-rules.ts'
import type { VerifyContext } from '../context.ts'
import { absent, type Failure, fail, type Outcome, pass, unknown } from '../outcome.ts'

/**
 * Whether the approvals of a record hold together, and whether a person is known to be behind each step that rests on
 * one (AR-APPR-020 to AR-APPR-039). Takes time in proportion to the record, but for sorting grants.
 */
export const checkApprovals = (context: VerifyContext): Outcome => {
  const approvals = gatherApprovals(context)
  const { events, signedDecisions, steps } = approvals
  const compared = signedDecisions.length
  for (const rule of eventRules) {
    const failure = rule(approvals)
    if (failure !== undefined) return fail(failure, Math.max(1, compared))
  }
  const judgements = judgeSteps(approvals)
  const failure = firstFailure(approvals, judgements)
  if (failure !== undefined) return fail(failure, Math.max(1, compared))
  const signed = events.find(({ isSigned }) => isSigned)
  if (steps.length === 0 && signed === undefined) return absent('no signed approval and no approved step')
  const claimed = judgements.find((each) => !each.isPersons)
  if (claimed !== undefined)
    return unknown({
      code: 'approvals.claimed',
      path: `${claimed.step.path}/approval`,
      detail: 'the record says that the step was approved; no trusted approver has signed that',
    })
  const timeless = judgements.find(({ isTimeUnknown }) => isTimeUnknown)
  if (timeless !== undefined)
    return unknown({
      code: 'approvals.time_unknown',
      path: `${timeless.step.path}/started_at`,
      detail: 'nothing says when the step began, so nobody knows whether its approval held by then',
    })
  if (compared === 0)
    return unknown({
      code: 'approvals.claimed',
      path: signed?.path ?? '',
      detail: 'an approval event is signed, and no decision is',
    })
  return pass(
    `${compared} signed ${compared === 1 ? 'decision holds' : 'decisions hold'}${orderText(judgements)}`,
    compared,
  )
}

/** In the order in which failures are looked for, from AR-APPR-036 on. */
const firstFailure = (approvals: Approvals, judgements: readonly Judgement[]): Failure | undefined => {
  const of = (code: string): Failure | undefined => judgements.find(({ failure }) => failure?.code === code)?.failure
  return (
    of('approvals.after_expiry') ??
    replayed(approvals) ??
    of('approvals.other_step') ??
    ranDenied(approvals, judgements) ??
    actionFault(approvals) ??
    of('approvals.revoked') ??
    of('approvals.order') ??
    of('approvals.grant_tool') ??
    of('approvals.grant_session') ??
    of('approvals.grant_expired')
  )
}

const orderText = (judgements: readonly Judgement[]): string => {
  const by = new Set(judgements.flatMap(({ orderBy }) => orderBy ?? []))
  if (by.size === 0) return ''
  if (by.size === 2) return ", in the order of the journal or, where it leaves that open, of the record's own times"
  return by.has('journal') ? ', in the order of the journal' : ", in the order of the record's own times"
}
