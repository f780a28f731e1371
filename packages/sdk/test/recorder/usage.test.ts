import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../src/index.ts'

const answers: [string, unknown, object][] = [
  [
    'Anthropic Messages',
    {
      id: 'msg_1',
      model: 'claude-sonnet-4-5',
      stop_reason: 'end_turn',
      content: [
        { type: 'thinking', thinking: '…' },
        { type: 'text', text: 'Hello' },
      ],
      usage: { input_tokens: 10, cache_read_input_tokens: 80, cache_creation_input_tokens: 5, output_tokens: 7 },
    },
    {
      response_id: 'msg_1',
      model: 'claude-sonnet-4-5',
      stop_reason: 'end_turn',
      output: 'Hello',
      cost: { input_tokens: 95, output_tokens: 7, cache_read_tokens: 80, cache_write_tokens: 5, total_tokens: 102 },
    },
  ],
  [
    'OpenAI Responses',
    {
      id: 'resp_1',
      model: 'gpt-5',
      output_text: 'Hello',
      usage: {
        input_tokens: 90,
        input_tokens_details: { cached_tokens: 80 },
        output_tokens: 20,
        output_tokens_details: { reasoning_tokens: 12 },
      },
    },
    {
      output: 'Hello',
      cost: { input_tokens: 90, cache_read_tokens: 80, output_tokens: 20, reasoning_tokens: 12, total_tokens: 110 },
    },
  ],
  [
    'OpenAI Chat Completions',
    {
      id: 'chatcmpl_1',
      model: 'gpt-4o',
      choices: [{ finish_reason: 'stop', message: { content: 'Hello' } }],
      usage: { prompt_tokens: 9, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } },
    },
    { stop_reason: 'stop', output: 'Hello', cost: { input_tokens: 9, cache_read_tokens: 4, output_tokens: 3 } },
  ],
  [
    'Gemini',
    {
      responseId: 'g1',
      modelVersion: 'gemini-2.5-pro',
      candidates: [{ finishReason: 'STOP', content: { parts: [{ text: 'Hello' }] } }],
      usageMetadata: {
        promptTokenCount: 8,
        candidatesTokenCount: 3,
        thoughtsTokenCount: 5,
        cachedContentTokenCount: 2,
      },
    },
    {
      response_id: 'g1',
      model: 'gemini-2.5-pro',
      output: 'Hello',
      cost: { input_tokens: 8, output_tokens: 8, reasoning_tokens: 5, cache_read_tokens: 2, total_tokens: 16 },
    },
  ],
  [
    'Bedrock Converse',
    {
      stopReason: 'end_turn',
      output: { message: { content: [{ text: 'Hello' }] } },
      usage: { inputTokens: 5, outputTokens: 2, cacheReadInputTokens: 40, cacheWriteInputTokens: 0 },
    },
    { stop_reason: 'end_turn', output: 'Hello', cost: { input_tokens: 45, cache_read_tokens: 40, total_tokens: 47 } },
  ],
  [
    'AI SDK',
    {
      text: 'Hello',
      finishReason: 'stop',
      usage: { inputTokens: 50, outputTokens: 9, cachedInputTokens: 30, reasoningTokens: 4 },
    },
    { output: 'Hello', cost: { input_tokens: 50, cache_read_tokens: 30, output_tokens: 9, reasoning_tokens: 4 } },
  ],
  [
    'Ollama',
    { model: 'llama3', message: { content: 'Hello' }, done_reason: 'stop', prompt_eval_count: 6, eval_count: 2 },
    { model: 'llama3', stop_reason: 'stop', output: 'Hello', cost: { input_tokens: 6, output_tokens: 2 } },
  ],
  [
    'Anthropic Messages, what was written to the cache for how long',
    {
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 100,
        cache_creation: { ephemeral_5m_input_tokens: 60, ephemeral_1h_input_tokens: 40 },
        output_tokens: 5,
      },
    },
    {
      cost: { input_tokens: 110, cache_write_tokens: 100, cache_write_5m_tokens: 60, cache_write_1h_tokens: 40 },
    },
  ],
  [
    'Gemini, with tools in the prompt and nothing but thoughts',
    { usageMetadata: { promptTokenCount: 100, toolUsePromptTokenCount: 40, thoughtsTokenCount: 30 } },
    { cost: { input_tokens: 140, output_tokens: 30, reasoning_tokens: 30, total_tokens: 170 } },
  ],
  [
    'DeepSeek',
    { usage: { prompt_tokens: 100, completion_tokens: 5, prompt_cache_hit_tokens: 90, prompt_cache_miss_tokens: 10 } },
    { cost: { input_tokens: 100, cache_read_tokens: 90, output_tokens: 5 } },
  ],
  [
    'the AI SDK 4',
    { usage: { promptTokens: 100, completionTokens: 10, totalTokens: 110 }, finishReason: 'stop', text: 'Hello' },
    { stop_reason: 'stop', output: 'Hello', cost: { input_tokens: 100, output_tokens: 10, total_tokens: 110 } },
  ],
  [
    'the AI SDK 5, in several steps',
    { usage: { inputTokens: 10, outputTokens: 1 }, totalUsage: { inputTokens: 50, outputTokens: 6 } },
    { cost: { input_tokens: 50, output_tokens: 6 } },
  ],
  [
    'the AI SDK 6',
    {
      usage: {
        inputTokens: 100,
        inputTokenDetails: { noCacheTokens: 10, cacheReadTokens: 80, cacheWriteTokens: 10 },
        outputTokens: 10,
        outputTokenDetails: { textTokens: 5, reasoningTokens: 5 },
      },
    },
    { cost: { input_tokens: 100, cache_read_tokens: 80, cache_write_tokens: 10, reasoning_tokens: 5 } },
  ],
  [
    'a language model of the AI SDK 6',
    { usage: { inputTokens: { total: 100, cacheRead: 80 }, outputTokens: { total: 10 } } },
    { cost: { input_tokens: 100, cache_read_tokens: 80, output_tokens: 10 } },
  ],
]

