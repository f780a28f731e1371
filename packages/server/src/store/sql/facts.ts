import { type Fact, sortInstant } from '@agent-run/core'
import type { NewRun } from '../store.ts'

/** Every run that is stored or live has this fact, so that a list without filters is read as any other. */
export const EVERY_RUN: IndexedFact = { kind: 'run', value: '' }

/** Kind of the fact that says when a run was received, in a store whose runs have no other order of reception. */
export const RECEIVED = 'received'

/** A row of the index of facts. Its kinds are those of {@link Fact} and those that only stores know. */
export interface IndexedFact {
  readonly kind: Fact['kind'] | 'run' | typeof RECEIVED
  readonly value: string
  /** Index of the first step on which it rests. */
  readonly step?: number
}

/** What the index says about a run: each kind and value once, with those facts that the store itself looks up. */
export const indexedFacts = (facts: readonly Fact[], recordHash?: string): readonly IndexedFact[] => {
  const own: IndexedFact[] = [EVERY_RUN]
  if (recordHash !== undefined) own.push({ kind: 'record_hash', value: recordHash })
  return distinctFacts([...own, ...facts])
}

/** The first of every kind and value. */
export const distinctFacts = (facts: readonly IndexedFact[]): readonly IndexedFact[] => {
  const seen = new Map<IndexedFact['kind'], Set<string>>()
  return facts.filter(({ kind, value }) => {
    const values = seen.get(kind)
    if (values === undefined) {
      seen.set(kind, new Set([value]))
      return true
    }
    if (values.has(value)) return false
    values.add(value)
    return true
  })
}

/** Place of a run in time, as text whose order is that of time: its start, or its reception where that is unknown. */
export const sortTime = (summary: NewRun['summary'], receivedAt: string): string =>
  sortInstant(summary.started_at ?? receivedAt)
