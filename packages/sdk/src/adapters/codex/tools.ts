import type { FileChange } from '../../conversion/file-artifacts.ts'
import { asString, type Json } from '../../conversion/json.ts'
import {
  alike,
  commandOf,
  type EffectReader,
  type EffectTable,
  nothing,
  onFile,
  onProcess,
  readEffects,
  search,
  shell,
  webSearch,
} from '../../conversion/tool-effects.ts'
import { distinct, type Effect, effect, nameFile, type Place } from '../../effects/index.ts'
import { effectOfChange, findPatch, readPatch } from './patch.ts'

/** Tools that run a command line, by every name they have had. */
const shells = new Set([
  'shell',
  'shell_command',
  'exec_command',
  'local_shell',
  'local_shell_call',
  'container.exec',
  'unified_exec',
])

/** Tools that hand work to a sub-agent: starting it, and giving it more to do. */
export const spawning: ReadonlySet<string> = new Set(['spawn_agent'])
export const instructing: ReadonlySet<string> = new Set(['send_input', 'followup_task'])

/** Tools that run a script of the model, which calls other tools itself. */
const scripts = new Set(['exec', 'js_repl'])
export const isScript = (name: string): boolean => scripts.has(name)

const code: EffectReader = () => [effect('exec', 'command', undefined, 'unknown')]

const table: EffectTable = new Map<string, EffectReader>([
  ...alike(shell, ...shells),
  ['write_stdin', onProcess],
  ...alike(code, ...scripts),
  ['read_file', onFile('read', 'file_path', 'path')],
  ['view_image', onFile('read', 'path')],
  ['list_dir', search],
  ['grep_files', search],
  ['web_search', webSearch],
  ['image_generation', () => [effect('network', 'service', 'image generation', 'none')]],
  ['read_mcp_resource', (input) => [effect('read', 'service', asString(input.server))]],
  ['list_mcp_resources', (input) => [effect('read', 'service', asString(input.server))]],
  ['list_mcp_resource_templates', (input) => [effect('read', 'service', asString(input.server))]],
  ...alike(
    nothing,
    'update_plan',
    'request_user_input',
    'request_permissions',
    'tool_search',
    'spawn_agent',
    'send_input',
    'send_message',
    'followup_task',
    'wait',
    'wait_agent',
    'close_agent',
    'resume_agent',
    'list_agents',
    'interrupt_agent',
    'js_repl_reset',
    'create_goal',
    'get_goal',
    'update_goal',
  ),
])

/** What a call says about itself, before anything is known about how it ended. */
export interface ToolUse {
  /** Whether its result tells how a command ended. */
  readonly isShell: boolean
  readonly effects: readonly Effect[] | undefined
  /** Files that a successful call leaves changed. */
  readonly changes: readonly FileChange[]
}

/** @param input the text of a custom tool, or arguments */
export function readToolUse(name: string, input: unknown, given: Json, place: Place): ToolUse {
  const isShell = shells.has(name)
  const patch = findPatch(
    name === 'apply_patch' ? (asString(given.input) ?? asString(input)) : isShell ? commandOf(given) : undefined,
  )
  const cwd = asString(given.workdir)
  const here = cwd === undefined ? place : { root: place.root, cwd: nameFile(cwd, { cwd: place.cwd }) ?? place.cwd }
  const changes = patch === undefined ? [] : readPatch(patch, here)
  const fromPatch = changes.map(effectOfChange)
  if (name === 'apply_patch')
    return { isShell, effects: distinct(fromPatch.length > 0 ? fromPatch : [effect('write', 'file')]), changes }
  const fromTable = readEffects(table, name, given, place)
  return { isShell, effects: fromTable && distinct([...fromTable, ...fromPatch]), changes }
}

/** Whether the arguments ask for more than the sandbox allows, and why. */
export function readEscalation(
  given: Json,
): { readonly permission: string; readonly reason: string | undefined } | undefined {
  const wanted = asString(given.sandbox_permissions)
  const permission =
    given.with_escalated_permissions === true
      ? 'with_escalated_permissions'
      : wanted !== undefined && wanted !== 'use_default'
        ? wanted
        : undefined
  return permission === undefined ? undefined : { permission, reason: asString(given.justification) }
}
