import { describe, expect, it } from 'vitest'
import { openHandsAdapter } from '../../src/adapters/openhands/index.ts'
import { act, conversation, event, examples, observe, say, state, sums } from './examples.ts'

const convert = async (...events: readonly object[]) =>
  (
    await openHandsAdapter.convert([
      { name: 'x.jsonl', content: events.map((one) => `${JSON.stringify(one)}\n`).join('') },
    ])
  ).runs

describe('a conversation', () => {
  it('is one run for each turn of the user', async () => {
    const runs = await convert(...conversation)
    expect(runs).toMatchObject([
      {
        id: 'event-1',
        turn_id: 'event-1',
        agent_id: 'openhands',
        model: 'acme/m',
        status: 'completed',
        input_preview: 'Make a file',
        output_preview: 'Made.',
        tools_available: ['terminal'],
        source: { times: 'inferred' },
      },
      { id: 'event-13', status: 'completed', input_preview: 'And another', output_preview: 'All made.' },
    ])
  })

  it('turns sums into what each request consumed, and gives it to the answer that follows', async () => {
    const [run] = await convert(...conversation)
    expect(
      run?.steps.filter(({ type }) => type === 'model_call').map(({ response_id, cost }) => [response_id, cost]),
    ).toEqual([
      [
        'response-1',
        {
          input_tokens: 100,
          output_tokens: 10,
          cache_read_tokens: 50,
          total_tokens: 110,
          cost_usd: 0.01,
          price_basis: 'computed',
          price_source: 'LiteLLM',
          basis: 'reported',
          model: 'acme/m',
        },
      ],
      ['response-2', expect.objectContaining({ input_tokens: 200, output_tokens: 20, cache_read_tokens: 100 })],
    ])
    // The calls of one answer share its request.
    expect(
      new Set(run?.steps.filter(({ type }) => type === 'tool_call').map(({ model_call_id }) => model_call_id)).size,
    ).toBe(1)
  })

  it('of a conversation that began earlier, the first sum is not taken for one request', async () => {
    const [run] = await convert(
      say(1, 'Go'),
      sums(2, 9000, 900, 300),
      act(3, 'c1'),
      sums(4, 9100, 910, 110),
      act(5, 'c2', { llm_response_id: 'r2' }),
    )
    expect(run?.cost).toMatchObject({ input_tokens: 100, output_tokens: 10, basis: 'lower_bound' })
  })

  it('keeps a request and a refusal as they were observed, and concludes what was allowed', async () => {
    const [run] = await convert(...conversation)
    expect(run?.approvals?.map(({ event: what, step_id, basis }) => [what, step_id, basis])).toEqual([
      ['requested', 'event-3', 'observed'],
      ['requested', 'event-4', 'observed'],
      ['approved', 'event-3', 'inferred'],
      ['denied', 'event-4', 'observed'],
    ])
    expect(run?.steps.find(({ id }) => id === 'event-4')).toMatchObject({
      status: 'denied',
      approval: { state: 'denied' },
      side_effects: [{ kind: 'write', target: '/w/b.txt', basis: 'declared' }],
    })
  })

  it('what a hook refused is a decision of a policy', async () => {
    const [run] = await convert(
      say(1, 'Go'),
      act(2, 'c1'),
      event('UserRejectObservation', 3, { action_id: 'event-2', rejection_source: 'hook' }),
    )
    expect(run?.policy_decisions).toMatchObject([
      { verdict: 'block', enforcement: 'blocked', decider: { kind: 'hook' } },
    ])
    expect(run?.approvals).toBeUndefined()
  })

  it('leaves thoughts out of words, and reads how a command ended', async () => {
    const [, run] = await convert(...conversation)
    expect(run?.steps.find(({ role, type }) => role === 'assistant' && type === 'message')?.output_preview).toBe(
      'I try.',
    )
    expect(run?.steps.find(({ tool_call_id }) => tool_call_id === 'c3')).toMatchObject({
      status: 'failed',
      exit_code: 2,
      duration_ms: 1000,
    })
  })

  it.each([
    [
      [state(4, 'execution_status', 'error'), event('ConversationErrorEvent', 5, { code: 'E', detail: 'no budget' })],
      'failed',
    ],
    [[event('PauseEvent', 4)], 'paused'],
    [[event('InterruptEvent', 4)], 'interrupted'],
    [[], 'unknown'],
  ])('ends as the events say: %#', async (ending, status) => {
    const [run] = await convert(say(1, 'Go'), act(2, 'c1'), observe(3, 2), ...ending)
    expect(run?.status).toBe(status)
  })

  it('a folder of files gives the same as one file', async () => {
    const files = conversation.map((one, index) => ({ name: `c/events/${index}.json`, content: JSON.stringify(one) }))
    const { runs } = await openHandsAdapter.convert(files.reverse())
    const [{ name, text }] = examples() as [{ name: string; text: string }]
    const whole = await openHandsAdapter.convert([{ name, content: text }])
    const without = ({ source: _, ...run }: { source?: unknown }) => run
    expect(runs.map(without)).toEqual(whole.runs.map(without))
  })
})
