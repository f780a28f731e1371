import { expect, it } from 'vitest'
import { wrapFetch, wrapTool } from '../../src/runtime/index.ts'
import { ask, events, type Handler, json, post, serve, usageAtFirst } from './model-server.ts'
import { begin, end } from './runs.ts'

const cases: readonly [string, string, object, Handler, object][] = [
  [
    'Anthropic',
    '/v1/messages',
    { ...ask, max_tokens: 9 },
    json({
      type: 'message',
      id: 'msg_1',
      model: 'claude-1',
      stop_reason: 'tool_use',
      content: [
        { type: 'text', text: 'Monday' },
        { type: 'tool_use', id: 'call_1', name: 't', input: {} },
      ],
      usage: { ...usageAtFirst, output_tokens: 7 },
    }),
    {
      model: 'claude-1',
      response_id: 'msg_1',
      stop_reason: 'tool_use',
      cost: { input_tokens: 100, output_tokens: 7, cache_read_tokens: 90 },
    },
  ],
  [
    'Anthropic, streamed',
    '/v1/messages',
    { ...ask, max_tokens: 9, stream: true },
    events([
      { type: 'message_start', message: { type: 'message', id: 'msg_1', model: 'claude-1', usage: usageAtFirst } },
      { type: 'ping' },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Mon' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'day' } },
      { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'call_1', name: 't' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7, input_tokens: null } },
      { type: 'message_stop' },
    ]),
    { model: 'claude-1', response_id: 'msg_1', stop_reason: 'end_turn', cost: { input_tokens: 100, output_tokens: 7 } },
  ],
  [
    'OpenAI chat completions',
    '/v1/chat/completions',
    ask,
    json({
      id: 'chatcmpl-1',
      model: 'gpt-x',
      choices: [{ finish_reason: 'stop', message: { content: 'Monday', tool_calls: [{ id: 'call_1' }] } }],
      usage: { prompt_tokens: 100, completion_tokens: 7 },
    }),
    { model: 'gpt-x', response_id: 'chatcmpl-1', stop_reason: 'stop', cost: { input_tokens: 100, output_tokens: 7 } },
  ],
  [
    'OpenAI chat completions, streamed',
    '/api/v1/chat/completions',
    { ...ask, stream: true },
    events([
      { id: 'chatcmpl-1', model: 'gpt-x', choices: [{ delta: { role: 'assistant', content: '' } }], usage: null },
      { id: 'chatcmpl-1', model: 'gpt-x', choices: [{ delta: { content: 'Monday' } }] },
      { id: 'chatcmpl-1', model: 'gpt-x', choices: [{ delta: { tool_calls: [{ index: 0, id: 'call_1' }] } }] },
      { id: 'chatcmpl-1', model: 'gpt-x', choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
      { id: 'chatcmpl-1', model: 'gpt-x', choices: [], usage: { prompt_tokens: 100, completion_tokens: 7 } },
    ]),
    {
      model: 'gpt-x',
      response_id: 'chatcmpl-1',
      stop_reason: 'tool_calls',
      cost: { input_tokens: 100, output_tokens: 7 },
    },
  ],
  [
    'OpenAI responses',
    '/v1/responses',
    { model: 'asked-1', input: 'Which day?' },
    json({
      object: 'response',
      id: 'resp_1',
      model: 'gpt-x',
      status: 'completed',
      output: [
        { type: 'message', content: [{ type: 'output_text', text: 'Monday' }] },
        { type: 'function_call', call_id: 'call_1' },
      ],
      usage: { input_tokens: 100, input_tokens_details: { cached_tokens: 90 }, output_tokens: 7 },
    }),
    { model: 'gpt-x', response_id: 'resp_1', cost: { input_tokens: 100, output_tokens: 7, cache_read_tokens: 90 } },
  ],
  [
    'OpenAI responses, streamed',
    '/v1/responses',
    {
      model: 'asked-1',
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'Which day?' }] }],
      stream: true,
    },
    events([
      {
        type: 'response.created',
        response: { object: 'response', id: 'resp_1', model: 'gpt-x', status: 'in_progress' },
      },
      { type: 'response.output_text.delta', delta: 'Monday' },
      {
        type: 'response.incomplete',
        response: {
          object: 'response',
          id: 'resp_1',
          model: 'gpt-x',
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
          output: [{ type: 'function_call', call_id: 'call_1' }],
          usage: { input_tokens: 100, input_tokens_details: { cached_tokens: 0 }, output_tokens: 7 },
        },
      },
    ]),
    { response_id: 'resp_1', stop_reason: 'max_output_tokens', cost: { input_tokens: 100, output_tokens: 7 } },
  ],
  [
    'Gemini, streamed',
    '/v1beta/models/gemini-x:streamGenerateContent?alt=sse&key=AIzaSyREDACTED',
    { contents: [{ role: 'user', parts: [{ text: 'Which day?' }] }] },
    events([
      { candidates: [{ content: { parts: [{ text: 'Mon' }] } }], modelVersion: 'gemini-x-001', responseId: 'r1' },
      {
        candidates: [
          { content: { parts: [{ text: 'day' }, { functionCall: { id: 'call_1' } }] }, finishReason: 'STOP' },
        ],
        usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 3, thoughtsTokenCount: 4 },
      },
    ]),
    {
      model: 'gemini-x-001',
      response_id: 'r1',
      stop_reason: 'STOP',
      cost: { input_tokens: 100, output_tokens: 7, reasoning_tokens: 4 },
    },
  ],
  [
    'Bedrock Converse',
    '/model/anthropic.claude-x-v1%3A0/converse',
    { messages: [{ role: 'user', content: [{ text: 'Which day?' }] }] },
    json({
      output: { message: { content: [{ text: 'Monday' }, { toolUse: { toolUseId: 'call_1' } }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 10, outputTokens: 7, cacheReadInputTokens: 90, totalTokens: 17 },
    }),
    { model: 'anthropic.claude-x-v1:0', stop_reason: 'end_turn', cost: { input_tokens: 100, output_tokens: 7 } },
  ],
  [
    'Ollama, streamed',
    '/api/chat',
    ask,
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      response.write('{"model":"llama-x","message":{"content":"Mon"},"done":false}\n{"model":"llama-x","mess')
      response.end('age":{"content":"day"},"done":true,"done_reason":"stop","prompt_eval_count":100,"eval_count":7}')
    },
    { model: 'llama-x', stop_reason: 'stop', cost: { input_tokens: 100, output_tokens: 7 } },
  ],
]

it.each(cases)('records %s', async (name, path, body, handler, expected) => {
  const { run, faults } = begin()
  const base = await serve(handler)
  const url = `${base}${path}`
  const plain = await fetch(url, post(body))
  const response = await wrapFetch(run)(url, post(body))
  expect(await response.text()).toBe(await plain.text())
  const tool = wrapTool(run, { name: 't', parameters: 'first', callId: () => 'call_1' }, () => 1)
  tool()
  const { steps } = await end(run)
  expect(steps[0]).toMatchObject({ type: 'model_call', status: 'succeeded', role: 'assistant', ...expected })
  expect(steps[0]).toMatchObject({ input_preview: 'Which day?', output_preview: 'Monday' })
  expect(steps[0]?.first_token_ms !== undefined).toBe(name.endsWith('streamed'))
  if (name !== 'Ollama, streamed') expect(steps[1]?.model_call_id).toBe(steps[0]?.id)
  expect(faults).toEqual([])
})
