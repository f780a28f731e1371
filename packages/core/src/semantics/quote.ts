const LONGEST = 40

/** Control, format (bidi, zero width), unassigned and private characters, and separators that end a line. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu

/**
 * An identifier for a message: a JSON string of at most 40 characters, in which everything that could move a
 * terminal's cursor or turn its text around is escaped. Never for previews and other private members.
 */
export const quote = (text: string): string => {
  // A code point is at most two units, so this cut is never shorter than what is kept.
  const characters = Array.from(text.slice(0, 2 * LONGEST + 2))
  const kept = characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : text
  return escapeUnprintable(JSON.stringify(kept))
}

/** A text in which everything that could move a terminal's cursor or turn its text around is escaped, as in JSON. */
export const escapeUnprintable = (text: string): string => text.replace(UNPRINTABLE, escaped)

/** Whether a text can be shown as it is. */
export const isPlain = (text: string): boolean => quote(text) === `"${text}"`

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
