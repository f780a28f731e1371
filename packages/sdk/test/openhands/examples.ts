import type { Example } from '../conversion/hostile.ts'

/** An event of a conversation. */
export const event = (kind: string, second: number, more: object = {}): object => ({
  kind,
  id: `event-${second}`,
  timestamp: `2026-11-20T15:00:${String(second).padStart(2, '0')}.123456`,
  source: 'agent',
  ...more,
})

const words = (text: string): object[] => [{ type: 'text', text }]

/** Words of the user. */
export const say = (second: number, text: string): object =>
  event('MessageEvent', second, { source: 'user', llm_message: { role: 'user', content: words(text) } })

/** A call of a tool, asked for in an answer of the model. */
export const act = (second: number, call: string, more: object = {}): object =>
  event('ActionEvent', second, {
    thought: words('<think>hidden</think>I try.'),
    reasoning_content: 'hidden',
    action: { kind: 'TerminalAction', command: 'touch new.txt', is_input: false },
    tool_name: 'terminal',
    tool_call_id: call,
    tool_call: { id: call, name: 'terminal', arguments: '{"command":"touch new.txt"}' },
    llm_response_id: 'response-1',
    security_risk: 'LOW',
    ...more,
  })

/** What came of a call. */
export const observe = (second: number, of: number, more: object = {}): object =>
  event('ObservationEvent', second, {
    source: 'environment',
    action_id: `event-${of}`,
    tool_name: 'terminal',
    observation: { kind: 'TerminalObservation', content: words('ok'), is_error: false, exit_code: 0, ...more },
  })

/** A change of the state. */
export const state = (second: number, key: string, value: unknown): object =>
  event('ConversationStateUpdateEvent', second, { source: 'environment', key, value })

/** The sums after a request. */
export const sums = (second: number, input: number, output: number, last: number, cost = 0): object =>
  state(second, 'stats', {
    usage_to_metrics: {
      default: {
        model_name: 'acme/m',
        accumulated_cost: cost,
        accumulated_token_usage: {
          prompt_tokens: input,
          completion_tokens: output,
          cache_read_tokens: input / 2,
          per_turn_token: last,
        },
      },
    },
  })

/** A conversation of two turns, with a confirmation, a refusal and a condensation. */
export const conversation = [
  event('SystemPromptEvent', 0, {
    source: 'agent',
    system_prompt: { text: 'Be good' },
    tools: [{ type: 'function', function: { name: 'terminal', description: 'Runs', parameters: { type: 'object' } } }],
  }),
  say(1, 'Make a file'),
  sums(2, 100, 10, 110, 0.01),
  act(3, 'c1'),
  act(4, 'c2', { action: { kind: 'FileEditorAction', command: 'create', path: '/w/b.txt' }, tool_name: 'file_editor' }),
  state(5, 'execution_status', 'waiting_for_confirmation'),
  state(6, 'execution_status', 'running'),
  observe(7, 3),
  event('UserRejectObservation', 8, {
    source: 'environment',
    action_id: 'event-4',
    tool_name: 'file_editor',
    tool_call_id: 'c2',
    rejection_reason: 'not there',
    rejection_source: 'user',
  }),
  event('Condensation', 9, { source: 'environment', forgotten_event_ids: ['event-3'], summary: 'made a file' }),
  sums(10, 300, 30, 220, 0.03),
  event('MessageEvent', 11, {
    llm_message: { role: 'assistant', content: words('Made.') },
    llm_response_id: 'response-2',
  }),
  state(12, 'execution_status', 'finished'),
  say(13, 'And another'),
  act(14, 'c3', { llm_response_id: 'response-3' }),
  observe(15, 14, { exit_code: 2 }),
  act(16, 'c4', {
    llm_response_id: 'response-4',
    tool_name: 'finish',
    action: { kind: 'FinishAction', message: 'All made.' },
  }),
  observe(17, 16),
]

const lines = (events: readonly object[]): string => events.map((one) => `${JSON.stringify(one)}\n`).join('')

/** Inputs for the tests that every adapter has. */
export const examples = (): Example[] => [{ name: 'events.jsonl', text: lines(conversation) }]
