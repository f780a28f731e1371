import {
  argumentsOf,
  type EffectTable,
  nothing,
  onFile,
  readEffects,
  search,
  shell,
} from '../../conversion/tool-effects.ts'
import type { Effect, Place } from '../../effects/index.ts'

const editors: EffectTable = new Map([
  ['view', onFile('read', 'path')],
  ['create', onFile('write', 'path')],
  ['str_replace', onFile('write', 'path')],
  ['insert', onFile('write', 'path')],
  ['undo_edit', onFile('write', 'path')],
])

/** Tools that come with SWE-agent. */
const table: EffectTable = new Map([
  ['bash', shell],
  ['open', onFile('read', 'path')],
  ['goto', nothing],
  ['scroll_up', nothing],
  ['scroll_down', nothing],
  ['find_file', search],
  ['search_dir', search],
  ['search_file', onFile('read', 'file')],
  ['create', onFile('write', 'filename', 'path')],
  ['edit', onFile('write', 'path')],
  ['insert', onFile('write', 'path')],
  ['submit', nothing],
  ['exit_forfeit', nothing],
  ['filemap', onFile('read', 'file_path')],
])

/** What a call does, by the tools of SWE-agent; `undefined` for a tool that it does not come with. */
export function effectsOf(tool: string, input: unknown, place: Place): Effect[] | undefined {
  if (tool !== 'str_replace_editor') return readEffects(table, tool, input, place)
  const { command } = argumentsOf(input)
  return readEffects(editors, typeof command === 'string' ? command : 'view', input, place)
}
