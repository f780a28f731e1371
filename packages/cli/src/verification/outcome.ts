import type { Verdict } from '@agent-run/types'

/** Where something stands in an input, from 1; columns in UTF-16 code units. All 0 for an input without places. */
export interface Region {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** What of a record its verdict does not repeat. Texts are as recorded, not yet safe to print. */
export interface Subject {
  readonly id: string | undefined
  readonly agentId: string | undefined
  readonly status: string | undefined
  /** Number of steps. */
  readonly steps: number
  readonly sealedAt: string | undefined
  readonly signedBy: string | undefined
  /** Where it was converted from; undefined if it was recorded. */
  readonly convertedFrom: string | undefined
}

interface Placed extends Region {
  /** Name of the input as the user knows it; not yet safe to print. */
  readonly file: string
}

/** A record, or the record that a journal folds to, and what was found about it. */
export interface RecordOutcome extends Placed {
  readonly kind: 'record'
  readonly subject: Subject
  readonly verdict: Verdict
  /** Whether the input is a journal. */
  readonly folded: boolean
  /** Where the first failing check points to; the record where it points to nothing in it. */
  readonly failure: Region
}

/** A proof that a step belongs to a record, without the record's other steps. */
export interface ProofOutcome extends Placed {
  readonly kind: 'step_proof'
  readonly subject: Subject
  readonly stepId: string | undefined
  readonly ok: boolean
  /** What holds or does not, one sentence. */
  readonly detail: string
  readonly code: string | undefined
  readonly path: string | undefined
}

/** What could not be read, or is nothing that can be verified. */
export interface ProblemOutcome extends Placed {
  readonly kind: 'problem'
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** Whether the whole input could not be read: the job was not done. */
  readonly unusable: boolean
}

/** What came of one thing in an input. */
export type Outcome = RecordOutcome | ProofOutcome | ProblemOutcome

/** Whether nothing speaks against it. */
export function isOk(outcome: Outcome): boolean {
  if (outcome.kind === 'record') return outcome.verdict.ok
  return outcome.kind === 'step_proof' ? outcome.ok : outcome.severity === 'warning'
}
