import type { Cost } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { convertClaudeCode } from '../../src/adapters/claude-code/index.ts'
import type { PricedCall } from '../../src/prices/price-list.ts'
import { convert, convertOne, stepsOf, transcript } from './transcript-builder.ts'

describe('usage', () => {
  it('stands once on the model call, the last line of an answer counts, and cached tokens are input', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .answer('m1', [{ type: 'thinking', thinking: '' }], {
          usage: { input_tokens: 3, cache_creation_input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 1 },
        })
        .answer('m1', [{ type: 'text', text: 'Hello' }], {
          stop: 'end_turn',
          usage: {
            input_tokens: 3,
            cache_creation_input_tokens: 100,
            cache_read_input_tokens: 1000,
            output_tokens: 50,
            cache_creation: { ephemeral_5m_input_tokens: 40, ephemeral_1h_input_tokens: 60 },
            output_tokens_details: { thinking_tokens: 30 },
          },
        }),
    )
    const cost = {
      input_tokens: 1103,
      output_tokens: 50,
      cache_read_tokens: 1000,
      cache_write_tokens: 100,
      cache_write_5m_tokens: 40,
      cache_write_1h_tokens: 60,
      reasoning_tokens: 30,
      total_tokens: 1153,
      basis: 'reported',
      model: 'claude-sonnet-4-5',
    }
    expect(stepsOf(run, 'model_call').map((step) => step.cost)).toEqual([cost])
    expect(run.cost).toEqual(cost)
    expect(run.steps.filter((step) => step.type !== 'model_call' && step.cost)).toEqual([])
    expect(stepsOf(run, 'model_call')[0]).toMatchObject({
      response_id: 'm1',
      stop_reason: 'end_turn',
      source_ref: 'lines 2-3',
      started_at: '2026-11-20T14:00:01.000Z',
      ended_at: '2026-11-20T14:00:03.000Z',
    })
    expect(stepsOf(run, 'reasoning')[0]).toMatchObject({ model_call_id: 'm1', started_at: null })
  })

  it('is a lower bound where the answer has no stop reason', async () => {
    const run = await convertOne(transcript().prompt('Go').say('m1', 'Hello', null))
    expect(run.cost.basis).toBe('lower_bound')
  })

  it.each([
    ['all zeros', { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0 }],
    ['nothing', {}],
    ['nonsense', { input_tokens: -1, output_tokens: '5', cache_read_input_tokens: 1.5 }],
  ])('is unknown where the source says %s', async (_what, usage) => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .answer('m1', [{ type: 'text', text: 'Hi' }], { usage }),
    )
    expect(run.cost).toEqual({ input_tokens: null, output_tokens: null, basis: 'unknown' })
  })

  it('is split by model where several answered', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .answer('m1', [{ type: 'text', text: 'a' }], {
          stop: 'end_turn',
          model: 'claude-opus-4-6',
          usage: { input_tokens: 10, output_tokens: 1 },
        })
        .answer('m2', [{ type: 'text', text: 'b' }], {
          stop: 'end_turn',
          model: 'claude-haiku-4-5',
          usage: { input_tokens: 5, output_tokens: 2 },
        }),
    )
    expect(run.cost).toEqual({
      input_tokens: 15,
      output_tokens: 3,
      total_tokens: 18,
      basis: 'reported',
      by_model: [
        { input_tokens: 10, output_tokens: 1, total_tokens: 11, basis: 'reported', model: 'claude-opus-4-6' },
        { input_tokens: 5, output_tokens: 2, total_tokens: 7, basis: 'reported', model: 'claude-haiku-4-5' },
      ],
    })
  })

  it('counts requests that the provider refused as model calls without usage', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .add('system', {
          subtype: 'api_error',
          error: { status: 529, error: { error: { message: 'Overloaded' } } },
          retryAttempt: 1,
          maxRetries: 10,
        })
        .say('m1', 'Hello'),
    )
    expect(
      stepsOf(run, 'model_call').map(({ status, error, error_type, attempt }) => [status, error, error_type, attempt]),
    ).toEqual([
      ['failed', 'Overloaded', 'rate_limited', 1],
      ['succeeded', undefined, undefined, 2],
    ])
    expect(run.cost.basis).toBe('reported')
    expect(run.cost.output_tokens).toBe(20)
  })

  it('says of a request that it tries an earlier one again', async () => {
    const failed = { subtype: 'api_error', error: { status: 529 }, maxRetries: 10 }
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .add('system', { ...failed, retryAttempt: 1 })
        .add('system', { ...failed, retryAttempt: 2 })
        .say('m1', 'Hello', null)
        .say('m2', 'Again'),
    )
    const calls = stepsOf(run, 'model_call')
    expect(calls.map(({ attempt, retry_of }) => [attempt, retry_of])).toEqual([
      [1, undefined],
      [2, calls[0]?.id],
      [3, calls[1]?.id],
      [undefined, undefined],
    ])
  })

  it('computes the price of each answer where prices are given, and keeps what is unknown', async () => {
    const prices = {
      name: 'a list',
      price: ({ cost, provider }: PricedCall): Cost =>
        cost.output_tokens === null || provider !== 'anthropic'
          ? cost
          : { ...cost, cost_usd: (cost.output_tokens ?? 0) / 100, price_basis: 'computed', price_source: 'a list' },
    }
    const { runs } = await convertClaudeCode([transcript().prompt('Go').say('m1', 'a').say('m2', 'b').file()], {
      prices,
    })
    expect(stepsOf(runs[0]!, 'model_call').map(({ cost }) => cost?.cost_usd)).toEqual([0.2, 0.2])
    expect(runs[0]?.cost).toMatchObject({ cost_usd: 0.4, price_basis: 'computed', price_source: 'a list' })
  })

  it('keeps the price that the oldest versions wrote', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .answer('m1', [{ type: 'text', text: 'a' }], { stop: 'end_turn', line: { costUSD: 0.25 } }),
    )
    expect(run.cost).toMatchObject({ cost_usd: 0.25, price_basis: 'reported' })
  })

  it('counts an answer once, whatever repeats it', async () => {
    const { runs, report } = await convert(
      transcript()
        .prompt('Go')
        .say('m1', 'a')
        .prompt('Again')
        .answer('m1', [{ type: 'text', text: 'a' }], { line: { requestId: 'req_m1' } }),
    )
    expect(runs.map((run) => run.cost.output_tokens)).toEqual([20, null])
    expect(report.totals).toMatchObject({ model_calls: 1, output_tokens: 20 })
  })
})
