// Small event logs for tests, shaped as the Copilot CLI writes them.

import { copilotCliAdapter } from '../../src/adapters/copilot-cli/index.ts'
import type { Conversion } from '../../src/conversion/report.ts'
import type { Example } from '../conversion/hostile.ts'

/** An event: its type and data, and members beside them. */
export type Event = readonly [type: string, data: object, beside?: object]

/** Events one second apart, each naming the one before. */
export const log = (...events: readonly Event[]): string =>
  events
    .map(([type, data, beside], index) => {
      const timestamp = new Date(Date.UTC(2026, 10, 20, 14, 0, index)).toISOString()
      return `${JSON.stringify({ type, data, id: `e${index}`, timestamp, parentId: index === 0 ? null : `e${index - 1}`, ...beside })}\n`
    })
    .join('')

export const start: Event = [
  'session.start',
  {
    sessionId: 'sess',
    copilotVersion: '1.0.77',
    selectedModel: 'gpt-5-mini',
    context: { cwd: '/srv/books', repository: 'acme/books', branch: 'main', headCommit: '4c1e9f20' },
  },
]
export const prompt = (content: string, more: object = {}): Event => ['user.message', { content, ...more }]
export const ask: Event = ['assistant.turn_start', { turnId: '0' }]
export const answer = (content: string, more: object = {}): Event => [
  'assistant.message',
  { content, toolRequests: [], ...more },
]
export const wants = (id: string, name: string, args: object, more: object = {}): Event =>
  answer('', {
    toolRequests: [{ toolCallId: id, name, arguments: args, ...more }],
    apiCallId: `api-${id}`,
    outputTokens: 5,
  })
export const begin = (id: string, name: string, args: object, more: object = {}): Event => [
  'tool.execution_start',
  { toolCallId: id, toolName: name, arguments: args, ...more },
]
export const done = (id: string, content: string, more: object = {}): Event => [
  'tool.execution_complete',
  { toolCallId: id, success: true, result: { content }, ...more },
]

/** Converts logs. */
export const convert = (...texts: readonly string[]): Promise<Conversion> =>
  copilotCliAdapter.convert(texts.map((content, index) => ({ name: `events-${index}.jsonl`, content })))

/** A session in which everything occurs that the adapter reads. */
export const richLog = (): string =>
  log(
    start,
    ['system.message', { content: 'You are …', role: 'system' }],
    prompt('Sort the books'),
    ask,
    ['assistant.reasoning', { reasoningId: 'r', content: 'First look.' }],
    answer('I look.', {
      reasoningText: 'First look.',
      apiCallId: 'api-1',
      outputTokens: 12,
      toolRequests: [
        { toolCallId: 'c1', name: 'bash', arguments: '{"command":"ls > list.txt"}' },
        { toolCallId: 'c2', name: 'create', arguments: { path: '/srv/books/a.txt', file_text: 'a' } },
        { toolCallId: 'c3', name: 'get_book', mcpServerName: 'shelf', mcpToolName: 'get_book', arguments: { id: 4 } },
        { toolCallId: 'c4', name: 'task', arguments: { agent_type: 'explore', prompt: 'Count' } },
        { toolCallId: 'c5', name: 'bash', arguments: { command: 'rm -rf /' } },
        { toolCallId: 'c6', name: 'ask_user', arguments: { question: 'Which order?' } },
      ],
    }),
    [
      'permission.requested',
      { requestId: 'p1', permissionRequest: { kind: 'shell', toolCallId: 'c1', intention: 'List' } },
    ],
    ['permission.completed', { requestId: 'p1', toolCallId: 'c1', result: { kind: 'approved-for-session' } }],
    begin('c1', 'bash', { command: 'ls > list.txt' }),
    done('c1', 'a\n<exited with exit code 0>'),
    begin('c2', 'create', { path: '/srv/books/a.txt', file_text: 'a' }),
    done('c2', 'Created'),
    begin('c3', 'get_book', { id: 4 }, { mcpServerName: 'shelf', mcpToolName: 'get_book' }),
    done('c3', 'none', { success: false, error: { message: 'not found', code: 'failure' } }),
    begin('c4', 'task', { agent_type: 'explore', prompt: 'Count' }),
    ['subagent.started', { toolCallId: 'c4', agentName: 'explore' }],
    [
      'assistant.message',
      {
        content: 'Counting.',
        parentToolCallId: 'c4',
        toolRequests: [{ toolCallId: 'i1', name: 'glob', arguments: { pattern: '*' } }],
        model: 'claude-haiku-4.5',
        outputTokens: 3,
        apiCallId: 'api-i',
      },
    ],
    begin('i1', 'glob', { pattern: '*' }, { parentToolCallId: 'c4' }),
    done('i1', 'a.txt', { parentToolCallId: 'c4' }),
    done('c4', 'There are 12.'),
    ['subagent.completed', { toolCallId: 'c4', agentName: 'explore' }],
    ['permission.requested', { requestId: 'p2', permissionRequest: { kind: 'shell', toolCallId: 'c5' } }],
    [
      'permission.completed',
      { requestId: 'p2', toolCallId: 'c5', result: { kind: 'denied-interactively-by-user', feedback: 'No!' } },
    ],
    done('c5', '', {
      success: false,
      error: { message: 'The user rejected this tool call. User feedback: No!', code: 'rejected' },
    }),
    begin('c6', 'ask_user', { question: 'Which order?' }),
    done('c6', 'By title'),
    prompt('Hurry', { delivery: 'steering' }),
    ['session.model_change', { newModel: 'gpt-5', previousModel: 'gpt-5-mini' }],
    ['session.compaction_start', {}],
    [
      'session.compaction_complete',
      {
        success: true,
        preCompactionTokens: 9000,
        summaryContent: 'So far.',
        compactionTokensUsed: { inputTokens: 90, outputTokens: 9 },
      },
    ],
    ['session.error', { errorType: 'rate_limit', message: 'slow down' }],
    ['system.notification', { content: 'A shell ended' }],
    answer('Sorted.', { apiCallId: 'api-2', outputTokens: 4 }),
    ['assistant.usage', { apiCallId: 'api-2', inputTokens: 100, outputTokens: 4, cacheReadTokens: 60 }],
    ['assistant.turn_end', { turnId: '1' }],
    prompt('Burn them'),
    ['abort', { reason: 'user_initiated' }],
    ['session.shutdown', { shutdownType: 'routine' }],
    ['session.resume', { context: { cwd: '/srv/books' } }],
    ['tool.execution_complete', { toolCallId: 'lost', success: true, result: 'x' }],
    ['session.truncation', { preTruncationTokensInMessages: 10, postTruncationTokensInMessages: 5 }],
  )

/** Inputs for the tests of hostile shapes. */
export const examples = (): Example[] => [{ name: 'events.jsonl', text: richLog() }]
