/**
 * Text of a record may hold U+0000, which `text` of PostgreSQL refuses. It is written as U+001A and a digit, and so is
 * U+001A itself; all other text stays as it is. Lone surrogates never come this far: no reader lets them in.
 */
const ESCAPE = '\u001a'

/**
 * Text as it may stand in a column. Ids have no control characters: one that is asked for and has some is escaped too, and
 * then found nowhere.
 */
export const columnText = (text: string): string =>
  text.includes('\0') || text.includes(ESCAPE)
    ? text.replaceAll(ESCAPE, `${ESCAPE}1`).replaceAll('\0', `${ESCAPE}0`)
    : text

/** The text that {@link columnText} was given. */
export const textOfColumn = (column: string): string =>
  column.includes(ESCAPE) ? column.replaceAll(`${ESCAPE}0`, '\0').replaceAll(`${ESCAPE}1`, ESCAPE) : column
