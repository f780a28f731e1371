import { asString } from '../../conversion/json.ts'
import {
  address,
  alike,
  type EffectReader,
  type EffectTable,
  nothing,
  onFile,
  onProcess,
  search,
  shell,
  webSearch,
} from '../../conversion/tool-effects.ts'
import { effect } from '../../effects/index.ts'

const editor: EffectReader = (input, place) => onFile(input.command === 'view' ? 'read' : 'write', 'path')(input, place)

/** The tools that come with the Copilot CLI, by every name they have had. */
export const effectTable: EffectTable = new Map<string, EffectReader>([
  ['bash', shell],
  ['shell', shell],
  ['powershell', shell],
  ['local_shell', shell],
  ...alike(nothing, 'read_bash', 'read_powershell', 'list_bash', 'list_powershell'),
  ...alike(onProcess, 'write_bash', 'stop_bash', 'write_powershell', 'stop_powershell'),
  ['view', onFile('read', 'path')],
  ['create', onFile('write', 'path')],
  ['edit', onFile('write', 'path')],
  ['str_replace', onFile('write', 'path')],
  ['insert', onFile('write', 'path')],
  ['str_replace_editor', editor],
  ['grep', search],
  ['rg', search],
  ['glob', search],
  ['web_fetch', address],
  ['fetch', address],
  ['web_search', webSearch],
  ['store_memory', (input) => [effect('memory', 'memory', asString(input.subject), 'unknown')]],
  ...alike(
    nothing,
    'report_intent',
    'update_todo',
    'task',
    'read_agent',
    'list_agents',
    'ask_user',
    'skill',
    'exit_plan_mode',
    'task_complete',
    'tool_search',
    'think',
    'sql',
    'fetch_copilot_cli_documentation',
  ),
])

/** Tools that ask the person. */
export const asking: ReadonlySet<string> = new Set(['ask_user', 'exit_plan_mode'])

/** Tools that leave the file at `path` behind. */
export const writing: ReadonlyMap<string, 'created' | 'modified'> = new Map([
  ['create', 'created'],
  ['edit', 'modified'],
  ['str_replace', 'modified'],
  ['insert', 'modified'],
])

/** Tools that run a command line. */
export const shells: ReadonlySet<string> = new Set(['bash', 'shell', 'powershell', 'local_shell'])
