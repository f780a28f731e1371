import { describe, expect, it } from 'vitest'
import { agent, chat, convert, convertOne, execute, messages, otlp, outline, text } from './spans.ts'

describe('the GenAI conventions', () => {
  it('a call of an agent is a run; its requests and tools are steps in the order in which they ended', async () => {
    const run = await convertOne(
      [
        agent('planner', {
          at: 0,
          end: 100,
          'gen_ai.agent.id': 'asst_1',
          'gen_ai.agent.version': '2.1',
          'gen_ai.conversation.id': 'conv-1',
          'gen_ai.usage.input_tokens': 200,
          'gen_ai.usage.output_tokens': 20,
        }),
        chat('first', {
          parent: 'planner',
          at: 10,
          end: 20,
          'gen_ai.request.temperature': 0.5,
          'gen_ai.request.max_tokens': 300,
          'gen_ai.response.time_to_first_chunk': 0.004,
          'gen_ai.input.messages': messages('user', text('Weather in Paris?')),
          'gen_ai.output.messages': messages('assistant', text('Let me look.'), {
            type: 'tool_call',
            id: 'call-look',
            name: 'get_weather',
            arguments: { city: 'Paris' },
          }),
          'gen_ai.tool.definitions': JSON.stringify([
            { type: 'function', name: 'get_weather', description: 'Weather', parameters: { type: 'object' } },
          ]),
        }),
        execute('look', 'get_weather', {
          parent: 'planner',
          at: 30,
          end: 40,
          'gen_ai.tool.call.arguments': '{"city":"Paris"}',
          'gen_ai.tool.call.result': 'rain',
        }),
        chat('second', {
          parent: 'planner',
          at: 50,
          end: 60,
          'gen_ai.output.messages': messages('assistant', text('It rains.')),
        }),
      ],
      { 'service.name': 'weather', 'service.version': '9' },
    )
    expect(run).toMatchObject({
      agent_id: 'planner',
      agent_version: '2.1',
      session_id: 'conv-1',
      provider: 'openai',
      model: 'gpt-4',
      model_config: { temperature: 0.5, max_tokens: 300 },
      status: 'completed',
      started_at: '2026-01-01T00:00:00.000Z',
      ended_at: '2026-01-01T00:00:00.100Z',
      input_preview: 'Weather in Paris?',
      output_preview: 'It rains.',
      tools_available: ['get_weather'],
      inventory: { tools: [{ name: 'get_weather', schema_hash: expect.stringMatching(/^sha256:/) }] },
      // The sum on the agent's span is not counted beside those of the requests.
      cost: { input_tokens: 200, output_tokens: 20, basis: 'reported', model: 'gpt-4-0613' },
      links: { trace_id: expect.stringMatching(/^[0-9a-f]{32}$/), span_id: expect.stringMatching(/^[0-9a-f]{16}$/) },
    })
    expect(outline(run)).toEqual([
      ['model_call', 'succeeded'],
      ['tool_call', 'succeeded'],
      ['model_call', 'succeeded'],
    ])
    const [first, look] = run.steps
    expect(first).toMatchObject({ response_id: 'resp-first', stop_reason: 'stop', first_token_ms: 4 })
    expect(look).toMatchObject({ model_call_id: first?.id, tool_call_id: 'call-look', output_preview: 'rain' })
    expect(run.steps.every(({ approval }) => approval === undefined)).toBe(true)
  })

  it('an agent below is a run of its own, bound by the hand-over, wherever the file ends', async () => {
    const spans = [
      agent('boss', { at: 0, end: 100 }),
      execute('ask', 'ask_expert', {
        parent: 'boss',
        at: 10,
        end: 90,
        'gen_ai.tool.call.arguments': '{"q":1}',
        'gen_ai.tool.call.result': 'found',
      }),
      agent('expert', { parent: 'ask', at: 20, end: 80 }),
      chat('think', { parent: 'expert', at: 30, end: 40 }),
    ]
    const { runs, report } = await convert(otlp(spans.slice(0, 2)), otlp(spans.slice(2)))
    const [boss, expert] = runs
    expect(runs.map(({ agent_id }) => agent_id)).toEqual(['boss', 'expert'])
    expect(boss?.steps.map(({ type }) => type)).toEqual(['handoff', 'handoff_result'])
    expect(boss?.steps[0]).toMatchObject({
      tool_name: 'ask_expert',
      tool_call_id: 'call-ask',
      child_run_id: expert?.id,
      ended_at: expert?.started_at,
    })
    expect(boss?.steps[1]).toMatchObject({ output_preview: 'found', caused_by: [boss?.steps[0]?.id] })
    expect(expert).toMatchObject({ parent_run_id: boss?.id, trigger: 'agent' })
    expect(expert?.provenance.parents).toMatchObject([
      { run_id: boss?.id, delegation_id: boss?.steps[0]?.delegation_id },
    ])
    expect(report.totals).toMatchObject({ sub_agents: 1, input_tokens: 100 })
    expect(boss?.cost).toMatchObject({ input_tokens: null, basis: 'unknown' })
  })

  it('a tool that asks a model contains that request', async () => {
    const run = await convertOne([
      agent('boss', { at: 0, end: 100 }),
      execute('sum', 'summarise', { parent: 'boss', at: 10, end: 90 }),
      chat('inner', { parent: 'sum', at: 20, end: 30 }),
    ])
    expect(run.steps.map(({ type, parent_step_id }) => [type, parent_step_id])).toEqual([
      ['model_call', run.steps[1]?.id],
      ['tool_call', undefined],
    ])
  })

  it('spans without an agent above are one run of their trace, whose end is known only from a root that is there', async () => {
    const lost = await convertOne([chat('a', { parent: 'gone' }), execute('b', 'list_files', { parent: 'gone' })], {
      'service.name': 'shop',
    })
    expect(lost).toMatchObject({ agent_id: 'shop', status: 'unknown', ended_at: null })
    expect(lost.steps).toHaveLength(2)
    const whole = await convertOne([{ id: 'http', at: 0, end: 50 }, chat('a', { parent: 'http', at: 5, end: 20 })])
    expect(whole).toMatchObject({ status: 'completed', started_at: '2026-01-01T00:00:00.000Z' })
    expect(whole.steps).toHaveLength(1)
  })

  it('what failed says why; what never ended is open', async () => {
    const run = await convertOne([
      agent('boss', { at: 0, end: null }),
      chat('a', { parent: 'boss', status: 2, message: 'quota exceeded', 'error.type': 'rate_limit_exceeded' }),
      execute('b', 'run', { parent: 'boss', end: null }),
      execute('c', 'run', {
        parent: 'boss',
        status: 2,
        events: [
          { name: 'exception', attributes: { 'exception.type': 'ValueError', 'exception.message': 'bad value' } },
        ],
      }),
    ])
    expect(run.status).toBe('unknown')
    expect(run.steps.map(({ status, error, error_type }) => [status, error, error_type])).toEqual([
      ['failed', 'quota exceeded', 'rate_limited'],
      ['failed', 'bad value', 'otel:valueerror'],
      ['unknown', undefined, undefined],
    ])
    expect(run.steps[2]?.side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
  })

  it('calls without spans come from the messages: that they ran shows, whether they succeeded does not', async () => {
    const call = (id: string) => ({ type: 'tool_call', id, name: 'write_file', arguments: { path: 'notes.md' } })
    const run = await convertOne([
      chat('a', { 'gen_ai.output.messages': messages('assistant', call('x'), call('y')) }),
      chat('b', {
        'gen_ai.input.messages': messages('tool', { type: 'tool_call_response', id: 'x', response: 'done' }),
      }),
    ])
    const calls = run.steps.filter(({ type }) => type === 'tool_call')
    expect(calls.map(({ id, status, output_preview }) => [id, status, output_preview])).toEqual([
      ['x', 'unknown', 'done'],
      ['y', 'unknown', undefined],
    ])
    expect(calls[0]).toMatchObject({ started_at: null, side_effects: [{ kind: 'write', basis: 'inferred' }] })
    expect(calls[1]?.side_effects).toMatchObject([{ basis: 'declared' }])
  })

  it('usage is counted once: not on a span around a request, not for an answer that two spans tell of', async () => {
    const run = await convertOne([
      agent('boss', { at: 0, end: 100 }),
      chat('outer', {
        parent: 'boss',
        at: 10,
        end: 40,
        'gen_ai.response.id': 'r',
        'gen_ai.input.messages': messages('user', text('hi')),
      }),
      chat('inner', { parent: 'outer', at: 12, end: 38, 'gen_ai.response.id': 'r' }),
      chat('copy', { parent: 'boss', at: 50, end: 60, 'gen_ai.response.id': 'r' }),
    ])
    expect(run.steps.map(({ cost, input_preview }) => [cost?.input_tokens ?? null, input_preview])).toEqual([
      [100, 'hi'],
      [null, undefined],
    ])
    expect(run.cost).toMatchObject({ input_tokens: 100, basis: 'lower_bound' })
  })

  it('input tokens include cached ones, also where a source counts them beside', async () => {
    const cost = async (more: object) => (await convertOne([chat('a', more)])).steps[0]?.cost
    expect(
      await cost({
        'gen_ai.usage.cache_read.input_tokens': 40,
        'gen_ai.usage.cache_write.input_tokens': 5,
        'gen_ai.usage.reasoning.output_tokens': 4,
      }),
    ).toMatchObject({
      input_tokens: 100,
      cache_read_tokens: 40,
      cache_write_tokens: 5,
      reasoning_tokens: 4,
      total_tokens: 110,
    })
    expect(
      await cost({ 'gen_ai.usage.cache_read_input_tokens': 900, 'gen_ai.usage.cache_creation_input_tokens': 50 }),
    ).toMatchObject({
      input_tokens: 1050,
      cache_read_tokens: 900,
      cache_write_tokens: 50,
    })
    expect(await cost({ 'gen_ai.usage.input_tokens': 0, 'gen_ai.usage.output_tokens': 0 })).toMatchObject({
      input_tokens: null,
      output_tokens: null,
      basis: 'unknown',
    })
    expect(await cost({ 'gen_ai.usage.cost': 0.25 })).toMatchObject({ cost_usd: 0.25, price_basis: 'reported' })
  })

  it('reads messages from events, old and new', async () => {
    const old = await convertOne([
      chat('a', {
        events: [
          { name: 'gen_ai.user.message', attributes: { content: 'Who are you?' } },
          {
            name: 'gen_ai.choice',
            attributes: { message: '{"role":"assistant","content":"An agent."}', finish_reason: 'stop' },
          },
        ],
      }),
    ])
    expect(old).toMatchObject({ input_preview: 'Who are you?', output_preview: 'An agent.' })
    const fresh = await convertOne([
      chat('a', {
        events: [
          {
            name: 'gen_ai.client.inference.operation.details',
            attributes: {
              'gen_ai.input.messages': [{ role: 'user', parts: [text('Who are you?')] }],
              'gen_ai.output.messages': [{ role: 'assistant', parts: [text('An agent.')] }],
            },
          },
        ],
      }),
    ])
    expect(fresh).toMatchObject({ input_preview: 'Who are you?', output_preview: 'An agent.' })
  })

  it('a judgement about an answer is evidence', async () => {
    const run = await convertOne([
      agent('boss', { at: 0, end: 50 }),
      chat('a', {
        parent: 'boss',
        events: [
          {
            name: 'gen_ai.evaluation.result',
            attributes: {
              'gen_ai.evaluation.name': 'Relevance',
              'gen_ai.evaluation.score.label': 'pass',
              'gen_ai.evaluation.score.value': 0.9,
            },
          },
        ],
      }),
    ])
    expect(run.evidence).toEqual([
      {
        kind: 'eval',
        name: 'Relevance',
        result: 'pass',
        step_id: run.steps[0]?.id,
        metadata: { label: 'pass', score: 0.9 },
      },
    ])
  })

  it('a call to an MCP server is one step, however many sides saw it', async () => {
    const run = await convertOne([
      agent('boss', { at: 0, end: 100 }),
      { id: 'init', parent: 'boss', at: 1, end: 2, 'mcp.method.name': 'initialize' },
      execute('call', 'get_issue', { parent: 'boss', at: 10, end: 50 }),
      {
        id: 'client',
        parent: 'call',
        at: 11,
        end: 49,
        'mcp.method.name': 'tools/call',
        'gen_ai.tool.name': 'get_issue',
        'mcp.server.name': 'github',
      },
      {
        id: 'server',
        parent: 'client',
        at: 12,
        end: 48,
        'mcp.method.name': 'tools/call',
        'gen_ai.tool.name': 'get_issue',
      },
    ])
    expect(run.steps).toMatchObject([{ type: 'tool_call', tool_name: 'get_issue', mcp_server: 'github' }])
  })

  it('a workflow that is nothing but one agent gives way to it; one of several agents hands over', async () => {
    const flow = {
      id: 'flow',
      at: 0,
      end: 100,
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': 'crew',
    }
    const one = await convertOne([
      flow,
      agent('a', { parent: 'flow', at: 1, end: 50 }),
      chat('c', { parent: 'a', at: 2, end: 3 }),
    ])
    expect(one.agent_id).toBe('a')
    const { runs } = await convert(
      otlp([flow, agent('a', { parent: 'flow', at: 1, end: 50 }), agent('b', { parent: 'flow', at: 60, end: 90 })]),
    )
    expect(runs.map(({ agent_id, trigger }) => [agent_id, trigger])).toEqual([
      ['crew', undefined],
      ['a', 'agent'],
      ['b', 'agent'],
    ])
    expect(runs[0]?.steps.map(({ type }) => type)).toEqual(['handoff', 'handoff_result', 'handoff', 'handoff_result'])
  })

  it('two instrumentations of the same agent are one run', async () => {
    const run = await convertOne([
      agent('boss', { at: 0, end: 100 }),
      { ...agent('again', { parent: 'boss', at: 1, end: 99 }), 'gen_ai.agent.name': 'boss' },
      chat('c', { parent: 'again', at: 2, end: 3 }),
    ])
    expect(run.steps).toHaveLength(1)
  })

  it('a clock that is wrong costs the beginning of a step, and the report says so', async () => {
    const { runs, report } = await convert(
      otlp([agent('boss', { at: 0, end: 100 }), execute('b', 'run', { parent: 'boss', at: 40, end: 30 })]),
    )
    expect(runs[0]?.steps[0]).toMatchObject({ started_at: null, ended_at: '2026-01-01T00:00:00.030Z' })
    expect(report.findings.map(({ code }) => code)).toEqual(['convert.time_order'])
  })
})
