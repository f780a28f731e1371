import { IniError } from './ini-error.js'
import { readValue } from './value.js'

/** Reads an INI text; keys before the first section stand at the top, a line that starts with # is a comment. */
export function parse(text) {
  const out = {}
  let section = out
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) return
    if (line.startsWith('[')) {
      if (!line.endsWith(']')) throw new IniError('section is not closed', index + 1)
      section = out[line.slice(1, -1).trim()] = {}
      return
    }
    const [key, value] = line.split('=')
    if (value === undefined) throw new IniError('expected "key = value"', index + 1)
    section[key.trim()] = readValue(value.trim(), index + 1)
  })
  return out
}
