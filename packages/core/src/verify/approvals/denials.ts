import type { Instant } from '../../semantics/instant.ts'
import { textOf } from '../../semantics/object.ts'
import { type EventPlace, lastEnd, precedes } from './gather.ts'

/** Who was told that a step must not run. */
export interface Denials {
  /** Whether a step was denied at all. */
  has(stepId: string | undefined): boolean
  /** Whether a step was denied, and not approved later under another approval_id. */
  holdsAgainst(stepId: string | undefined, approvalId: string | undefined, approvedAt: Instant | undefined): boolean
}

/** The signed denials of a run, by the steps that they name (AR-APPR-038). */
export const denialsOf = (signedDecisions: readonly EventPlace[]): Denials => {
  const byStep = new Map<string, { readonly ids: Set<string | undefined>; last: Instant | undefined }>()
  for (const { value, isCopied, at } of signedDecisions) {
    const stepId = textOf(value, 'step_id')
    if (value.event !== 'denied' || isCopied || stepId === undefined) continue
    const known = byStep.get(stepId)
    if (known === undefined) byStep.set(stepId, { ids: new Set([textOf(value, 'approval_id')]), last: at })
    else {
      known.ids.add(textOf(value, 'approval_id'))
      known.last = lastEnd([known.last, at])
    }
  }
  const of = (stepId: string | undefined) => byStep.get(stepId ?? '')
  return {
    has: (stepId) => of(stepId) !== undefined,
    holdsAgainst(stepId, approvalId, approvedAt) {
      const denied = of(stepId)
      return denied !== undefined && (denied.ids.has(approvalId) || !precedes(denied.last, approvedAt))
    },
  }
}
