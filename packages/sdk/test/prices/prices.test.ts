import type { Cost } from '@agent-run/types'
import { expect, it } from 'vitest'
import { loadPrices } from '../../src/prices/index.ts'

const list = await loadPrices()
const at = '2025-11-20T12:00:00Z'
const counts = (input: number, output: number, more: Partial<Cost> = {}): Cost => ({
  input_tokens: input,
  output_tokens: output,
  ...more,
})
const price = (model: string, cost: Cost, provider?: string, time: string | null = at): Cost =>
  list.price({ cost: { ...cost, model }, at: time, ...(provider === undefined ? {} : { provider }) })

it('says which list it is, and which model of it', () => {
  expect(list.name).toMatch(/^@pydantic\/genai-prices \d+\.\d+\.\d+$/)
  const given: Cost = { ...counts(1_000_000, 100_000), model: 'gpt-5-codex', basis: 'reported' }
  expect(list.price({ cost: given, at })).toEqual({
    ...given,
    cost_usd: 2.25,
    price_basis: 'computed',
    price_source: `${list.name}, openai:gpt-5`,
  })
})

// Dollars per million tokens as the providers publish them, worked out by hand: input, cache read, cache write, output.
it.each([
  ['claude-sonnet-4-5-20250929', counts(100_000, 2_000), 100_000 * 3 + 2_000 * 15],
  [
    'claude-sonnet-4-5',
    counts(150_000, 1_000, { cache_read_tokens: 120_000, cache_write_tokens: 20_000 }),
    10_000 * 3 + 120_000 * 0.3 + 20_000 * 3.75 + 1_000 * 15,
  ],
  [
    'claude-sonnet-4-5',
    counts(150_000, 1_000, {
      cache_read_tokens: 120_000,
      cache_write_tokens: 20_000,
      cache_write_5m_tokens: 5_000,
      cache_write_1h_tokens: 15_000,
    }),
    10_000 * 3 + 120_000 * 0.3 + 5_000 * 3.75 + 15_000 * 6 + 1_000 * 15,
  ],
  ['claude-opus-4-1-20250805', counts(10_000, 500, { cache_read_tokens: 4_000 }), 6_000 * 15 + 4_000 * 1.5 + 500 * 75],
  ['claude-haiku-4-5', counts(10_000, 500), 10_000 * 1 + 500 * 5],
  [
    'gpt-5',
    counts(50_000, 4_000, { cache_read_tokens: 40_000, reasoning_tokens: 3_000 }),
    10_000 * 1.25 + 40_000 * 0.125 + 4_000 * 10,
  ],
  ['gpt-4o-2024-08-06', counts(8_000, 800, { cache_read_tokens: 2_000 }), 6_000 * 2.5 + 2_000 * 1.25 + 800 * 10],
  ['o3', counts(10_000, 1_000), 10_000 * 2 + 1_000 * 8],
  ['gemini-2.5-pro', counts(200_000, 1_000), 200_000 * 1.25 + 1_000 * 10],
  ['gemini-2.5-pro', counts(200_001, 1_000), 200_001 * 2.5 + 1_000 * 15],
])('prices %s as the provider does, number %#', (model, cost, micro) => {
  const { cost_usd, price_basis } = price(model, cost)
  expect(Math.abs((cost_usd ?? 0) / (micro / 1_000_000) - 1)).toBeLessThan(1e-9)
  expect(price_basis).toBe('computed')
})

it('takes the price of the time of the call', () => {
  expect(price('o3', counts(1_000_000, 0), 'openai', '2025-05-01T00:00:00Z').cost_usd).toBe(10)
  expect(price('o3', counts(1_000_000, 0), 'openai', '2025-07-01T00:00:00+02:00').cost_usd).toBe(2)
  expect(price('deepseek-chat', counts(1_000_000, 0), undefined, '2025-05-01T12:00:00Z').cost_usd).toBe(0.27)
  expect(price('deepseek-chat', counts(1_000_000, 0), undefined, '2025-05-01T17:00:00Z').cost_usd).toBe(0.135)
})

