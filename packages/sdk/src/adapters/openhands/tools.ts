import { argumentsOf, type EffectTable, nothing, onFile, readEffects, shell } from '../../conversion/tool-effects.ts'
import { type Effect, effect, type Place } from '../../effects/index.ts'

const browse = (): Effect[] => [effect('network', 'browser')]

/** Tools that come with OpenHands. */
const table: EffectTable = new Map([
  ['terminal', shell],
  ['execute_bash', shell],
  ['bash', shell],
  ['think', nothing],
  ['finish', nothing],
  ['task_tracker', nothing],
  ['browser', browse],
  ['browser_navigate', browse],
  ['browser_click', browse],
  ['browser_type', browse],
  ['browser_get_state', browse],
  ['browser_get_content', browse],
  ['apply_patch', () => [effect('write', 'file', undefined, 'unknown')]],
])

const editors = new Set(['file_editor', 'str_replace_editor'])
const edits: EffectTable = new Map([
  ['view', onFile('read', 'path')],
  ['create', onFile('write', 'path')],
  ['str_replace', onFile('write', 'path')],
  ['insert', onFile('write', 'path')],
  ['undo_edit', onFile('write', 'path')],
])

/** What a call does, by the tools of OpenHands; `undefined` for a tool that it does not come with. */
export function effectsOf(tool: string, input: unknown, place: Place): Effect[] | undefined {
  if (!editors.has(tool)) return readEffects(table, tool, input, place)
  const { command } = argumentsOf(input)
  return readEffects(edits, typeof command === 'string' ? command : 'view', input, place)
}
