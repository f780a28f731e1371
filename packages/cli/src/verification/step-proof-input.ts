import { type StepProofVerdict, verifyStepProof } from '@agent-run/core'
import type { DocumentItem } from '../input/item.ts'
import type { Evidence } from './evidence.ts'
import { startOf } from './failure-place.ts'
import type { ProofOutcome } from './outcome.ts'
import { shortKey } from './report/phrases.ts'
import { subjectOf } from './subject.ts'

/** Verifies that a step belongs to a record, from a proof alone. */
export function proofOutcome(file: string, value: unknown, item: DocumentItem, { trust }: Evidence): ProofOutcome {
  const verdict = verifyStepProof(value)
  const proof = value as { readonly record?: unknown; readonly step?: { readonly id?: unknown } | null }
  const stepId = typeof proof.step?.id === 'string' ? proof.step.id : undefined
  const identity = trust?.keys.find(({ key }) => key === verdict.signed_by)?.identity
  return {
    kind: 'step_proof',
    file,
    ...startOf(item),
    subject: subjectOf(proof.record),
    stepId,
    ok: verdict.ok,
    detail: verdict.failure?.message ?? holds(stepId, verdict, identity),
    code: verdict.failure?.code,
    path: verdict.failure?.path,
  }
}

const holds = (stepId: string | undefined, verdict: StepProofVerdict, identity: string | undefined): string => {
  const step = `step ${stepId} stands as shown in the record ${verdict.record_hash}`
  if (verdict.signature !== 'pass') return `${step}, which nobody signed`
  const key = shortKey(verdict.signed_by ?? '')
  return identity === undefined
    ? `${step}, signed by ${key}; no trust file says whose key that is`
    : `${step}, signed by ${identity} with ${key}`
}
