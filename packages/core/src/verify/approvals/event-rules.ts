import { actionHash, checkSignature, isDecision, signedDecisionMembers } from '../../seal/index.ts'
import { compareInstants } from '../../semantics/instant.ts'
import { isGiven, textOf } from '../../semantics/object.ts'
import type { Failure } from '../outcome.ts'
import { type Approval, type Approvals, type EventPlace, precedes } from './gather.ts'

/** Looks for the first thing of one sort that is wrong, in the order of the document. */
export type ApprovalRule = (approvals: Approvals) => Failure | undefined

/** Rules about the events themselves, in the order in which they are looked at (AR-APPR-020 to AR-APPR-027). */
export const eventRules: readonly ApprovalRule[] = [
  ({ context, signedDecisions }) => {
    if (signedDecisions.length === 0 || isGiven(context.provenance, 'nonce')) return undefined
    return {
      code: 'approvals.no_nonce',
      path: '/provenance/nonce',
      detail: 'a signed decision could be replayed: the record has no nonce',
      expected: 'a nonce in a record with signed decisions',
      found: 'none',
    }
  },
  ({ signedDecisions }) => {
    for (const { value, path } of signedDecisions) {
      const missing = signedDecisionMembers.find((member) => !isGiven(value, member))
      if (missing !== undefined)
        return {
          code: 'approvals.incomplete',
          path: `${path}/${missing}`,
          detail: `a signed decision has no ${missing}`,
          expected: `${missing} in a signed decision`,
          found: 'none',
        }
    }
    return undefined
  },
  ({ events }) => {
    const stripped = events.find(({ value, isSigned }) => isGiven(value, 'signed_by') && !isSigned)
    return stripped === undefined
      ? undefined
      : {
          code: 'approvals.stripped',
          path: `${stripped.path}/signature`,
          detail: 'an approval event names a key, and its signature is gone',
          expected: 'a signature beside signed_by',
          found: 'none',
        }
  },
  ({ events }) => {
    const wrong = events.find(({ value, isSigned }) => isSigned && checkSignature('approval', value) !== 'pass')
    return wrong === undefined
      ? undefined
      : {
          code: 'approvals.signature',
          path: `${wrong.path}/signature`,
          detail: 'an approval event is not what its key signed',
          expected: 'the signature of signed_by over this event',
          found: 'another one',
        }
  },
  ({ context, events }) => {
    const id = textOf(context.run, 'id')
    const foreign = events.find(
      ({ value, isSigned, isCopied }) => isSigned && !isCopied && isGiven(value, 'run_id') && value.run_id !== id,
    )
    return foreign === undefined
      ? undefined
      : {
          code: 'approvals.other_run',
          path: `${foreign.path}/run_id`,
          detail: 'a signed approval event belongs to another run',
          expected: "the run's id",
          found: "another run's",
        }
  },
  ({ signedDecisions, byId }) => {
    for (const { value, path, isCopied } of signedDecisions) {
      const hashes = byId.get(textOf(value, 'approval_id') ?? '')?.requestEnds
      if (isCopied || hashes?.has(textOf(value, 'request_hash') ?? '')) continue
      const [only] = hashes?.size === 1 ? hashes.keys() : []
      return {
        code: 'approvals.request',
        path: `${path}/request_hash`,
        detail: 'a signed decision answers another request than the one in the record',
        expected: only ?? 'the hash of the event requested under the same approval_id',
        found: textOf(value, 'request_hash') ?? 'none',
      }
    }
    return undefined
  },
  ({ byId }) => {
    let first: Contradiction | undefined
    for (const approval of byId.values()) {
      for (const each of [opposed(approval), reopened(approval)])
        if (each !== undefined && (first === undefined || each.event.index < first.event.index)) first = each
    }
    return (
      first && {
        code: 'approvals.contradiction',
        path: first.event.path,
        detail: first.detail,
        expected: 'one decision under one approval_id',
        found: 'another one',
      }
    )
  },
  ({ events, byId }) => {
    const late = events.find((event) => isLate(event, byId))
    return late === undefined
      ? undefined
      : {
          code: 'approvals.after_expiry',
          path: `${late.path}/at`,
          detail: 'a decision came after it could still be made',
          expected: 'a time not after expires_at of the request or the decision',
          found: textOf(late.value, 'at') ?? 'none',
        }
  },
]

/** Whether a decision came after the end of its request, or its own. The request of a copied grant is not here. */
const isLate = ({ value, at, end, isCopied }: EventPlace, byId: Approvals['byId']): boolean => {
  if (!isDecision(value)) return false
  const approval = byId.get(textOf(value, 'approval_id') ?? '')
  const request = textOf(value, 'request_hash')
  const requestEnd =
    request !== undefined && approval?.requestEnds.has(request)
      ? approval.requestEnds.get(request)
      : approval?.lastRequestEnd
  return (!isCopied && precedes(requestEnd, at)) || precedes(end, at)
}

/** An event that contradicts another one of its approval. */
interface Contradiction {
  readonly event: EventPlace
  readonly detail: string
}

/** Approved and denied: the first event that decides otherwise than the first one. */
const opposed = ({ decided }: Approval): Contradiction | undefined => {
  const event = decided.find(({ value }) => value.event !== decided[0]!.value.event)
  return event && { event, detail: 'one approval is approved and denied' }
}

/** Approved after the request had been withdrawn or had expired; of events at one time, the order of the document counts. */
const reopened = ({ approved, closed }: Approval): Contradiction | undefined => {
  if (closed.length === 0) return undefined
  const first = closed.reduce((a, b) => (compareEvents(b, a) < 0 ? b : a))
  const event = approved.find((each) => compareEvents(first, each) < 0)
  return event && { event, detail: 'an approval was given after its request had been closed' }
}

const compareEvents = (a: EventPlace, b: EventPlace): number =>
  (a.at && b.at ? compareInstants(a.at, b.at) : 0) || a.index - b.index

/** A signed `approved` event whose action is not what the step it names did (AR-APPR-030). */
export const actionFault: ApprovalRule = ({ context, signedDecisions, stepsById }) => {
  for (const { value, path, isCopied } of signedDecisions) {
    const step_id = textOf(value, 'step_id') ?? ''
    const step = stepsById.get(step_id)
    if (value.event !== 'approved' || isCopied || step === undefined) continue
    const member = isGiven(value, 'modified_action_hash') ? 'modified_action_hash' : 'action_hash'
    const expected = actionHash({
      run_id: textOf(context.run, 'id') ?? '',
      nonce: textOf(context.provenance, 'nonce'),
      step_id,
      tool_name: textOf(step, 'tool_name'),
      mcp_server: textOf(step, 'mcp_server'),
      tool_hash: textOf(step, 'tool_hash'),
      arguments_hash: textOf(step, 'arguments_hash'),
    })
    const found = textOf(value, member) ?? 'none'
    if (found !== expected)
      return {
        code: 'approvals.action',
        path: `${path}/${member}`,
        detail: 'another call was approved than the one that the step records',
        expected,
        found,
      }
  }
  return undefined
}
