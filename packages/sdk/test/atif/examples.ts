import type { Example } from '../conversion/hostile.ts'

const metrics = { prompt_tokens: 1200, completion_tokens: 40, cached_tokens: 1000, cost_usd: 0.01 }

/** A trajectory with two turns, reasoning, images, calls, a refusal, and a sub-agent inside. */
export const rich = {
  schema_version: 'ATIF-v1.7',
  session_id: 'session-7',
  trajectory_id: 'trajectory-7',
  agent: {
    name: 'librarian',
    version: '2.1.0',
    model_name: 'gpt-5',
    tool_definitions: [
      {
        type: 'function',
        function: { name: 'bash', description: 'Runs a command', parameters: { type: 'object', properties: {} } },
      },
      { type: 'function', function: { name: 'ask_expert' } },
    ],
    extra: { mode: 'careful' },
  },
  notes: 'made by hand',
  steps: [
    { step_id: 1, timestamp: '2026-11-20T15:00:00Z', source: 'system', message: 'You sort books.' },
    {
      step_id: 2,
      timestamp: '2026-11-20T15:00:01Z',
      source: 'user',
      message: [
        { type: 'text', text: 'Sort these.' },
        { type: 'image', source: { media_type: 'image/png', path: 'images/shelf.png' } },
      ],
    },
    {
      step_id: 3,
      timestamp: '2026-11-20T15:00:05Z',
      source: 'agent',
      model_name: 'gpt-5-mini',
      reasoning_effort: 'high',
      message: 'I list them first.',
      reasoning_content: 'A list will help.',
      tool_calls: [
        { tool_call_id: 'call-1', function_name: 'bash', arguments: { command: 'ls books > list.txt' } },
        {
          tool_call_id: 'call-2',
          function_name: 'ask_expert',
          arguments: { question: 'Which order?' },
          extra: { invocation: { start_timestamp: 1795273210, end_timestamp: 1795273212.5, status: 'completed' } },
        },
      ],
      observation: {
        results: [
          { source_call_id: 'call-1', content: 'a\nb' },
          {
            source_call_id: 'call-2',
            content: 'By author.',
            subagent_trajectory_ref: [{ trajectory_id: 'expert-1', session_id: 'session-7' }],
            extra: { confidence: 0.9 },
          },
        ],
      },
      metrics: { ...metrics, extra: { reasoning_tokens: 12, cache_creation_input_tokens: 100, region: 'eu' } },
      llm_call_count: 1,
      extra: { ancestry: { function_id: 'f-1', function_name: 'librarian', parent_id: null, parent_name: null } },
    },
    {
      step_id: 4,
      timestamp: '2026-11-20T15:00:09Z',
      source: 'system',
      message: '',
      observation: { results: [{ content: 'A lamp went out.' }] },
    },
    { step_id: 5, timestamp: '2026-11-20T15:01:00Z', source: 'user', message: 'Thanks. And the maps?' },
    {
      step_id: 6,
      timestamp: '2026-11-20T15:01:04Z',
      source: 'agent',
      message: 'There are no maps.',
      metrics,
      llm_call_count: 1,
    },
  ],
  subagent_trajectories: [
    {
      schema_version: 'ATIF-v1.7',
      trajectory_id: 'expert-1',
      agent: { name: 'expert', version: '1.0', model_name: 'gpt-5' },
      steps: [
        { step_id: 1, timestamp: '2026-11-20T15:00:06Z', source: 'user', message: 'Which order?' },
        {
          step_id: 2,
          timestamp: '2026-11-20T15:00:07Z',
          source: 'agent',
          message: 'By author.',
          metrics,
          llm_call_count: 1,
        },
      ],
    },
  ],
  final_metrics: { total_prompt_tokens: 3600, total_completion_tokens: 120, total_steps: 6 },
  extra: { experiment: 'shelves' },
}

/** A trajectory of version 1.4, without names of its own, whose sums are all that is counted. */
export const plain = {
  schema_version: 'ATIF-v1.4',
  session_id: 'session-8',
  agent: { name: 'terminus', version: '2', model_name: 'm' },
  steps: [
    { step_id: 1, source: 'user', message: 'Write a file', is_copied_context: true },
    { step_id: 2, timestamp: '2026-11-20T15:00:00', source: 'user', message: 'Write a file' },
    {
      step_id: 3,
      timestamp: '2026-11-20T15:00:02',
      source: 'agent',
      message: 'Doing it',
      observation: { results: [{ content: 'done' }] },
    },
  ],
  final_metrics: { total_prompt_tokens: 500, total_completion_tokens: 20, total_cost_usd: 0.5 },
}

/** Inputs for the tests that every adapter has. */
export const examples = (): Example[] => [
  { name: 'rich.json', text: JSON.stringify(rich) },
  { name: 'plain.json', text: JSON.stringify(plain) },
]
