/**
 * What could move a cursor, turn text around, hide or imitate other characters: control, format, private-use and unassigned
 * characters, lone surrogates, separators that end a line, and fillers that look like nothing.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f/gu

/** Two number signs before a bracket are a command to some build servers, wherever they stand in a line. */
const OLD_COMMAND = /##(?=(?:[a-z]{1,20})?\[)/gi

/** Text of a subject for one line: everything unsafe is written as `\u001b`, line ends included. */
export const visible = (text: string): string =>
  /^[ !"$-~]*$/.test(text) ? text : text.replace(UNSAFE, escaped).replace(OLD_COMMAND, '\\u0023#')

const escaped = (character: string): string => {
  const code = character.codePointAt(0)!
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/**
 * The beginning of a text, made visible, and how long it was; lengths are in UTF-16 units.
 * @param total length of the whole, if the text is its beginning
 */
export const clip = (text: string, most: number, total: number = text.length): string => {
  if (text.length <= most) return visible(text)
  return `${visible(beginning(text, most))}… (${total} characters)`
}

/** The beginning of a tidy text; where something is cut off, `…` stands. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : `${beginning(text, most)}…`)

/** Not cut between the halves of a surrogate pair. */
const beginning = (text: string, most: number): string =>
  text.slice(0, /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most)

/** An address or command without the user and password of a URL and without the value of a header that holds a key. */
export const withoutSecrets = (text: string): string =>
  text
    .replace(/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@'"]{1,500}@/gi, '$1')
    .replace(
      /(\b(?:x-api-key|authorization)["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic)\s{1,4})?)(?![$"'\s‹]|bearer|basic)[^\s"']{1,500}/gi,
      '$1‹key›',
    )

/**
 * A command line on one line, for a shell: a line end in single quotes is written `'$'\n''`, which says the same; whatever
 * else is unsafe is made visible.
 */
export const oneLineCommand = (command: string): string => {
  let quoted = false
  let line = ''
  for (let at = 0; at < command.length; at++) {
    const sign = command[at]!
    if (!quoted && sign === '\\') line += sign + (command[++at] ?? '')
    else if (quoted && sign === '\n') line += "'$'\\n''"
    else {
      if (sign === "'") quoted = !quoted
      line += sign
    }
  }
  return visible(line)
}

/** A sentence of the specification without its markup. */
export const plainSentence = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\*([^*]+)\*/g, '$1')

/** A text with a capital letter at its beginning. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** `1 case`, `12 cases`. */
export const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`

/** A duration in few characters: `480 ms`, `6.2 s`, `6 m 41 s`. */
export const duration = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(milliseconds < 9_950 ? 1 : 0)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`
}
/** Lines none of which begins like a command to a build server, whatever a subject said. */
export const harmlessLines = (text: string): string => text.replace(/^([^\S\n]*):(?=:)/gm, '$1\\u003a')
