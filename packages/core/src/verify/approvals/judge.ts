import { objectOf, textOf } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import type { Failure } from '../outcome.ts'
import { type Approval, type Approvals, type ApprovedStep, type EventPlace, precedes } from './gather.ts'
import { type GrantPlace, type Grants, grantsOf, isForCall, isForSession } from './grants.ts'
import { type OrderInJournal, orderInJournal } from './order.ts'
import { isPersons } from './person.ts'

/** What is to be said of a step and the decision it rests on. */
export interface Judgement {
  readonly step: ApprovedStep
  /** Whether it rests on an event that speaks for it. */
  readonly isFounded: boolean
  readonly isPersons: boolean
  readonly failure?: Failure
  /** It cannot be said whether the decision held when the step began. */
  readonly isTimeUnknown?: boolean
  /** What told the order of decision and step. */
  readonly orderBy?: 'journal' | 'times'
}

/** Judges every step by the decision it rests on; each decision by itself (AR-APPR-027 to AR-APPR-039). */
export const judgeSteps = (approvals: Approvals): readonly Judgement[] => {
  const { context, steps, byId } = approvals
  const orderOf = steps.length === 0 ? () => undefined : orderInJournal(context)
  const grants = new Map<Approval, Candidates & { readonly index: Grants | undefined }>()
  const used = new Set<string>()
  return steps.map((step): Judgement => {
    const approval = byId.get(step.approvalId ?? '')
    if (approval === undefined || step.approvalId === undefined) return { step, isFounded: false, isPersons: false }
    if (!step.isAuto) {
      // A second step on one approval fails as such, whatever else is wrong with it.
      if (used.has(step.approvalId)) return { step, isFounded: true, isPersons: false }
      used.add(step.approvalId)
      return judgeApproved(approvals, approval, step, orderOf)
    }
    let known = grants.get(approval)
    if (known === undefined) {
      const given = approval.approved.filter(({ value }) => objectOf(value, 'grant') !== undefined)
      const counting = weigh(context, approval, given)
      const [first, ...others] = counting.events
      known = { ...counting, index: first && grantsOf(context, [first, ...others], approval) }
      grants.set(approval, known)
    }
    return { step, isPersons: known.isPersons, isFounded: true, ...judgeAuto(approvals, known.index, step) }
  })
}

/** The events that count of those that could carry a step. */
interface Candidates {
  readonly events: readonly EventPlace[]
  readonly isPersons: boolean
}

/** Those that a person signed; without any, those that are signed; without any, all. No other one helps or hides. */
const weigh = (context: VerifyContext, { roles }: Approval, events: readonly EventPlace[]): Candidates => {
  const persons = events.filter((event) => isPersons(context, roles, event))
  if (persons.length > 0) return { events: persons, isPersons: true }
  const signed = events.filter(({ isSigned }) => isSigned)
  return { events: signed.length > 0 ? signed : events, isPersons: false }
}

const judgeApproved = (
  approvals: Approvals,
  approval: Approval,
  step: ApprovedStep,
  orderOf: OrderInJournal,
): Judgement => {
  const own = approval.approved.filter(({ isCopied }) => !isCopied)
  const { events, isPersons } = weigh(approvals.context, approval, own)
  if (own.length === 0 && approval.approved.length > 0)
    return { step, isFounded: true, isPersons, failure: otherStep(step) }
  let failure: Failure | undefined
  let isTimeUnknown = false
  for (const event of events) {
    const order = orderOf(event, step)
    const revokedAt = approval.revokedAt(event)
    const fault = decisionFault(
      approvals,
      step,
      event,
      revokedAt !== undefined && precedes(revokedAt, step.startedAt),
      order,
    )
    if (fault !== undefined) failure ??= fault
    else if (needsTime(step) && (order === undefined || event.end !== undefined || revokedAt !== undefined))
      isTimeUnknown = true
    else return { step, isFounded: true, isPersons, orderBy: order === undefined ? 'times' : 'journal' }
  }
  if (isTimeUnknown) return { step, isFounded: true, isPersons, isTimeUnknown }
  return { step, isFounded: events.length > 0, isPersons, ...(failure && { failure }) }
}

