import { IniError } from './ini-error.js'

/** The section of that name in `out`, the same one when it is opened again. */
export function openSection(out, name, line) {
  if (name === '__proto__') throw new IniError('a section cannot be called __proto__', line)
  if (!Object.hasOwn(out, name)) out[name] = {}
  if (typeof out[name] !== 'object') throw new IniError('a key of that name stands above', line)
  return out[name]
}
