/**
 * Characters that could move a cursor, turn text around, hide or imitate other characters: control characters (C0, C1,
 * DEL), bidirectional controls, zero-width and other format characters, line and paragraph separators, unassigned and
 * private-use code points, lone surrogates, and the fillers that look like nothing.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f/gu

/** Two number signs before a bracket, or a product's name and one, are a command to build servers, wherever they stand in a line. */
const OLD_COMMAND = /##(?=(?:[a-z]{1,20})?\[)/gi

/** Nothing to do for printable ASCII without a number sign, which is nearly all of it. */
const PLAIN = /^[ !"$-~]*$/

/**
 * Text from a record, a file or a file name, made safe for one line of a terminal or a build log: everything unsafe is
 * shown as `\u001b` or `\u{e0001}`, line ends included. Keeps everything else as it is.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .replace(UNSAFE, (character, at: number) => (joinsEmoji(text, character, at) ? character : escaped(character)))
    .replace(OLD_COMMAND, '\\u0023#')
}

/** A file name made safe for display. One that begins like a build server's command is set off with `./`. */
export function visibleName(name: string): string {
  const shown = visible(name)
  return shown.startsWith('::') ? `./${shown}` : shown
}

/** Two colons at the beginning of a line, white space before them or not. */
const COMMAND = /^([^\S\n]*):(?=:)/gm

/** Lines for a person, none of which begins like a command to a build server, whatever record they show. */
export function harmlessLines(text: string): string {
  return text.replace(COMMAND, '$1\\u003a')
}

/** A zero-width joiner between two pictographs is part of one emoji. */
const joinsEmoji = (text: string, character: string, at: number): boolean =>
  character === '\u200d' &&
  /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?$/u.test(text.slice(Math.max(0, at - 4), at)) &&
  /^\p{Extended_Pictographic}/u.test(text.slice(at + 1, at + 3))

const escaped = (character: string): string => {
  const code = character.codePointAt(0) as number
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}
