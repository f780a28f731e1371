// Small rollouts for tests, shaped as Codex writes them.

import type { AgentRun } from '@agent-run/types'
import { codexAdapter } from '../../src/adapters/codex/index.ts'
import type { Conversion } from '../../src/conversion/report.ts'
import type { Example } from '../conversion/hostile.ts'

/** Lines with times one second apart. */
export class RolloutBuilder {
  readonly lines: string[] = []
  #second: number

  constructor(second = 0) {
    this.#second = second
  }

  /** Adds a line, `gap` seconds after the one before. */
  line(type: string, payload: object, gap = 1): this {
    this.#second += gap
    const timestamp = new Date(Date.UTC(2026, 10, 20, 14) + Math.round(this.#second * 1000)).toISOString()
    this.lines.push(JSON.stringify({ timestamp, type, payload }))
    return this
  }

  meta(id: string, more: object = {}, gap = 1): this {
    const timestamp = new Date(Date.UTC(2026, 10, 20, 14) + Math.round((this.#second + gap) * 1000)).toISOString()
    return this.line(
      'session_meta',
      {
        id,
        timestamp,
        cwd: '/srv/books',
        originator: 'codex_cli_rs',
        cli_version: '0.104.0',
        source: 'cli',
        model_provider: 'openai',
        ...more,
      },
      gap,
    )
  }

  context(more: object = {}): this {
    return this.line('turn_context', {
      cwd: '/srv/books',
      approval_policy: 'on-request',
      sandbox_policy: { type: 'workspace-write', network_access: false, writable_roots: ['/srv/books'] },
      model: 'gpt-5.3-codex',
      effort: 'high',
      ...more,
    })
  }

  event(type: string, more: object = {}, gap = 1): this {
    return this.line('event_msg', { type, ...more }, gap)
  }

  item(type: string, more: object = {}, gap = 1): this {
    return this.line('response_item', { type, ...more }, gap)
  }

  prompt(message: string, gap = 1): this {
    return this.item('message', { role: 'user', content: [{ type: 'input_text', text: message }] }, gap).event(
      'user_message',
      { message },
      0,
    )
  }

  say(text: string): this {
    return this.event('agent_message', { message: text }).item(
      'message',
      { role: 'assistant', content: [{ type: 'output_text', text }] },
      0,
    )
  }

  call(id: string, name: string, args: unknown): this {
    return this.item('function_call', { name, arguments: JSON.stringify(args), call_id: id })
  }

  result(id: string, output: unknown): this {
    return this.item('function_call_output', { call_id: id, output })
  }

  /** Running totals, written twice. */
  tokens(input: number, output: number, last: readonly [number, number] = [input, output]): this {
    const usage = (of: readonly [number, number]) => ({
      input_tokens: of[0],
      cached_input_tokens: 0,
      output_tokens: of[1],
      reasoning_output_tokens: 0,
      total_tokens: of[0] + of[1],
    })
    const info = { total_token_usage: usage([input, output]), last_token_usage: usage(last) }
    return this.event('token_count', { info }, 0).event('token_count', { info }, 0)
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`
  }
}

export const rollout = (second = 0): RolloutBuilder => new RolloutBuilder(second)

/** Converts rollouts. */
export const convert = (...parts: readonly (RolloutBuilder | string)[]): Promise<Conversion> =>
  codexAdapter.convert(
    parts.map((part, index) => ({
      name: `rollout-${index}.jsonl`,
      content: typeof part === 'string' ? part : part.text,
    })),
  )

/** Converts a rollout of one turn. */
export const convertOne = async (part: RolloutBuilder): Promise<AgentRun> => (await convert(part)).runs[0]!

/** UUIDs of version 7 whose time is so many seconds after 14:00 on 20 November 2026. */
export const idAt = (second: number, end = '000000000001'): string => {
  const hex = (Date.UTC(2026, 10, 20, 14) + second * 1000).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${end}`
}

/** A session in which everything occurs that the adapter reads. */
export function richRollout(): RolloutBuilder {
  return rollout()
    .meta(idAt(1), {
      git: { commit_hash: '4c1e9f20', branch: 'main', repository_url: 'https://git.example.org/books' },
    })
    .item('message', {
      role: 'user',
      content: [{ type: 'input_text', text: '<environment_context>…</environment_context>' }],
    })
    .event('task_started', { turn_id: idAt(3) })
    .prompt('Sort the books')
    .context()
    .item('ghost_snapshot', { ghost_commit: { id: '2b41b8fe' } })
    .event('agent_reasoning', { text: 'First look.' })
    .item(
      'reasoning',
      { summary: [{ type: 'summary_text', text: 'First look.' }], content: null, encrypted_content: 'x' },
      0,
    )
    .say('I look at them.')
    .call('c1', 'shell_command', { command: 'ls shelves > list.txt', workdir: '/srv/books' })
    .item('custom_tool_call', { status: 'completed', call_id: 'c2', name: 'apply_patch', input: patch })
    .item('local_shell_call', {
      call_id: 'c3',
      status: 'completed',
      action: { type: 'exec', command: ['bash', '-lc', 'rm old.txt'] },
    })
    .item('web_search_call', { status: 'completed', action: { type: 'search', query: 'order of books' } })
    .event('web_search_end', { call_id: 'ws_1', query: 'order of books' }, 0)
    .tokens(100, 10)
    .event('exec_command_end', { call_id: 'c1', exit_code: 0, status: 'completed' })
    .result('c1', 'Exit code: 0\nWall time: 0.1 seconds\nOutput:\nok\n')
    .event('patch_apply_end', {
      call_id: 'c2',
      success: true,
      stdout: 'Success',
      changes: {
        'a.txt': { type: 'add', content: 'a\n' },
        'b.txt': { update: { unified_diff: '@@', move_path: 'c.txt' } },
      },
    })
    .item('custom_tool_call_output', { call_id: 'c2', output: '{"output":"Success.","metadata":{"exit_code":0}}' })
    .result('c3', { content: 'exec command rejected by user', success: false })
    .context({ model: 'gpt-5.4-codex' })
    .call('c4', 'exec_command', {
      cmd: 'make install',
      sandbox_permissions: 'require_escalated',
      justification: 'Needs root',
    })
    .call('c5', 'mcp__shelf__get_book', { id: 4 })
    .call('c6', 'spawn_agent', { message: 'Count them', agent_type: 'explorer' })
    .call('c7', 'request_user_input', { questions: [{ question: 'Which order?' }] })
    .call('c8', 'view_image', { path: 'cover.png' })
    .tokens(300, 30, [200, 20])
    .result('c4', 'Process exited with code 2\nOutput:\nno\n')
    .event('mcp_tool_call_end', {
      call_id: 'c5',
      invocation: { server: 'shelf', tool: 'get_book', arguments: { id: 4 } },
      result: { Ok: { content: [{ type: 'text', text: 'Dune' }] } },
    })
    .result('c5', [{ type: 'input_text', text: 'Dune' }])
    .event('collab_agent_spawn_end', { call_id: 'c6', new_thread_id: idAt(20, '00000000000c') })
    .result('c6', JSON.stringify({ agent_id: idAt(20, '00000000000c'), nickname: 'Ada' }))
    .result('c7', '{"answers":{}}')
    .result('c8', [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }])
    .event('user_message', { message: 'By title, please' })
    .call('c9', 'wait_agent', { ids: [idAt(20, '00000000000c')] })
    .tokens(400, 35, [100, 5])
    .result(
      'c9',
      JSON.stringify({ status: { [idAt(20, '00000000000c')]: { completed: 'There are 12.' } }, timed_out: false }),
    )
    .line('compacted', { message: 'So far: sorted.' })
    .event('context_compacted', {}, 0)
    .event('entered_review_mode', { target: { type: 'uncommittedChanges' }, user_facing_hint: 'current changes' })
    .event('exited_review_mode', { review_output: { overall_explanation: 'Fine.' } })
    .event('error', { message: 'stream disconnected' })
    .say('Sorted.')
    .tokens(500, 40, [100, 5])
    .event('item_completed', { item: { type: 'Plan', id: 'p', text: 'Then dust them.' } })
    .event('task_complete', { turn_id: idAt(3), last_agent_message: 'Sorted.' })
    .event('task_started', { turn_id: idAt(90) })
    .prompt('Burn them')
    .event('exec_command_end', {
      call_id: 'u1',
      command: ['bash', '-lc', 'ls'],
      exit_code: 0,
      source: 'user_shell',
      aggregated_output: 'a',
    })
    .result('lost', 'Exit code: 1\nOutput:\n')
    .event('turn_aborted', { reason: 'interrupted', turn_id: idAt(90) })
}

const patch =
  '*** Begin Patch\n*** Add File: a.txt\n+a\n*** Update File: b.txt\n*** Move to: c.txt\n@@\n-x\n+y\n*** Delete File: d.txt\n*** End Patch'

/** The session of the sub-agent that the rich one started. */
export const richChild = (): RolloutBuilder =>
  rollout(30)
    .meta(idAt(20, '00000000000c'), {
      source: {
        subagent: {
          thread_spawn: { parent_thread_id: idAt(1), depth: 1, agent_nickname: 'Ada', agent_role: 'explorer' },
        },
      },
    })
    .event('task_started', { turn_id: idAt(31) })
    .prompt('Count them')
    .context()
    .say('There are 12.')
    .tokens(50, 5)
    .event('task_complete', { turn_id: idAt(31), last_agent_message: 'There are 12.' })

/** Lines of a version before 0.32: a header and bare items. */
export const bareRollout: string = [
  { id: 'old-1', timestamp: '2025-06-01T10:00:00.000Z', instructions: null, git: { branch: 'main' } },
  { record_type: 'state' },
  { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'List the books' }] },
  { type: 'reasoning', summary: [] },
  { type: 'function_call', name: 'shell', arguments: '{"command":["ls"]}', call_id: 'b1' },
  { type: 'function_call_output', call_id: 'b1', output: '{"output":"a\\n","metadata":{"exit_code":0}}' },
  { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'One: a.' }] },
  { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Thanks' }] },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('')

/** Inputs for the tests of hostile shapes. */
export const examples = (): Example[] => [
  { name: 'rich.jsonl', text: richRollout().text },
  { name: 'child.jsonl', text: richChild().text },
  { name: 'bare.jsonl', text: bareRollout },
]
