/** The value a JSON Pointer (RFC 6901) names, or undefined. */
export const resolvePointer = (value, pointer = '') => {
  let at = value
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined
    at = at[name]
  }
  return at
}
