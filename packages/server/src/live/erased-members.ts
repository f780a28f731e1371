import { privateStates } from '@agent-run/core'
import type { Statement } from '@agent-run/types'

/** Every `private_hash` that tombstones name: what was behind them is not stored again (AR-HTTP-133). */
export const erasedHashes = (statements: readonly Statement[]): ReadonlySet<string> => {
  const hashes = new Set<string>()
  for (const { kind, body } of statements) {
    const named: unknown = kind === 'tombstone' ? body?.private_hashes : undefined
    for (const hash of Array.isArray(named) ? named : []) if (typeof hash === 'string') hashes.add(hash)
  }
  return hashes
}

/**
 * Where a record has a salt or private members of an object that was erased.
 * @returns JSON Pointer; undefined if it has none
 */
export const erasedPlaceIn = (record: object, erased: ReadonlySet<string>): string | undefined =>
  erased.size === 0
    ? undefined
    : privateStates(record).find(({ path, state }) => state !== 'erased' && erased.has(hashAt(record, path)))?.path

const hashAt = (record: object, path: string): string => {
  let found: unknown = record
  for (const name of path.split('/').slice(1)) found = (found as Readonly<Record<string, unknown>>)[name]
  return String((found as { readonly private_hash?: unknown }).private_hash)
}
