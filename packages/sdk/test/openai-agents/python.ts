// Shapes as the Python SDK writes them.

const agent = (name: string) => ({ name })

const usage = (requests: number) => ({
  requests,
  input_tokens: 100 * requests,
  input_tokens_details: [{ cached_tokens: 60 * requests, cache_write_tokens: 5 * requests }],
  output_tokens: 10 * requests,
  output_tokens_details: [{ reasoning_tokens: 3 * requests }],
  total_tokens: 110 * requests,
})

const functionCall = (call_id: string, name: string, args: object) => ({
  type: 'function_call',
  id: `f${call_id}`,
  call_id,
  name,
  arguments: JSON.stringify(args),
})

/** A call of `publish`, as an item. */
export const callItem = (id: string, name = 'publish', origin: object = { type: 'function' }) => ({
  type: 'tool_call_item',
  agent: agent('Releaser'),
  tool_name: name,
  tool_origin: origin,
  raw_item: functionCall(id, name, { tag: id }),
})

export const approvalItem = (id: string) => ({ ...callItem(id), type: 'tool_approval_item' })

export const outputItem = (call_id: string, output: string) => ({
  type: 'tool_call_output_item',
  agent: agent('Releaser'),
  output,
  raw_item: { type: 'function_call_output', call_id, output },
})

/** A run state, 1.21 unless told otherwise. */
export const state = (members: object = {}): Record<string, unknown> => ({
  $schemaVersion: '1.21',
  current_turn: 1,
  current_agent: agent('Releaser'),
  original_input: 'Release it',
  model_responses: [
    {
      usage: usage(1),
      output: [functionCall('c1', 'publish', { tag: 'c1' })],
      response_id: 'resp_1',
      request_id: null,
    },
  ],
  context: { usage: usage(1), approvals: {}, tool_invocations: {}, context: null },
  max_turns: 10,
  generated_items: [callItem('c1'), approvalItem('c1')],
  session_items: [],
  current_step: null,
  last_processed_response: null,
  trace: {
    object: 'trace',
    id: 'trace_0123456789abcdef0123456789abcdef',
    workflow_name: 'Release',
    group_id: 'thread-1',
  },
  ...members,
})

/** A state in which an agent that was called as a tool waits for an approval. */
export const nestedState = (): Record<string, unknown> =>
  state({
    model_responses: [
      { usage: usage(1), output: [functionCall('o1', 'delegate', { tag: 'o1' })], response_id: 'resp_2' },
    ],
    context: { usage: usage(2), approvals: {} },
    generated_items: [callItem('o1', 'delegate', { type: 'agent_as_tool', agent_name: 'Inner' })],
    current_step: { type: 'next_step_interruption', data: { interruptions: [approvalItem('c1')] } },
    last_processed_response: {
      functions: [
        {
          tool_call: functionCall('o1', 'delegate', { tag: 'o1' }),
          agent_run_state: state({
            current_agent: agent('Inner'),
            current_step: { type: 'next_step_interruption', data: { interruptions: [approvalItem('c1')] } },
          }),
        },
      ],
    },
  })

let spans = 0

/** A span of a trace, as the Python SDK exports it; times are seconds after 14:00. */
export const span = (
  id: string,
  parent_id: string | null,
  [from, to]: readonly [number, number],
  span_data: object,
  error: object | null = null,
) => ({
  object: 'trace.span',
  id,
  trace_id: 'trace_1',
  parent_id,
  started_at: time(from),
  ended_at: time(to),
  span_data,
  error,
})

const time = (second: number): string =>
  `2026-11-20T14:00:${String(second).padStart(2, '0')}.0000${spans++ % 10}0+00:00`

const generation = (output: object[], input: object[] = [{ role: 'user', content: 'Release it' }]) => ({
  type: 'generation',
  model: 'gpt-5',
  input,
  output,
  usage: { input_tokens: 100, output_tokens: 10, input_tokens_details: { cached_tokens: 60 } },
})

const task = {
  type: 'custom',
  name: 'task',
  data: { sdk_span_type: 'task', name: 'Release', usage: { input_tokens: 999 } },
}
const publish = { type: 'function', name: 'publish', input: '{"tag":"c1"}', mcp_data: { server: 'registry' } }
const releaser = { type: 'agent', name: 'Releaser', handoffs: [], tools: ['publish'], output_type: 'str' }

/** A trace of a run that paused for an approval and was taken up again. Chat completions, as LiteLLM models give them. */
export const pausedTrace = (): object[] => [
  { object: 'trace', id: 'trace_1', workflow_name: 'Release', group_id: 'thread-1', metadata: { team: 'build' } },
  span(
    's3',
    's2',
    [1, 2],
    generation([
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'publish', arguments: '{"tag":"c1"}' } }],
      },
    ]),
  ),
  span('s4', 's2', [2, 2], { ...publish, output: null }),
  span('s2', 's1', [0, 3], releaser),
  span('s1', null, [0, 3], task),
  span('s7', 's6', [20, 21], { ...publish, output: 'published' }),
  span('s8', 's6', [21, 22], generation([{ role: 'assistant', content: 'Done.' }])),
  span('s9', 's6', [22, 22], { type: 'guardrail', name: 'polite', triggered: false }),
  span('sa', 's6', [22, 23], { type: 'mcp_tools', server: 'registry', result: ['publish'] }),
  span('sb', 's6', [22, 23], {
    type: 'transcription',
    input: { data: 'AAAA', format: 'pcm' },
    output: 'hello',
    model: 'whisper',
  }),
  span('sc', 's6', [22, 23], { type: 'speech', input: 'Done.', output: { data: 'BBBB', format: 'pcm' }, model: 'tts' }),
  span('sd', 's6', [22, 23], { type: 'custom', name: 'note', data: { text: 'own' } }),
  span('s6', 's5', [19, 24], releaser),
  span('s5', null, [19, 24], task),
]
