import type { MigrationState } from '../store.ts'

/** One step from one shape of the tables to the next. Steps are only ever added, at the end. */
export interface Migration<Work> {
  /** Number and words, `0001-begin`: never changed once released. */
  readonly name: string
  readonly apply: Work
}

/** @param applied names that the store has recorded */
export const migrationState = (
  known: readonly { readonly name: string }[],
  applied: readonly string[],
): MigrationState => {
  const names = known.map(({ name }) => name)
  return {
    applied: names.filter((name) => applied.includes(name)),
    pending: names.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !names.includes(name)),
  }
}

/** Whether a store in this state may be written to. */
export const isWritable = (state: MigrationState): boolean => state.pending.length === 0 && state.unknown.length === 0
