/** A JSON Pointer (RFC 6901) from member names and array indices; no tokens give `''`, the whole value. */
export function pointerOf(tokens: readonly (string | number)[]): string {
  return tokens
    .map((token) => (typeof token === 'number' ? `/${token}` : `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`))
    .join('')
}

/** The tokens of a JSON Pointer (RFC 6901), unescaped; undefined for text that is not a pointer. */
export function tokensOf(pointer: string): string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}