/** What is wrong with a decision that a step rests on, by the order of the rules. */
const decisionFault = (
  { denials }: Approvals,
  step: ApprovedStep,
  { value, at, end }: EventPlace,
  isRevoked: boolean,
  order: ReturnType<OrderInJournal>,
): Failure | undefined => {
  if (precedes(end, step.startedAt)) return usedLate(step)
  const named = textOf(value, 'step_id')
  if (named !== undefined && named !== step.id) return otherStep(step)
  if (step.hasRun && denials.holdsAgainst(step.id, step.approvalId, at)) return deniedRan(step.path)
  if (isRevoked) return revoked(step)
  if (order === 'late' || (order === undefined && precedes(step.startedAt, at))) return tooEarly(step)
  return undefined
}

/** A step that rests on a grant. */
const judgeAuto = (
  { context, denials }: Approvals,
  grants: Grants | undefined,
  step: ApprovedStep,
): Pick<Judgement, 'failure' | 'isTimeUnknown'> => {
  if (grants === undefined) return { failure: otherTool(step) }
  // A denial is no matter of the single grant: it is looked at where it stands in the order of rules.
  const isDenied = step.hasRun && denials.holdsAgainst(step.id, step.approvalId, grants.lastGiven(step))
  if (isDenied) return { failure: deniedRan(step.path) }
  if (!grants.holds(step)) return { failure: grantFault(context, grants.first, step) }
  return needsTime(step) ? { isTimeUnknown: true } : {}
}

const grantFault = ({ run }: VerifyContext, place: GrantPlace, step: ApprovedStep): Failure => {
  if (precedes(place.revokedAt, step.startedAt)) return revoked(step)
  if (precedes(step.startedAt, place.event.at)) return tooEarly(step)
  if (!isForCall(place, step)) return otherTool(step)
  return isForSession(place, run) ? expired(step) : otherSession(step)
}

/** A step that ran at an unknown time; one that did not run needs none. */
const needsTime = ({ startedAt, hasRun }: ApprovedStep): boolean => startedAt === undefined && hasRun

const timeOf = ({ value }: ApprovedStep): string => textOf(value, 'started_at') ?? 'none'

const usedLate = (step: ApprovedStep): Failure => ({
  code: 'approvals.after_expiry',
  path: `${step.path}/started_at`,
  detail: 'a step began after its approval had expired',
  expected: 'a time not after expires_at of the approval',
  found: timeOf(step),
})

const otherStep = ({ path }: ApprovedStep): Failure => ({
  code: 'approvals.other_step',
  path: `${path}/approval/approval_id`,
  detail: 'the approval that the step names is about another step',
  expected: 'an approval of this step',
  found: 'one of another step',
})

/** A step that ran although a person had said no (AR-APPR-038). */
export const deniedRan = (path: string): Failure => ({
  code: 'approvals.denied_ran',
  path: `${path}/approval`,
  detail: 'the step ran, and a signed decision denies it',
  expected: 'a step that did not run, or a later approval under another approval_id',
  found: 'a step that may have run',
})

const revoked = ({ path }: ApprovedStep): Failure => ({
  code: 'approvals.revoked',
  path: `${path}/approval`,
  detail: 'the approval was revoked before the step began',
  expected: 'an approval that still holds',
  found: 'a revoked one',
})

const tooEarly = (step: ApprovedStep): Failure => ({
  code: 'approvals.order',
  path: `${step.path}/started_at`,
  detail: 'the step began before it was approved',
  expected: 'a time not before the decision',
  found: timeOf(step),
})

const otherTool = ({ path }: ApprovedStep): Failure => ({
  code: 'approvals.grant_tool',
  path: `${path}/approval/approval_id`,
  detail: 'the approval that the step names grants no call of this tool, server and definition',
  expected: 'a grant for the tool, server and definition of the step',
  found: 'none or one for another',
})

const otherSession = ({ path }: ApprovedStep): Failure => ({
  code: 'approvals.grant_session',
  path: `${path}/approval/approval_id`,
  detail: "the grant is for a session, and that is not known to be the run's",
  expected: 'a grant for the session of the run, or for good',
  found: 'one for another session',
})

const expired = ({ path }: ApprovedStep): Failure => ({
  code: 'approvals.grant_expired',
  path: `${path}/approval/approval_id`,
  detail: 'the grant had ended when the step began',
  expected: 'a grant that still holds',
  found: 'one that had ended',
})
