// Small wire logs for tests, shaped as Kimi Code and the older Kimi CLI write them.

import { kimiCliAdapter } from '../../src/adapters/kimi-cli/index.ts'
import type { Conversion } from '../../src/conversion/report.ts'
import type { Example } from '../conversion/hostile.ts'

const noon = Date.UTC(2026, 10, 20, 14)

/** Records one second apart, behind the header of a log that was created so many seconds after 14:00. */
export const wire = (created: number, ...records: readonly object[]): string =>
  [{ type: 'metadata', protocol_version: '1.5', created_at: noon + created * 1000 }, ...records]
    .map(
      (record, index) =>
        `${JSON.stringify(index === 0 ? record : { ...record, time: noon + (created + index) * 1000 })}\n`,
    )
    .join('')

export const prompt = (text: string, origin: object = { kind: 'user' }): object => ({
  type: 'turn.prompt',
  input: [{ type: 'text', text }],
  origin,
})
export const event = (type: string, more: object = {}): object => ({
  type: 'context.append_loop_event',
  event: { type, turnId: '0', step: 1, ...more },
})
export const request = (turnStep: string, more: object = {}): object => ({
  type: 'llm.request',
  provider: 'kimi',
  model: 'kimi-k3',
  turnStep,
  ...more,
})
export const call = (id: string, name: string, args: object): object =>
  event('tool.call', { toolCallId: id, name, args })
export const result = (id: string, output: unknown, isError = false): object =>
  event('tool.result', { toolCallId: id, result: { output, ...(isError ? { isError } : {}) } })
export const say = (text: string): object => event('content.part', { part: { type: 'text', text } })
export const end = (finishReason: string, input = 10, output = 2): object =>
  event('step.end', {
    usage: { inputOther: input, output, inputCacheRead: 5, inputCacheCreation: 0 },
    finishReason,
    messageId: `m-${input}`,
  })
export const decision = (id: string, decided: string, more: object = {}): object => ({
  type: 'permission.record_approval_result',
  turnId: 0,
  toolCallId: id,
  toolName: 'Bash',
  action: 'Running',
  result: { decision: decided, ...more },
})

/** Converts files by name. */
export const convert = (files: Readonly<Record<string, string>>): Promise<Conversion> =>
  kimiCliAdapter.convert(Object.entries(files).map(([name, content]) => ({ name, content })))

/** A session in which everything occurs that the adapter reads. */
export const richWire = (): string =>
  wire(
    0,
    {
      type: 'config.update',
      cwd: '/srv/books',
      modelAlias: 'moonshot-ai/kimi-k3',
      thinkingEffort: 'on',
      profileName: 'agent',
    },
    { type: 'tools.set_active_tools', names: ['Read', 'Bash', 'Agent'] },
    { type: 'permission.set_mode', mode: 'manual' },
    prompt('Sort the books'),
    { type: 'context.append_message', message: { role: 'user', content: [{ type: 'text', text: 'Sort the books' }] } },
    event('step.begin', { uuid: 's1' }),
    {
      type: 'llm.tools_snapshot',
      hash: 'x',
      tools: [{ name: 'Bash', description: 'Run', parameters: { type: 'object' } }],
    },
    request('0.1'),
    request('0.1', { attempt: '2/10' }),
    event('content.part', { part: { type: 'think', think: 'First look.' } }),
    say('I look.'),
    decision('Bash_1', 'approved', { scope: 'session' }),
    call('Bash_1', 'Bash', { command: 'ls > list.txt' }),
    result('Bash_1', 'a\n'),
    { type: 'interaction.request', id: 'i1', kind: 'approval', toolCallId: 'Bash_2', request: { toolName: 'Bash' } },
    { type: 'interaction.resolved', id: 'i1', response: { decision: 'rejected', feedback: 'No!' } },
    call('Bash_2', 'Bash', { command: 'rm -rf /' }),
    result('Bash_2', 'Tool call rejected by the user', true),
    call('Write_3', 'Write', { path: '/srv/books/a.txt', content: 'a' }),
    result('Write_3', [{ type: 'text', text: 'ok' }]),
    call('Agent_4', 'Agent', { prompt: 'Count them', subagent_type: 'explore' }),
    result('Agent_4', 'agent_id: agent-0\nThere are 12.'),
    call('AskUserQuestion_5', 'AskUserQuestion', { questions: [] }),
    result('AskUserQuestion_5', 'By title'),
    end('tool_use'),
    {
      type: 'usage.record',
      model: 'kimi-k3',
      usage: { inputOther: 10, output: 2, inputCacheRead: 5, inputCacheCreation: 0 },
      usageScope: 'turn',
    },
    { type: 'turn.steer', input: [{ type: 'text', text: 'Hurry' }], origin: { kind: 'user' } },
    { type: 'permission.set_mode', mode: 'auto' },
    { type: 'full_compaction.begin' },
    { type: 'context.apply_compaction', summary: 'So far.', tokensBefore: 900, tokensAfter: 90 },
    { type: 'full_compaction.complete' },
    request('0.2'),
    say('Sorted.'),
    end('end_turn', 20),
    { type: 'turn.ended', turnId: 0, reason: 'completed' },
    prompt('Burn them'),
    request('1.1'),
    decision('Bash_9', 'rejected'),
    { type: 'turn.cancel' },
    { type: 'token_counting.measured', tokens: 5 },
  )

