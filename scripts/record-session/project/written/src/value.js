import { IniError } from './ini-error.js'

const escapes = { n: '\n', t: '\t' }

/** Reads what stands after the equals sign; quotes are taken off and escapes resolved. */
export function readValue(text, line) {
  if (!text.startsWith('"')) return text
  if (text.length < 2 || !text.endsWith('"')) throw new IniError('quote is not closed', line)
  return text.slice(1, -1).replace(/\\(.)/g, (_, char) => escapes[char] ?? char)
}
