import { describe, expect, it } from 'vitest'
import { langfuseAdapter } from '../../src/adapters/langfuse/index.ts'
import { observations, observe, trace } from './examples.ts'

const convert = async (value: unknown) =>
  (
    await langfuseAdapter.convert([
      { name: 'x.json', content: typeof value === 'string' ? value : JSON.stringify(value) },
    ])
  ).runs

const stepOf = async (id: string) => (await convert(trace))[0]?.steps.find((step) => step.id === id)

describe('a trace', () => {
  it('is a run, with its agent, and without the person who asked', async () => {
    const [run] = await convert(trace)
    expect(run).toMatchObject({
      id: 'trace-1',
      turn_id: 'trace-1',
      session_id: 'chat-9',
      agent_id: 'desk',
      agent_version: '1.2',
      model: 'gpt-x',
      model_config: { temperature: 0.5, max_tokens: 200 },
      tags: ['prod'],
      input_preview: 'Where is my parcel?',
      output_preview: 'At the door.',
      status: 'completed',
      tools_available: ['track'],
    })
    expect(JSON.stringify(run)).not.toContain('ada@example.org')
  })

  it('reads what is encoded twice, and counts cached tokens into the input where they stand beside it', async () => {
    expect(await stepOf('g1')).toMatchObject({
      type: 'model_call',
      first_token_ms: 30,
      cost: {
        input_tokens: 100,
        cache_read_tokens: 80,
        output_tokens: 10,
        reasoning_tokens: 4,
        total_tokens: 110,
        cost_usd: 0.002,
        price_basis: 'computed',
        price_source: 'Langfuse model model-1, Standard',
      },
    })
    expect(await stepOf('g1.answer')).toMatchObject({ output_preview: 'I look.', model_call_id: 'g1' })
    expect((await stepOf('g3'))?.cost).toBeUndefined()
    expect(await stepOf('g2')).toMatchObject({ cost: { input_tokens: 5, cost_usd: 0.001, price_basis: 'reported' } })
  })

  it('binds calls to the requests that asked for them, and adds those that nobody observed', async () => {
    expect(await stepOf('t1')).toMatchObject({
      type: 'tool_call',
      tool_name: 'track',
      tool_call_id: 'c1',
      model_call_id: 'g1',
      input_preview: '{"id":7}',
      output_preview: 'door',
    })
    expect(await stepOf('c2')).toMatchObject({
      type: 'tool_call',
      tool_name: 'note',
      model_call_id: 'g1',
      output_preview: 'noted',
    })
    expect(await stepOf('t2')).toMatchObject({ status: 'failed', error: 'nobody there', agent_id: 'courier' })
  })

  it('an agent inside of the agent is a hand-over that holds its work', async () => {
    expect(await stepOf('sub')).toMatchObject({ type: 'handoff', agent_id: 'courier', output_preview: 'Seen' })
    expect(await stepOf('g2')).toMatchObject({ parent_step_id: 'sub', agent_id: 'courier' })
    expect(await stepOf('g2.reasoning')).toMatchObject({ parent_step_id: 'sub', output_preview: 'Hm' })
  })

  it('says words of a user once, and history not at all', async () => {
    const [run] = await convert(trace)
    expect(
      run?.steps
        .filter(({ type, role }) => type === 'message' && role !== 'assistant')
        .map((step) => step.input_preview),
    ).toEqual(['Be brief', 'Where is my parcel?', 'Look', 'Hurry, please.'])
  })

  it('scores are evidence; only a boolean one is a verdict', async () => {
    const [run] = await convert(trace)
    expect(run?.evidence?.map(({ name, result, step_id }) => [name, result, step_id])).toEqual([
      ['helpful', 'pass', undefined],
      ['toxicity', 'unknown', 'g1'],
    ])
    expect(run?.eval).toBeUndefined()
  })

  it('several traces stand in a list or one a line', async () => {
    const other = { id: 'trace-2', observations: [observe('x', 'SPAN', 0, 1)] }
    expect((await convert([trace, other])).map(({ id }) => id)).toEqual(['trace-1', 'trace-2'])
    expect((await convert(`${JSON.stringify(trace)}\n${JSON.stringify(other)}\n`)).map(({ id }) => id)).toEqual([
      'trace-1',
      'trace-2',
    ])
  })

  it('is over when what stands at the top is', async () => {
    const [open] = await convert({ id: 't', observations: [observe('x', 'SPAN', 0, null), observations[1]] })
    expect(open).toMatchObject({ status: 'unknown', ended_at: null })
    const [failed] = await convert({
      id: 't',
      observations: [observe('x', 'SPAN', 0, 1, { level: 'ERROR', statusMessage: 'no' })],
    })
    expect(failed).toMatchObject({ status: 'failed', error: 'no' })
  })
})
