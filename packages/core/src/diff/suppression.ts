import type { SuppressedDifferences } from '@agent-run/types'

/** Why a difference is not listed. */
export type Reason = SuppressedDifferences['reason']

/** Counts differences that are found and not listed. */
export class Suppression {
  readonly #counts = new Map<Reason, SuppressedDifferences>()

  /** @param step index in the later run of the step concerned */
  add(reason: Reason, count = 1, step?: number): void {
    if (count === 0) return
    const known = this.#counts.get(reason)
    if (known) known.count += count
    else this.#counts.set(reason, { reason, count, ...(step === undefined ? {} : { first: step }) })
  }

  /** The beginning of a list that may be long; what is left out is counted. */
  limit<T>(list: readonly T[], most: number): T[] {
    this.add('limit', Math.max(0, list.length - most))
    return list.slice(0, most)
  }

  /** What was counted, by reason, in the order of the first of each. */
  get list(): SuppressedDifferences[] {
    return [...this.#counts.values()]
  }
}
