import type { Instant } from '../../semantics/instant.ts'
import { type JsonObject, textOf } from '../../semantics/object.ts'
import type { ApprovalRule } from './event-rules.ts'
import { type Approval, type Approvals, type ApprovedStep, earliest, precedes } from './gather.ts'
import { firstStep, timeOf } from './step-rules.ts'

/**
 * A step that did not wait for its decision (AR-APPR-032). The lines of a journal stand in the order in which things happened; where
 * there is none, or it leaves the question open, the times of the record are compared: the producer's word.
 */
export const orderRule: ApprovalRule = (approvals) => {
  const orderOf = orderInJournal(approvals)
  // Only one step rests on an approval by now, so that looking through its events costs no more than the record is long.
  const step = firstStep(approvals, (each, approval) => {
    if (each.isAuto) return false
    const order = orderOf(each)
    return order === undefined ? precedes(each.startedAt, decidedAt(each, approval)) : order === 'late'
  })
  return (
    step && {
      code: 'approvals.order',
      path: `${step.path}/started_at`,
      detail: 'the step began before it was approved',
      expected: 'a time not before the decision',
      found: timeOf(step),
    }
  )
}

const decidedAt = ({ id }: ApprovedStep, { approved }: Approval): Instant | undefined => {
  const own = approved.filter(({ value, isCopied }) => !isCopied && (textOf(value, 'step_id') ?? id) === id)
  const signed = own.filter(({ isSigned }) => isSigned)
  return earliest((signed.length > 0 ? signed : own).map(({ at }) => at))
}

/** Where things stand in a journal, by line. */
interface Lines {
  readonly started: Map<string, number>
  readonly ended: Map<string, number>
  readonly approved: Map<string, number>
}

/**
 * What a journal says about a step and its decision: `early` if the decision stands before the step's beginning, `late` if it
 * stands after its end, `undefined` if neither line says so. A step.started may be written while the decision is waited for.
 */
const orderInJournal = ({ context, steps }: Approvals): ((step: ApprovedStep) => 'early' | 'late' | undefined) => {
  const lines = steps.length === 0 ? [] : (context.journal?.lines ?? [])
  const found: Lines = { started: new Map(), ended: new Map(), approved: new Map() }
  for (const { seq, type, data } of lines) {
    if (type === 'step.started') note(found.started, data, 'id', seq)
    else if (type === 'step.ended') note(found.ended, data, 'id', seq)
    else if (type === 'approval' && data.event === 'approved') note(found.approved, data, 'approval_id', seq)
  }
  return ({ id = '', approvalId = '' }) => {
    const decided = found.approved.get(approvalId)
    const started = found.started.get(id)
    const ended = found.ended.get(id)
    if (decided === undefined) return undefined
    if (ended !== undefined && ended < decided) return 'late'
    return started !== undefined && decided < started ? 'early' : undefined
  }
}

const note = (places: Map<string, number>, data: JsonObject, member: string, seq: number): void => {
  const key = textOf(data, member)
  if (key !== undefined && !places.has(key)) places.set(key, seq)
}
