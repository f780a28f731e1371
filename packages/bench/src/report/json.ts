/** A value as indented JSON text with a line end; control and format characters are written as escapes. */
export const renderJson = (value: object): string =>
  `${JSON.stringify(value, null, 2).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => (character === '\n' ? '\n' : escaped(character)))}\n`

/** Characters beyond U+FFFF as the two halves that JSON knows. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
