import { AgentRunError } from '@agent-run/core'
import type { StoreFault } from '../store.ts'

/** Primary result codes of SQLite that say that the store, not the caller, is at fault. */
const FAULTS: ReadonlyMap<number, readonly [StoreFault, string]> = new Map([
  [5, ['store.busy', 'another process holds the store']],
  [6, ['store.busy', 'another process holds the store']],
  [7, ['store.unavailable', 'no memory was left']],
  [8, ['store.read_only', 'the store cannot be written']],
  [10, ['store.unavailable', 'the disk failed']],
  [11, ['store.corrupt', 'the database file is damaged']],
  [13, ['store.full', 'the disk is full']],
  [14, ['store.unavailable', 'the database file cannot be opened']],
  [15, ['store.busy', 'another process holds the store']],
  [26, ['store.corrupt', 'the file is not a database']],
])

const BUSY = 5

/** The primary result code of an error that SQLite raised. */
const resultCode = (error: unknown): number | undefined => {
  const code = (error as { readonly errcode?: unknown } | null)?.errcode
  return typeof code === 'number' ? code & 0xff : undefined
}

/** Whether another connection holds what this one asked for. */
export const isBusy = (error: unknown): boolean => resultCode(error) === BUSY

/** Whether the store may be read and not written. */
export const isReadOnly = (error: unknown): boolean =>
  error instanceof AgentRunError && error.code === 'store.read_only'

/** Whether the store failed for its own reasons, so that nothing of the transaction can be trusted to be there. */
export const isStoreFault = (error: unknown): boolean =>
  error instanceof AgentRunError ? error.code.startsWith('store.') : FAULTS.has(resultCode(error) ?? 0)

/** An error of SQLite as an {@link AgentRunError} with a {@link StoreFault}; any other error as it is. */
export const storeError = (error: unknown): unknown => {
  const fault = FAULTS.get(resultCode(error) ?? 0)
  return fault === undefined ? error : new AgentRunError(fault[0], `The store could not do this: ${fault[1]}.`, error)
}
