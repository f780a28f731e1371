import {
  address,
  type EffectReader,
  type EffectTable,
  onFile,
  search,
  shell,
  webSearch,
} from '../../conversion/tool-effects.ts'

/** The tools of the agent toolset. */
export const effectTable: EffectTable = new Map<string, EffectReader>([
  ['bash', shell],
  ['read', onFile('read', 'file_path', 'path')],
  ['write', onFile('write', 'file_path', 'path')],
  ['edit', onFile('write', 'file_path', 'path')],
  ['glob', search],
  ['grep', search],
  ['web_fetch', address],
  ['web_search', webSearch],
])

/** Tools that leave the file at `file_path` behind. */
export const writing: ReadonlySet<string> = new Set(['write', 'edit'])
