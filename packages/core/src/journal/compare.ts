import type { Journal } from './read.ts'

/** How two journals stand to each other. */
export interface JournalRelation {
  /**
   * `same`: line for line. `shorter`, `longer`: the first is a beginning of the second, or the other way round. `fork`: one
   * beginning, two continuations: at least one of them was written from a copy. `other`: two different runs.
   */
  readonly relation: 'same' | 'shorter' | 'longer' | 'fork' | 'other'
  /** Number of chained lines that both begin with. */
  readonly shared: number
}

/**
 * Compares the chains of two journals. A fork cannot be seen in one journal: each of its arms verifies. Two signed heads of
 * one run over different lines prove that the key signed both.
 */
export const compareJournals = (a: Journal, b: Journal): JournalRelation => {
  const length = Math.min(a.lines.length, b.lines.length)
  let shared = 0
  while (shared < length && a.lines[shared]!.digest === b.lines[shared]!.digest) shared++
  if (shared === 0) return { relation: 'other', shared }
  if (shared < length) return { relation: 'fork', shared }
  if (a.lines.length === b.lines.length) return { relation: 'same', shared }
  return { relation: a.lines.length < b.lines.length ? 'shorter' : 'longer', shared }
}
