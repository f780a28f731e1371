import type { BenchCriterion, Step } from '@agent-run/types'

/** Kind of the error in a failed criterion, by the registry's vocabulary `error_type`. */
export type ErrorType = NonNullable<Step['error_type']>

/** How one rule came out. It is met exactly if the score is 100. */
export interface Outcome {
  /** 0 to 100. */
  readonly score: number
  /** What was found, and if that is not it, what was expected: a sentence without its full stop. */
  readonly label: string
  /** Kind of the failure, where the registry has one that fits. */
  readonly errorType?: ErrorType
  /** What a command printed, for people; it goes into no eval. */
  readonly printed?: Uint8Array
}

/** A rule and how it came out. */
export interface Judged {
  readonly criterion: Pick<BenchCriterion, 'name' | 'required' | 'weight'> & { readonly kind: string }
  readonly outcome: Outcome
}

/** A rule that is met. */
export const met = (label: string): Outcome => ({ score: 100, label })

/** A rule that is not met. */
export const missed = (label: string, errorType?: ErrorType): Outcome => ({
  score: 0,
  label,
  ...(errorType === undefined ? {} : { errorType }),
})

/** A rule that is met in part: never as good as met. */
export const partly = (share: number, label: string): Outcome => ({
  score: Math.min(99.99, Math.max(0, Math.round(10_000 * share) / 100)),
  label,
})
