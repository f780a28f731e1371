import type { Example } from '../conversion/hostile.ts'

const at = (seconds: number): string => `2026-11-20T15:00:${String(seconds).padStart(2, '0')}.000+00:00`

/** A request to a model. */
export const model = (seconds: number, message: object, more: object = {}): object => ({
  event: 'model',
  timestamp: at(seconds),
  completed: at(seconds + 1),
  model: 'anthropic/claude-x',
  input: [{ id: 'u1', role: 'user', content: 'attachment://0123456789abcdef' }],
  tools: [{ name: 'bash', description: 'Runs a command', parameters: { type: 'object' } }],
  output: {
    model: 'claude-x-1',
    choices: [{ message: { role: 'assistant', ...message }, stop_reason: 'stop' }],
    usage: { input_tokens: 10, output_tokens: 5, total_tokens: 115, input_tokens_cache_read: 100 },
  },
  ...more,
})

/** A call of a tool. */
export const call = (seconds: number, id: string, more: object = {}): object => ({
  event: 'tool',
  timestamp: at(seconds),
  completed: at(seconds + 1),
  id,
  function: 'bash',
  arguments: { cmd: 'ls' },
  result: 'ok',
  ...more,
})

const decision = (seconds: number, id: string, approver: string, verdict: string, more: object = {}): object => ({
  event: 'approval',
  timestamp: at(seconds),
  message: 'May I?',
  call: { id, function: 'bash', arguments: { cmd: 'ls' } },
  approver,
  decision: verdict,
  explanation: 'because',
  ...more,
})

/** A sample in which much happens. */
export const sample = {
  id: 'task-1',
  epoch: 2,
  uuid: 'sample-uuid',
  input: 'attachment://0123456789abcdef',
  target: 'done',
  messages: [],
  output: { model: 'm', choices: [{ message: { role: 'assistant', content: 'All done.' }, stop_reason: 'stop' }] },
  scores: { judged: { value: 'C', answer: 'done', explanation: 'as expected' }, exact: { value: true } },
  attachments: { '0123456789abcdef': 'List the files, please.' },
  events: [
    { event: 'span_begin', id: 's1', type: 'solver', name: 'react', timestamp: at(0) },
    model(
      0,
      {
        id: 'a1',
        content: [
          { type: 'reasoning', reasoning: 'Hm.' },
          { type: 'text', text: 'I look.' },
        ],
        tool_calls: [{ id: 'c1', function: 'bash', arguments: { cmd: 'ls' } }],
      },
      { span_id: 's1', uuid: 'm1', retries: 2 },
    ),
    decision(1, 'c1', 'human', 'approve'),
    { event: 'span_begin', id: 's2', parent_id: 's1', type: 'tool', name: 'bash', timestamp: at(2) },
    call(2, 'c1', { span_id: 's1' }),
    {
      event: 'sandbox',
      action: 'exec',
      cmd: 'ls',
      result: 0,
      output: 'a',
      span_id: 's2',
      timestamp: at(2),
      completed: at(3),
    },
    { event: 'sandbox', action: 'write_file', file: '/tmp/x', span_id: 's2', timestamp: at(3) },
    { event: 'span_end', id: 's2', timestamp: at(3) },
    model(
      4,
      {
        id: 'a2',
        content: 'Next.',
        tool_calls: [
          { id: 'c2', function: 'bash', arguments: {} },
          { id: 'c3', function: 'bash', arguments: {} },
          { id: 'c4', function: 'bash', arguments: {} },
        ],
      },
      { span_id: 's1' },
    ),
    decision(5, 'c2', 'human', 'reject'),
    call(5, 'c2', { span_id: 's1', error: { type: 'approval', message: 'no' } }),
    decision(6, 'c3', 'auto', 'approve'),
    call(6, 'c3', { span_id: 's1', error: { type: 'timeout', message: 'slow' }, failed: true }),
    decision(7, 'c4', 'human', 'terminate'),
    { event: 'input', message: 'Say', input: 'Go on', timestamp: at(8) },
    {
      event: 'subtask',
      name: 'search',
      type: 'fork',
      input: {},
      result: 'found',
      timestamp: at(8),
      completed: at(9),
      events: [model(8, { content: 'inner' })],
    },
    { event: 'compaction', timestamp: at(9) },
    { event: 'sandbox', action: 'read_file', file: '/tmp/y', timestamp: at(9) },
    call(10, 'h1', { function: 'transfer_to_helper', agent: 'helper', agent_span_id: 's3' }),
    { event: 'span_begin', id: 's3', type: 'agent', name: 'helper', timestamp: at(10) },
    model(10, { id: 'a3', content: 'I help.' }, { span_id: 's3' }),
    model(11, { id: 'a4', content: '' }, { error: 'overloaded', output: { model: 'm', choices: [] } }),
    { event: 'info', data: 'x', timestamp: at(12) },
    { event: 'sample_limit', type: 'message', message: 'too many', timestamp: at(12) },
    { event: 'span_begin', id: 's4', type: 'scorer', name: 'judged', timestamp: at(13) },
    model(13, { id: 'a5', content: 'Grade: C' }, { span_id: 's4' }),
    { event: 'score', score: { value: 'C' }, span_id: 's4', timestamp: at(14) },
    { event: 'span_end', id: 's4', timestamp: at(14) },
  ],
}

/** What a log says besides its samples. */
export const header = {
  version: 2,
  status: 'success',
  eval: {
    run_id: 'run-1',
    task_id: 'task-id-1',
    eval_id: 'eval-1',
    task: 'files',
    model: 'anthropic/claude-x',
    solver: 'react',
    sandbox: { type: 'docker' },
    config: { token_limit: 5000, time_limit: 60, approval: { approvers: [{ name: 'human', tools: '*' }] } },
    revision: { type: 'git', origin: 'https://user:secret@git.example.com/x.git', commit: 'abc123' },
    packages: { inspect_ai: '0.3.95' },
  },
  plan: { steps: [], config: { temperature: 0.2, max_tokens: 100 } },
}

/** A log of samples. */
export const log = (...samples: readonly object[]): object => ({ ...header, samples })

/** A sample of a log that was written without events. */
export const quiet = {
  id: 2,
  epoch: 1,
  input: [{ role: 'user', content: 'Hello' }],
  messages: [
    { role: 'system', content: 'Be kind' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'One moment', tool_calls: [{ id: 't1', function: 'look', arguments: {} }] },
    { role: 'tool', tool_call_id: 't1', function: 'look', content: 'seen' },
    { role: 'assistant', content: 'Hello!' },
    { role: 'user', content: 'Bye' },
    { role: 'assistant', content: 'Bye!' },
  ],
  model_usage: { 'openai/x': { input_tokens: 50, output_tokens: 9, total_tokens: 59 } },
  scores: { quality: { value: 0.5 } },
}

/** Inputs for the tests that every adapter has. */
export const examples = (): Example[] => [{ name: 'rich.json', text: JSON.stringify(log(sample, quiet)) }]
