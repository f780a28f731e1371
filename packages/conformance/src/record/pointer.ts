/** The JSON Pointer (RFC 6901) of these member names and indexes. */
export const pointerOf = (keys: readonly (string | number)[]): string => keys.map(member).join('')

/** One step of a JSON Pointer, with its slash. */
export const member = (key: string | number): string =>
  typeof key === 'number' ? `/${key}` : `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
