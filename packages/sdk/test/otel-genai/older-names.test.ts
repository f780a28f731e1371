import { describe, expect, it } from 'vitest'
import { convert, convertOne, otlp, outline } from './spans.ts'

describe('OpenInference', () => {
  it('kinds, flattened messages and token counts become a run', async () => {
    const run = await convertOne([
      {
        id: 'root',
        at: 0,
        end: 100,
        'openinference.span.kind': 'AGENT',
        name: 'Researcher',
        'input.value': 'Find it',
        'output.value': 'Found',
        'session.id': 's-1',
      },
      {
        id: 'llm',
        parent: 'root',
        at: 10,
        end: 20,
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'claude-sonnet-4-5',
        'llm.provider': 'anthropic',
        'llm.token_count.prompt': 50,
        'llm.token_count.completion': 5,
        'llm.token_count.prompt_details.cache_read': 30,
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.content': 'Find it',
        'llm.output_messages.0.message.role': 'assistant',
        'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'call-1',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'search',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"q":"it"}',
        'llm.invocation_parameters': '{"max_tokens":64,"stop":["END"]}',
        'llm.tools.0.tool.json_schema': '{"name":"search","input_schema":{"type":"object"}}',
      },
      {
        id: 'tool',
        parent: 'root',
        at: 30,
        end: 40,
        'openinference.span.kind': 'TOOL',
        'tool.name': 'search',
        'tool_call.id': 'call-1',
        'input.value': '{"q":"it"}',
        'output.value': 'here',
      },
      { id: 'docs', parent: 'root', at: 50, end: 60, 'openinference.span.kind': 'RETRIEVER', 'input.value': 'it' },
    ])
    expect(run).toMatchObject({
      agent_id: 'Researcher',
      session_id: 's-1',
      provider: 'anthropic',
      input_preview: 'Find it',
      output_preview: 'Found',
      model_config: { max_tokens: 64, stop_sequences: ['END'] },
      tools_available: ['search'],
      cost: { input_tokens: 50, cache_read_tokens: 30, output_tokens: 5 },
    })
    expect(outline(run)).toEqual([
      ['model_call', 'succeeded'],
      ['tool_call', 'succeeded'],
      ['other', 'succeeded'],
    ])
    expect(run.steps[1]).toMatchObject({ model_call_id: run.steps[0]?.id, output_preview: 'here' })
  })

  it('a chain is the run where nothing but chains is above', async () => {
    const run = await convertOne([
      { id: 'graph', at: 0, end: 100, 'openinference.span.kind': 'CHAIN', name: 'LangGraph' },
      { id: 'node', parent: 'graph', at: 1, end: 99, 'openinference.span.kind': 'CHAIN', name: 'agent' },
      { id: 'llm', parent: 'node', at: 2, end: 9, 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-4' },
    ])
    expect(run).toMatchObject({ status: 'completed', ended_at: '2026-01-01T00:00:00.100Z' })
    expect(run.steps).toHaveLength(1)
  })
})

describe('OpenLLMetry', () => {
  it('workflow, task, agent and tool', async () => {
    const run = await convertOne([
      { id: 'flow', at: 0, end: 100, 'traceloop.span.kind': 'workflow', 'traceloop.entity.name': 'joke_flow' },
      { id: 'task', parent: 'flow', at: 1, end: 50, 'traceloop.span.kind': 'task', 'traceloop.entity.name': 'make' },
      {
        id: 'llm',
        parent: 'task',
        at: 2,
        end: 40,
        'llm.request.type': 'chat',
        'gen_ai.system': 'OpenAI',
        'gen_ai.request.model': 'gpt-4',
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': 'A joke, please',
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.content': 'No.',
        'gen_ai.usage.prompt_tokens': 7,
        'gen_ai.usage.completion_tokens': 2,
      },
      {
        id: 'tool',
        parent: 'flow',
        at: 60,
        end: 70,
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'tell',
        'traceloop.entity.input': '{"to":"you"}',
      },
    ])
    expect(run).toMatchObject({
      agent_id: 'joke_flow',
      input_preview: 'A joke, please',
      output_preview: 'No.',
      cost: { input_tokens: 7, output_tokens: 2 },
    })
    expect(run.steps.map(({ type, tool_name }) => [type, tool_name])).toEqual([
      ['model_call', undefined],
      ['tool_call', 'tell'],
    ])
  })
})

describe('the AI SDK in a file', () => {
  const call = (id: string, operation: string, more: object = {}) => ({
    id,
    name: operation,
    'ai.operationId': operation,
    ...more,
  })

  it('the outer span repeats the usage of the inner ones: it counts once', async () => {
    const run = await convertOne(
      [
        call('outer', 'ai.generateText', {
          at: 0,
          end: 90,
          'ai.telemetry.functionId': 'bot',
          'ai.prompt': '{"prompt":"Hi"}',
          'ai.response.text': 'Hello',
          'ai.usage.inputTokens': 9,
          'ai.usage.outputTokens': 3,
          'ai.request.headers.user-agent': 'ai/6.0.68',
        }),
        call('inner', 'ai.generateText.doGenerate', {
          parent: 'outer',
          at: 1,
          end: 80,
          'gen_ai.request.model': 'gpt-4o',
          'ai.response.text': 'Hello',
          'gen_ai.usage.input_tokens': 9,
          'gen_ai.usage.output_tokens': 3,
        }),
      ],
      {},
      'ai',
    )
    expect(run).toMatchObject({
      agent_id: 'bot',
      runtime: 'ai-sdk',
      runtime_version: '6.0.68',
      input_preview: 'Hi',
      output_preview: 'Hello',
      cost: { input_tokens: 9, output_tokens: 3 },
    })
    expect(run.steps).toHaveLength(1)
  })

  it('without an inner span the sum stands on the run, since how many requests there were is not known', async () => {
    const run = await convertOne([
      call('outer', 'ai.generateText', {
        'ai.response.text': 'Hello',
        'ai.usage.promptTokens': 9,
        'ai.usage.completionTokens': 3,
      }),
    ])
    expect(run.cost).toMatchObject({ input_tokens: 9, output_tokens: 3 })
    expect(run.steps).toMatchObject([{ type: 'message', role: 'assistant', output_preview: 'Hello' }])
  })

  it('tokens of older versions at Anthropic may leave out cached ones: a lower bound', async () => {
    const run = await convertOne([
      call('inner', 'ai.generateText.doGenerate', {
        'ai.model.provider': 'anthropic.messages',
        'ai.usage.inputTokens': 90,
        'ai.usage.outputTokens': 3,
        'ai.usage.cachedInputTokens': 50,
      }),
    ])
    expect(run.steps[0]?.cost).toMatchObject({ input_tokens: 90, cache_read_tokens: 50, basis: 'lower_bound' })
  })

  it('a refused call shows in the next prompt: denied, by whom is not known', async () => {
    const { runs } = await convert(
      otlp([
        call('ask', 'ai.generateText', { trace: 'one', at: 0, end: 20 }),
        call('ask-do', 'ai.generateText.doGenerate', {
          trace: 'one',
          parent: 'ask',
          at: 1,
          end: 10,
          'ai.response.toolCalls': JSON.stringify([
            { type: 'tool-call', toolCallId: 'c1', toolName: 'rm', input: { path: 'x' } },
          ]),
        }),
        call('go', 'ai.generateText', { trace: 'two', at: 1000, end: 1100 }),
        call('go-do', 'ai.generateText.doGenerate', {
          trace: 'two',
          parent: 'go',
          at: 1010,
          end: 1090,
          'ai.prompt.messages': JSON.stringify([
            {
              role: 'tool',
              content: [
                {
                  type: 'tool-result',
                  toolCallId: 'c1',
                  toolName: 'rm',
                  output: { type: 'execution-denied', reason: 'not today' },
                },
              ],
            },
          ]),
        }),
      ]),
    )
    const [first] = runs
    expect(first?.steps[1]).toMatchObject({
      type: 'tool_call',
      status: 'denied',
      approval: { state: 'denied', basis: 'inferred' },
    })
    expect(first?.steps[1]?.side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
    expect(first?.approvals).toMatchObject([
      {
        event: 'denied',
        actor: { kind: 'unknown' },
        reason: 'not today',
        at: '2026-01-01T00:00:01.010Z',
        basis: 'inferred',
      },
    ])
  })
})

describe('spans as SDKs write them', () => {
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4' }
  const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }

  it.each([
    [
      'the JavaScript SDK',
      {
        name: 'chat',
        spanContext: ids,
        startTime: [1767225600, 5_000_000],
        endTime: [1767225601, 0],
        attributes,
        status: { code: 0 },
      },
    ],
    [
      'its console exporter',
      {
        ...ids,
        id: ids.spanId,
        name: 'chat',
        timestamp: 1767225600005000,
        duration: 995000,
        attributes,
        status: { code: 0 },
        resource: { attributes: {} },
      },
    ],
    [
      'the Python SDK',
      {
        name: 'chat',
        context: { trace_id: `0x${ids.traceId}`, span_id: `0x${ids.spanId}` },
        parent_id: null,
        start_time: '2026-01-01T00:00:00.005000Z',
        end_time: '2026-01-01T00:00:01.000000Z',
        attributes,
        status: { status_code: 'UNSET' },
      },
    ],
    [
      'a collector with base64 ids',
      {
        traceId: 'W47/95gDgQPSabYzgT/GDA==',
        spanId: '7uGbfsPBsXQ=',
        name: 'chat',
        startTimeUnixNano: 1767225600005000000,
        endTimeUnixNano: '1767225601000000000',
        attributes: [
          { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
          { key: 'gen_ai.request.model', value: { stringValue: 'gpt-4' } },
        ],
      },
    ],
  ])('%s', async (_name, span) => {
    for (const content of [[span], { spans: [span] }, span]) {
      const { runs } = await convert(content)
      expect(runs).toMatchObject([
        {
          id: ids.traceId,
          links: { trace_id: ids.traceId, span_id: ids.spanId },
          steps: [
            { span_id: ids.spanId, started_at: '2026-01-01T00:00:00.005Z', ended_at: '2026-01-01T00:00:01.000Z' },
          ],
        },
      ])
    }
  })

  it('one request a line, as the file exporter of the collector writes them, in whatever order', async () => {
    const line = (id: string, parent?: string) =>
      JSON.stringify(
        otlp([
          {
            id,
            ...(parent ? { parent } : {}),
            'gen_ai.operation.name': parent ? 'chat' : 'invoke_agent',
            'gen_ai.request.model': 'gpt-4',
          },
        ]),
      )
    const [a, b] = [line('root'), line('child', 'root')]
    const once = await convert(`${a}\n${b}\n`)
    const again = await convert(`${b}\n\n${a}`)
    expect(once.runs).toHaveLength(1)
    const bare = (runs: typeof once.runs) => runs.map(({ source: _, ...run }) => run)
    expect(bare(again.runs)).toEqual(bare(once.runs))
    expect(once.report.files[0]?.lines).toMatchObject({ read: 2, mapped: 2 })
  })
})