it.each([null, 'yesterday', undefined])('has a price without a time (%s) only where it never changed', (time) => {
  const call = (model: string) =>
    list.price({ cost: { ...counts(1_000_000, 0), model }, ...(time === undefined ? {} : { at: time }) })
  expect(call('gpt-5').cost_usd).toBe(1.25)
  expect(call('o3').cost_usd).toBeUndefined()
  expect(call('deepseek-chat').cost_usd).toBeUndefined()
})

it.each([
  ['aws.bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws:', 3.3],
  ['amazon-bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws:', 3.3],
  ['azure.ai.openai', 'gpt-4o', 'azure:gpt-4o', 2.5],
  ['gcp.vertex_ai', 'claude-sonnet-4-5@20250929', 'google:claude-sonnet-4-5', 3],
  ['google.generative-ai', 'models/gemini-2.5-flash', 'google:gemini-2.5-flash', 0.3],
  ['openai.responses', 'GPT-5', 'openai:gpt-5', 1.25],
  ['anthropic.messages', 'claude-opus-4-1', 'anthropic:claude-opus-4-1', 15],
  ['x_ai', 'grok-4-0709', 'x-ai:grok-4-0709', 3],
  ['OpenRouter', 'anthropic/claude-sonnet-4.5', 'openrouter:anthropic/claude-sonnet-4.5', 3],
])('knows the provider %s', (provider, model, matched, perMillion) => {
  const { cost_usd, price_source } = price(model, counts(100_000, 0), provider)
  expect(price_source).toContain(`, ${matched}`)
  expect(cost_usd).toBeCloseTo(perMillion / 10, 9)
})

it.each([
  ['an unknown model', 'gpt-5-of-next-year', undefined],
  ['a made-up answer', '<synthetic>', undefined],
  ['a model that anybody may serve', 'gpt-oss-120b', undefined],
  ['the same, locally', 'deepseek-r1:8b', undefined],
  ['a model with several sellers', 'anthropic/claude-sonnet-4.5', undefined],
  ['a seller nobody knows', 'gpt-5', 'example.org'],
  ['what only looks like a seller', 'gpt-5', 'openai-compatible'],
  ['a gateway', 'gpt-5', 'litellm'],
  ['a model of a subscription', 'gpt-4o', 'github-copilot'],
  ['a name of JavaScript', '__proto__', undefined],
  ['another one', 'gpt-5', 'constructor'],
  ['no model', '', undefined],
])('leaves the price of %s open', (_, model, provider) => {
  const cost: Cost = { ...counts(1_000, 10), model }
  expect(list.price({ cost, at, ...(provider === undefined ? {} : { provider }) })).toBe(cost)
})

it.each<[string, Partial<Cost>]>([
  ['has a price', { cost_usd: 0 }],
  ['was paid in credits', { amount: 1, unit: 'credits' }],
  ['has unknown output', { output_tokens: null }],
  ['has unknown input', { input_tokens: null }],
  ['contradicts itself', { cache_read_tokens: 2_000 }],
  ['lacks a model', { model: null }],
])('leaves a cost as it is that %s', (_, given) => {
  const cost: Cost = { ...counts(1_000, 10), model: 'gpt-5', ...given }
  expect(list.price({ cost, provider: 'openai', at })).toBe(cost)
})

it('leaves the price open where a part has none', () => {
  const hour = counts(10_000, 10, { cache_write_tokens: 5_000, cache_write_1h_tokens: 5_000 })
  expect(price('claude-sonnet-4-5@20250929', hour, 'google').cost_usd).toBeUndefined()
  expect(price('claude-sonnet-4-5', hour, 'anthropic').cost_usd).toBeCloseTo(
    (5_000 * 3 + 5_000 * 6 + 10 * 15) / 1e6,
    12,
  )
  expect(price('text-embedding-3-small', counts(1_000_000, 0), 'openai').cost_usd).toBe(0.02)
})

it('keeps that counts are a lower bound', () => {
  expect(price('gpt-5', counts(1_000_000, 0, { basis: 'lower_bound' }))).toMatchObject({
    basis: 'lower_bound',
    cost_usd: 1.25,
    price_basis: 'computed',
  })
})