describe('an answer of', () => {
  it.each(answers)('%s is understood', (_, response, expected) => {
    const { cost, ...answer } = readAnswer(response)
    expect({ cost, ...answer }).toMatchObject(expected)
    expect(cost?.basis).toBe('reported')
    expect(validate(cost ?? null, { schema: 'cost' }).findings).toEqual([])
  })
})

describe('what is not known stays unknown', () => {
  const others: [string, unknown][] = [
    ['a text', 'Hello'],
    ['nothing', undefined],
    ['a list', [1]],
    ['zeros, which mean not counted', { usage: { input_tokens: 0, output_tokens: 0 } }],
    ['counts that are none', { usage: { prompt_tokens: -1, completion_tokens: 'three' } }],
    ['an answer without usage', { id: 'x', content: [] }],
  ]
  it.each(others)('%s', (_, response) => expect(readAnswer(response).cost).toBeUndefined())

  it('one count of two', () => {
    expect(readAnswer({ usage: { output_tokens: 5 } }).cost).toEqual({
      input_tokens: null,
      output_tokens: 5,
      basis: 'reported',
    })
    expect(readAnswer({ usage: { prompt_tokens: 5 } }).cost).toEqual({
      input_tokens: 5,
      output_tokens: null,
      basis: 'reported',
    })
  })

  it('an input that is less than was read from the cache', () => {
    const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15, cachedInputTokens: 1000 }
    expect(readAnswer({ usage }).cost).toEqual({ input_tokens: null, output_tokens: 5, basis: 'unknown' })
  })

  it('parts that exceed their whole', () => {
    const { cost } = readAnswer({
      usage: { prompt_tokens: 5, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 9 } },
    })
    expect(cost).not.toHaveProperty('cache_read_tokens')
  })
})