/** The log of the sub-agent that the rich one started. */
export const richSubAgent = (): string =>
  wire(
    22,
    { type: 'config.update', cwd: '/srv/books', profileName: 'explore' },
    prompt('<git-context>…</git-context>\n\nCount them', { kind: 'system_trigger', name: 'subagent' }),
    request('0.1'),
    say('There are 12.'),
    end('end_turn', 7),
  )

/** A session of the older Kimi CLI. */
export const legacyWire = (): string =>
  [
    { type: 'metadata', protocol_version: '1.10' },
    ...(
      [
        ['TurnBegin', { user_input: 'Sort the books' }],
        ['StepBegin', { n: 1 }],
        ['ContentPart', { type: 'think', think: 'First look.' }],
        ['ContentPart', { type: 'text', text: 'I look.' }],
        ['ToolCall', { type: 'function', id: 't1', function: { name: 'Shell', arguments: '{"command":"ls"}' } }],
        [
          'StatusUpdate',
          {
            token_usage: { input_other: 30, output: 3, input_cache_read: 0, input_cache_creation: 0 },
            message_id: 'm1',
          },
        ],
        [
          'ApprovalRequest',
          { id: 'a1', tool_call_id: 't1', sender: 'Shell', action: 'run command', description: 'ls' },
        ],
        ['ApprovalResponse', { request_id: 'a1', response: 'approve' }],
        ['ToolResult', { tool_call_id: 't1', return_value: { is_error: false, output: 'a', message: 'ok' } }],
        ['CompactionBegin', {}],
        ['CompactionEnd', {}],
        ['StepBegin', { n: 2 }],
        ['TextPart', { type: 'text', text: 'Sorted.' }],
        ['StatusUpdate', { token_usage: { input_other: 40, output: 4 } }],
        ['TurnEnd', {}],
        ['TurnBegin', { user_input: [{ type: 'text', text: 'Burn them' }] }],
        ['StepBegin', { n: 1 }],
        ['ToolCall', { type: 'function', id: 't2', function: { name: 'Shell', arguments: '{"command":"rm"}' } }],
        ['ApprovalRequest', { id: 'a2', tool_call_id: 't2', sender: 'Shell' }],
        ['ApprovalResponse', { request_id: 'a2', response: 'reject', feedback: 'No!' }],
        [
          'ToolResult',
          { tool_call_id: 't2', return_value: { is_error: true, message: 'The tool call is rejected by the user.' } },
        ],
        ['StepInterrupted', {}],
      ] as const
    ).map(([type, payload], index) => ({ timestamp: noon / 1000 + index, message: { type, payload } })),
  ]
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('')

/** Inputs for the tests of hostile shapes. */
export const examples = (): Example[] => [
  { name: 'wire.jsonl', text: richWire() },
  { name: 'agents/agent-0/wire.jsonl', text: richSubAgent() },
  { name: 'legacy.jsonl', text: legacyWire() },
]
