const WORD = /-?[A-Za-z_$][\w$]*/y
/** Words that other languages and dialects write where JSON has none; only these are ever repeated in a message. */
const FOREIGN_WORDS = new Set(['NaN', 'Infinity', 'undefined', 'True', 'False', 'None', 'TRUE', 'FALSE', 'NULL', 'nil'])
const LITERALS = ['true', 'false', 'null']

/**
 * What stands at an offset, in words for a message. Never repeats more than one printable ASCII character of the text,
 * apart from a closed list of words.
 */
export function foundAt(text: string, at: number): string {
  const c = text[at]
  if (c === undefined) return 'the end of the text'
  if (c === '"') return 'a string'
  if (c === "'") return 'a single quote'
  if (c === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) return 'a comment'
  WORD.lastIndex = at
  const word = WORD.exec(text)?.[0]
  if (word !== undefined) {
    if (FOREIGN_WORDS.has(word)) return `${word}, which is not JSON`
    const cut = at + word.length === text.length && LITERALS.some((literal) => literal.startsWith(word))
    return cut ? 'the end of the text in the middle of a literal' : 'a bare word'
  }
  if (c > ' ' && c <= '~') return `"${c}"`
  return `U+${text.codePointAt(at)!.toString(16).toUpperCase().padStart(4, '0')}`
}
