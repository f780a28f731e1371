/** C0, DEL and C1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const LONGEST = 256

/**
 * What keeps a text from being the id of a run on a server, as a sentence; undefined if nothing does: 1–256 code points,
 * no control characters, not `.` or `..` (AR-HTTP-015).
 */
export const runIdFault = (id: string): string | undefined => {
  const { length } = id
  if (length === 0) return 'expected an id of 1 to 256 characters'
  if (length > LONGEST && (length > 2 * LONGEST || [...id].length > LONGEST))
    return 'expected an id of 1 to 256 characters'
  if (CONTROL.test(id)) return 'expected an id without control characters'
  if (id === '.' || id === '..') return 'expected an id that a path can hold, not . or ..'
  return undefined
}
