import { createCleaner } from '../preview/clean.ts'
import { asObject, type Json } from './json.ts'

/** Longest JSON, in characters, of foreign data that a record takes over. */
const longest = 16_384

/** Takes over foreign data that a record has no member for. */
export interface Keeper {
  /**
   * The value as a record may hold it, for `metadata`: plain JSON without secrets of known shapes. `undefined` for what
   * is empty, or too long to be kept.
   */
  keep(value: unknown): unknown
}

/** @param redacting whether secrets of known shapes are replaced */
export function createKeeper(redacting: boolean): Keeper {
  const cleaner = createCleaner(redacting, 0)
  return {
    keep(value) {
      if (value === undefined || value === null || isEmpty(value)) return undefined
      const kept = cleaner.value(value)
      return kept === undefined || JSON.stringify(kept).length > longest ? undefined : kept
    },
  }
}

const isEmpty = (value: unknown): boolean => {
  const json = asObject(value)
  return json !== undefined && Object.keys(json).length === 0
}

/** Members of an object that are kept; `undefined` if none is. */
export function keepMembers(keeper: Keeper, members: Json): Record<string, unknown> | undefined {
  const kept = Object.entries(members).flatMap(([name, value]) => {
    const own = keeper.keep(value)
    // A name may hold a secret too.
    return own === undefined ? [] : Object.entries(asObject(keeper.keep({ [name]: own })) ?? {})
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}
