/**
 * Splits a command into words, without a shell: spaces part them, `"…"` and `'…'` hold them together, a backslash takes
 * the next character as it is (inside `'…'` it is nothing special; inside `"…"` only before `"` and `\`).
 * @throws {SyntaxError} for a quote that is not closed, a backslash at the end and a command without words
 */
export const splitCommand = (text: string): readonly string[] => {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!
    if (quote !== '' && c === quote) quote = ''
    else if (quote === "'") word += c
    else if (c === '\\' && (quote === '' || /["\\]/.test(text[at + 1] ?? ''))) {
      const next = text[++at]
      if (next === undefined) throw new SyntaxError('the command ends with a backslash')
      word = (word ?? '') + next
    } else if (quote !== '') word += c
    else if (c === '"' || c === "'") {
      quote = c
      word ??= ''
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + c
  }
  if (quote !== '') throw new SyntaxError(`the command has a ${quote} that is not closed`)
  if (word !== undefined) words.push(word)
  if (words.length === 0 || words[0] === '') throw new SyntaxError('the command is empty')
  return words
}

/** Words as a line for a shell that means the same. */
export const joinCommand = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoteWord(word))).join(' ')

/** One word in single quotes for a shell. */
export const quoteWord = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
