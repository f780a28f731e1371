import { AgentRunError } from '@agent-run/core'
import type { StoreFault } from '../store.ts'

/** Error codes of PostgreSQL (its manual, appendix A) that say that the store, not the caller, is at fault. */
const FAULTS: readonly (readonly [RegExp, StoreFault, string])[] = [
  [/^53100$/, 'store.full', 'the disk of the database is full'],
  [/^25006$/, 'store.read_only', 'the database takes no writes'],
  [/^(40001|40P01)$/, 'store.busy', 'too many writers were in one another’s way'],
  [/^(57014|55P03)$/, 'store.busy', 'the database did not answer in time'],
  [/^(53300|53200|53400)$/, 'store.busy', 'the database has no room for more work'],
  [/^(08...|57P0.|28...|3D000|58...)$/, 'store.unavailable', 'the database cannot be reached'],
  [/^XX00[12]$/, 'store.corrupt', 'the database is damaged'],
  [
    /^(ECONN.*|EPIPE|ENOENT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/,
    'store.unavailable',
    'the database cannot be reached',
  ],
]

/** How `pg` reports, without a code, that a connection is gone. */
const LOST = /connection (terminated|ended|error)|not queryable|Client was closed/i
/** … and that all connections were in use, or an answer never came. */
const SLOW = /timeout exceeded when trying to connect|Query read timeout/i

const codeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Another writer was in the way; the same transaction may succeed if it is done again. */
export const isConflict = (error: unknown): boolean => /^(40001|40P01)$/.test(codeOf(error))

/** The connection is gone, or was never there: another one may work. */
export const isLost = (error: unknown): boolean => faultOf(error)?.[1] === 'store.unavailable'

const faultOf = (error: unknown): (typeof FAULTS)[number] | undefined => {
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : ''
  if (code === '' && LOST.test(message)) return [LOST, 'store.unavailable', 'the connection to the database was lost']
  if (code === '' && SLOW.test(message)) return [SLOW, 'store.busy', 'the database did not answer in time']
  return FAULTS.find(([codes]) => codes.test(code))
}

/** Whether the store failed for its own reasons, so that doing the parts one by one would not help. */
export const isStoreFault = (error: unknown): boolean =>
  error instanceof AgentRunError ? error.code.startsWith('store.') : faultOf(error) !== undefined

/** An error of PostgreSQL as an {@link AgentRunError} with a {@link StoreFault}; any other error as it is. */
export const storeError = (error: unknown): unknown => {
  if (error instanceof AgentRunError) return error
  const fault = faultOf(error)
  return fault === undefined ? error : new AgentRunError(fault[1], `The store could not do this: ${fault[2]}.`, error)
}
