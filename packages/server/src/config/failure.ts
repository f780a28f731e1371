/** A command cannot do its job. One line: what was found, and what to do. Ends the program with exit code 2. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** Everything that could move a cursor, turn text around or hide. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu

/** A text from outside, safe for one line of a terminal. */
export const shown = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`)
