/** An object read from a line. Its members may be anything. */
export type Json = Readonly<Record<string, unknown>>

/** The value if it is an object and no list. */
export const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined

/** The value if it is a string that is not empty; lone surrogates, which no record may hold, become U+FFFD. */
export const asString = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.toWellFormed() : undefined

/** The value if it is a list. */
export const asArray = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined)

/** The value if it is a whole number from 0 that a double holds exactly. */
export const asCount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

/** The value if it is a whole number that a double holds exactly, such as an exit code. */
export const asInteger = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined

/** The value if it is a price; 0 is what programs write that know none. */
export const asPrice = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined
