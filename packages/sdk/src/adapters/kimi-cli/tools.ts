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

/** The tools that come with Kimi Code and with the older Kimi CLI. */
export const effectTable: EffectTable = new Map<string, EffectReader>([
  ['Bash', shell],
  ['Shell', shell],
  ['CMD', shell],
  ['Read', onFile('read', 'path', 'file_path')],
  ['ReadFile', onFile('read', 'path')],
  ['ReadMediaFile', onFile('read', 'path')],
  ['Write', onFile('write', 'path', 'file_path')],
  ['WriteFile', onFile('write', 'path')],
  ['Edit', onFile('write', 'path', 'file_path')],
  ['StrReplaceFile', onFile('write', 'path')],
  ['PatchFile', onFile('write', 'path')],
  ['Grep', search],
  ['Glob', search],
  ['FetchURL', address],
  ['WebSearch', webSearch],
  ['SearchWeb', webSearch],
  ['TaskStop', onProcess],
  ['CronCreate', () => [effect('schedule', 'calendar', undefined, 'full')]],
  ['CronDelete', () => [effect('schedule', 'calendar', undefined, 'full')]],
  ['SendDMail', (input) => [effect('memory', 'memory', asString(input.checkpoint_id), 'full')]],
  ...alike(
    nothing,
    'Agent',
    'AgentSwarm',
    'Task',
    'CreateSubagent',
    'TaskList',
    'TaskOutput',
    'CronList',
    'TodoList',
    'SetTodoList',
    'Think',
    'Skill',
    'AskUserQuestion',
    'EnterPlanMode',
    'ExitPlanMode',
    'CreateGoal',
    'GetGoal',
    'SetGoalBudget',
    'UpdateGoal',
  ),
])

/** Tools that hand work to a sub-agent. */
export const delegating: ReadonlySet<string> = new Set(['Agent', 'Task'])

/** Tools that ask the person. */
export const asking: ReadonlySet<string> = new Set(['AskUserQuestion', 'ExitPlanMode'])

/** Tools that leave the file at `path` behind. */
export const writing: ReadonlySet<string> = new Set(['Write', 'WriteFile', 'Edit', 'StrReplaceFile', 'PatchFile'])
