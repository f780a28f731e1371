import { digest } from '@agent-run/core'
import type { ContentRef, Step } from '@agent-run/types'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import {
  distinct,
  type Effect,
  effect,
  effectsOfMcpTool,
  effectsOfShell,
  nameAddress,
  nameFile,
  type Place,
} from '../../effects/index.ts'
import { wellFormed } from '../../preview/index.ts'

/** What a call of a tool says about itself, before anything is known about how it ended. */
export interface ToolUse {
  readonly stepType: Extract<Step['type'], 'tool_call' | 'handoff' | 'input_request'>
  readonly mcpServer?: string
  /** Whether it runs commands in a shell. */
  readonly shell: boolean
  readonly effects: readonly Effect[]
  /** The file that a successful call leaves behind, and its content where the call gives all of it. */
  readonly file?: { readonly name: string; readonly content?: ContentRef }
  /** For a delegation: what it asks of whom. */
  readonly delegation?: {
    readonly agentType: string | undefined
    readonly prompt: string
    readonly resumes: string | undefined
  }
}

type Reader = (input: Json, place: Place) => Effect[]

const none: Reader = () => [effect('none')]

const onFile =
  (kind: Effect['kind'], ...members: readonly string[]): Reader =>
  (input, place) => {
    const path = members.map((member) => asString(input[member])).find((value) => value !== undefined)
    return [
      effect(
        kind,
        'file',
        path === undefined ? undefined : nameFile(path, place),
        kind === 'read' ? undefined : 'unknown',
      ),
    ]
  }

/** Searches look at a folder: the one given, or the current one. */
const search: Reader = (input, place) => [effect('read', 'file', nameFile(asString(input.path) ?? '.', place))]

const shell: Reader = (input, place) => {
  const command = asString(input.command)
  if (command === undefined) return [effect('exec', 'command')]
  const [exec, ...rest] = effectsOfShell(command, place)
  const described = asString(input.description)
  const background = input.run_in_background === true ? [effect('process', 'process', undefined, 'unknown')] : []
  return [
    { ...(exec ?? effect('exec', 'command')), ...(described ? { operation: described } : {}) },
    ...rest,
    ...background,
  ]
}

const address: Reader = (input) => [effect('network', 'url', nameAddress(asString(input.url) ?? ''), 'none')]

/** The tools that come with Claude Code, by every name they have had. Those that only touch the session itself do nothing outside. */
const builtin: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Read', onFile('read', 'file_path', 'path')],
  ['NotebookRead', onFile('read', 'notebook_path')],
  ['LSP', onFile('read', 'filePath', 'file_path')],
  ['Glob', search],
  ['Grep', search],
  ['LS', search],
  ['Write', onFile('write', 'file_path', 'path')],
  ['Edit', onFile('write', 'file_path', 'path')],
  ['MultiEdit', onFile('write', 'file_path', 'path')],
  ['NotebookEdit', onFile('write', 'notebook_path')],
  ['Bash', shell],
  ['bash', shell],
  ['PowerShell', (input) => [effect('exec', 'command', asString(input.command), 'unknown')]],
  ['Monitor', shell],
  ['WebFetch', address],
  ['WebSearch', () => [effect('network', 'service', 'web search', 'none')]],
  ['web_search', () => [effect('network', 'service', 'web search', 'none')]],
  ['web_fetch', address],
  ['KillShell', () => [effect('process', 'process', undefined, 'none')]],
  ['KillBash', () => [effect('process', 'process', undefined, 'none')]],
  ['TaskStop', () => [effect('process', 'process', undefined, 'none')]],
  ['SendMessage', (input) => [effect('message', 'channel', asString(input.to) ?? asString(input.recipient), 'none')]],
  ['SendUserFile', onFile('read', 'path', 'file_path')],
  ['CronCreate', () => [effect('schedule', 'calendar', undefined, 'full')]],
  ['CronDelete', () => [effect('schedule', 'calendar', undefined, 'full')]],
  ['ScheduleWakeup', () => [effect('schedule', 'calendar', undefined, 'full')]],
  ['EnterWorktree', () => [effect('write', 'repo', undefined, 'full')]],
  ['ExitWorktree', () => [effect('write', 'repo', undefined, 'unknown')]],
  ['ListMcpResourcesTool', () => [effect('read', 'service')]],
  ['ReadMcpResourceTool', (input) => [effect('read', 'service', asString(input.server))]],
  ...[
    'TodoWrite',
    'TodoRead',
    'TaskCreate',
    'TaskGet',
    'TaskList',
    'TaskUpdate',
    'TaskOutput',
    'AgentOutputTool',
    'BashOutput',
    'ToolSearch',
    'Skill',
    'SlashCommand',
    'AskUserQuestion',
    'ExitPlanMode',
    'exit_plan_mode',
    'EnterPlanMode',
    'Task',
    'Agent',
    'StructuredOutput',
    'CronList',
  ].map((name): [string, Reader] => [name, none]),
])

/** Tools that hand work to a sub-agent. */
const delegating = new Set(['Task', 'Agent'])
/** Tools that ask the person. */
const asking = new Set(['AskUserQuestion', 'ExitPlanMode', 'exit_plan_mode'])
/** Tools that leave a file behind. */
const writingTools = new Set(['Write', 'Edit', 'MultiEdit', 'NotebookEdit'])

/**
 * Reads a call of a tool by a table per tool family. Effects are concluded from the tool and its arguments.
 * @param name name as offered to the model; `mcp__<server>__<tool>` is a tool of an MCP server
 * @param input arguments; a JSON string of an object counts as that object
 */
export function readToolUse(name: string, input: unknown, place: Place): ToolUse {
  const given = argumentsOf(input)
  const mcp = /^mcp__(.+?)__(.+)$/s.exec(name)
  if (mcp?.[1] && mcp[2]) {
    return {
      stepType: 'tool_call',
      mcpServer: mcp[1],
      shell: false,
      effects: effectsOfMcpTool(mcp[1], mcp[2], given, place),
    }
  }
  const effects = distinct((builtin.get(name) ?? (() => [effect('other')]))(given, place))
  const isShell = builtin.get(name) === shell || name === 'PowerShell'
  if (delegating.has(name)) {
    const delegation = {
      agentType: asString(given.subagent_type),
      prompt: asString(given.prompt) ?? '',
      resumes: asString(given.resume),
    }
    return { stepType: 'handoff', shell: false, effects, delegation }
  }
  if (asking.has(name)) return { stepType: 'input_request', shell: false, effects }
  const file = writingTools.has(name) ? fileOf(name, given, effects) : undefined
  return { stepType: 'tool_call', shell: isShell, effects, ...(file ? { file } : {}) }
}

/** Arguments as an object: as they are, or read from a JSON string. */
function argumentsOf(input: unknown): Json {
  if (typeof input !== 'string') return asObject(input) ?? {}
  try {
    return asObject(JSON.parse(input)) ?? {}
  } catch {
    return {}
  }
}

function fileOf(name: string, input: Json, effects: readonly Effect[]): ToolUse['file'] {
  const target = effects[0]?.target
  if (target === undefined) return undefined
  const content = name === 'Write' && typeof input.content === 'string' ? input.content : undefined
  // What is written for a lone surrogate is not known.
  if (content === undefined || content !== wellFormed(content)) return { name: target }
  const bytes = new TextEncoder().encode(content)
  return { name: target, content: { digest: digest(bytes), size: bytes.length } }
}
