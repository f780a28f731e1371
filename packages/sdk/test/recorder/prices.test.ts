import type { Cost } from '@agent-run/types'
import { expect, it } from 'vitest'
import { createRecorder, type RecorderOptions } from '../../src/index.ts'
import { loadPrices, type PriceList } from '../../src/prices/index.ts'
import { expectSound, setUp } from './setup.ts'

const answer = (model: string, id: string, more: object = {}) => ({
  id,
  model,
  usage: { input_tokens: 1_000, output_tokens: 100, cache_read_input_tokens: 9_000 },
  ...more,
})

const record = async (options: RecorderOptions, ...answers: object[]) => {
  const { options: given, faults } = setUp(options)
  const run = createRecorder({ agent_id: 'a', model: 'claude-sonnet-4-5', provider: 'anthropic' }, given)
  for (const each of answers) await run.modelCall({}, () => each)
  const ended = await run.end()
  expectSound(run, ended)
  return { record: ended, faults }
}

it('prices model calls, and the run by their sum', async () => {
  const prices = await loadPrices()
  const { record: run, faults } = await record(
    { prices },
    answer('claude-sonnet-4-5', 'm1'),
    answer('claude-haiku-4-5', 'm2'),
  )
  const sonnet = (1_000 * 3 + 9_000 * 0.3 + 100 * 15) / 1e6
  const haiku = (1_000 * 1 + 9_000 * 0.1 + 100 * 5) / 1e6
  expect(run.steps.map(({ cost }) => cost?.cost_usd)).toEqual([expect.closeTo(sonnet, 12), expect.closeTo(haiku, 12)])
  expect(run.cost).toMatchObject({
    cost_usd: expect.closeTo(sonnet + haiku, 12),
    price_basis: 'computed',
    price_source: `${prices.name}, anthropic:claude-sonnet-4-5; ${prices.name}, anthropic:claude-haiku-4-5`,
  })
  expect(run.cost.by_model?.map(({ model, price_source }) => [model, price_source])).toEqual([
    ['claude-sonnet-4-5', `${prices.name}, anthropic:claude-sonnet-4-5`],
    ['claude-haiku-4-5', `${prices.name}, anthropic:claude-haiku-4-5`],
  ])
  expect(faults).toEqual([])
})

it('leaves the price of the run open where that of one call is', async () => {
  const { record: run } = await record(
    { prices: await loadPrices() },
    answer('claude-sonnet-4-5', 'm1'),
    answer('claude-of-next-year', 'm2'),
  )
  expect(run.steps[0]?.cost?.cost_usd).toBeGreaterThan(0)
  expect(run.steps[1]?.cost).not.toHaveProperty('cost_usd')
  expect(run.cost).not.toHaveProperty('cost_usd')
})

it('computes nothing unless it is asked', async () => {
  const { record: run } = await record({}, answer('claude-sonnet-4-5', 'm1'))
  expect(run.steps[0]?.cost).not.toHaveProperty('cost_usd')
})

it('leaves a price that the caller knows, and takes the provider of the step', async () => {
  const seen: unknown[] = []
  const prices: PriceList = {
    name: 'mine',
    price: ({ cost, provider, at }) => {
      seen.push([provider, typeof at, cost.model])
      return { ...cost, cost_usd: 7, price_source: 'mine' }
    },
  }
  const { options } = setUp({ prices })
  const run = createRecorder({ agent_id: 'a', model: 'x', provider: 'of the run' }, options)
  const cost: Cost = { input_tokens: 1, output_tokens: 1 }
  await run.modelCall({ cost: { ...cost, cost_usd: 1, price_basis: 'reported' } }, () => 'said')
  const step = run.startStep('model_call', { metadata: { provider: 'of the step' } })
  await step.end({ cost })
  const { steps } = await run.end()
  expect(steps.map((each) => [each.cost?.cost_usd, each.cost?.price_basis])).toEqual([
    [1, 'reported'],
    [7, 'computed'],
  ])
  expect(seen).toEqual([['of the step', 'string', 'x']])
})

it.each<[string, (cost: Cost) => unknown]>([
  [
    'throws',
    () => {
      throw new Error('no prices today')
    },
  ],
  ['gives no number', (cost) => ({ ...cost, cost_usd: '7' })],
  ['gives less than nothing', (cost) => ({ ...cost, cost_usd: -1 })],
])('records the call without a price where the list %s', async (_, price) => {
  const prices: PriceList = { name: 'broken', price: ({ cost }) => price(cost) as Cost }
  const { record: run, faults } = await record({ prices }, answer('m', 'm1'))
  expect(run.steps[0]?.cost).toMatchObject({ input_tokens: 10_000, output_tokens: 100 })
  expect(run.steps[0]?.cost).not.toHaveProperty('cost_usd')
  expect(faults.map(({ code }) => code)).toContain('recorder.source_failed')
})
