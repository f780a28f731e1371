import {
  Agent,
  type AgentInputItem,
  type Model,
  type ModelProvider,
  Runner,
  setTracingDisabled,
  tool,
  Usage,
} from '@openai/agents'
import { generateText, type ModelMessage, tool as sdkTool, streamText, wrapLanguageModel } from 'ai'
import { MockLanguageModelV3, simulateReadableStream } from 'ai/test'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { aiSdkMiddleware, currentRun, openAiAgents, withRun, wrapTools } from '../../src/runtime/index.ts'
import { begin, end } from './runs.ts'

setTracingDisabled(true)

type Generated = Awaited<ReturnType<MockLanguageModelV3['doGenerate']>>
type Part =
  Extract<Awaited<ReturnType<MockLanguageModelV3['doStream']>>['stream'], ReadableStream> extends ReadableStream<
    infer P
  >
    ? P
    : never
const usage: Generated['usage'] = {
  inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 3, text: 1, reasoning: 2 },
}
const stop: Generated['finishReason'] = { unified: 'stop', raw: 'end_turn' }
const calls = (toolName: string, input: object): Generated => ({
  content: [{ type: 'tool-call', toolCallId: 'call_1', toolName, input: JSON.stringify(input) }],
  finishReason: { unified: 'tool-calls', raw: undefined },
  usage,
  warnings: [],
})
const says = (text: string): Generated => ({
  content: [{ type: 'text', text }],
  finishReason: stop,
  usage,
  warnings: [],
})

const parts: Part[] = [
  { type: 'stream-start', warnings: [] },
  { type: 'response-metadata', id: 'resp_1', modelId: 'model-1-001' },
  { type: 'text-start', id: '1' },
  { type: 'text-delta', id: '1', delta: 'Hello ' },
  { type: 'text-delta', id: '1', delta: 'you' },
  { type: 'text-end', id: '1' },
  { type: 'finish', usage, finishReason: stop },
]
const streaming = (chunks: Part[]) =>
  new MockLanguageModelV3({
    modelId: 'model-1',
    doStream: async () => ({
      stream: simulateReadableStream({ chunks, chunkDelayInMs: null, initialDelayInMs: null }),
    }),
  })

it('records a stream of the AI SDK, its end and its failure', async () => {
  const { run, faults } = begin()
  const middleware = aiSdkMiddleware(run)
  const read = async (chunks: Part[]) => {
    const model = wrapLanguageModel({ model: streaming(chunks), middleware })
    const { textStream } = streamText({ model, prompt: 'Hi', onError: () => undefined })
    let text = ''
    for await (const piece of textStream) text += piece
    return text
  }
  expect(await read(parts)).toBe('Hello you')
  await read([...parts.slice(0, 4), { type: 'error', error: Object.assign(new Error('overloaded'), { status: 529 }) }])
  const { steps } = await end(run)
  expect(steps).toMatchObject([
    {
      status: 'succeeded',
      model: 'model-1-001',
      response_id: 'resp_1',
      stop_reason: 'end_turn',
      output_preview: 'Hello you',
      first_token_ms: expect.any(Number),
      cost: { input_tokens: 10, output_tokens: 3, reasoning_tokens: 2 },
    },
    { status: 'failed', error: 'overloaded', error_type: 'provider_error', output_preview: 'Hello ' },
  ])
  expect(faults).toEqual([])
})

it('records what a model of the AI SDK throws, and tools that fail', async () => {
  const { run } = begin()
  const middleware = aiSdkMiddleware(run)
  const failing = new MockLanguageModelV3({
    doGenerate: async () => {
      throw Object.assign(new Error('too many'), { status: 429 })
    },
  })
  await expect(
    generateText({ model: wrapLanguageModel({ model: failing, middleware }), prompt: 'Hi', maxRetries: 0 }),
  ).rejects.toThrow('too many')
  const model = new MockLanguageModelV3({ doGenerate: async () => calls('broken', {}) })
  const broken = sdkTool({
    inputSchema: z.object({}),
    execute: async () => {
      throw new Error('no disk')
    },
  })
  await generateText({
    model: wrapLanguageModel({ model, middleware }),
    tools: wrapTools(run, { broken }),
    prompt: 'Hi',
  })
  expect((await end(run)).steps).toMatchObject([
    { type: 'model_call', status: 'failed', error_type: 'rate_limited' },
    { type: 'model_call', status: 'succeeded' },
    { type: 'tool_call', tool_name: 'broken', status: 'failed', error: 'no disk', model_call_id: 's-2' },
  ])
})

it.each([true, false])(
  'reads from the conversation what was decided (%s), where nobody says who did',
  async (approved) => {
    const { run, faults } = begin()
    const model = wrapLanguageModel({
      model: new MockLanguageModelV3({
        doGenerate: async ({ prompt }) => (prompt.length === 1 ? calls('publish', { tag: 'x' }) : says('ok')),
      }),
      middleware: aiSdkMiddleware(run),
    })
    let published = 0
    const tools = wrapTools(run, {
      publish: sdkTool({
        inputSchema: z.object({ tag: z.string() }),
        needsApproval: async () => true,
        execute: async () => ++published,
      }),
    })
    const messages: ModelMessage[] = [{ role: 'user', content: 'Hi' }]
    const first = await generateText({ model, tools, messages })
    messages.push(...first.response.messages)
    for (const part of first.content)
      if (part.type === 'tool-approval-request')
        messages.push({
          role: 'tool',
          content: [{ type: 'tool-approval-response', approvalId: part.approvalId, approved, reason: 'because' }],
        })
    await generateText({ model, tools, messages })
    const record = await end(run)
    expect(published).toBe(approved ? 1 : 0)
    expect(record.approvals?.map(({ event, actor, reason }) => [event, actor?.kind, reason])).toEqual([
      ['requested', 'agent', undefined],
      [approved ? 'approved' : 'denied', 'unknown', 'because'],
    ])
    expect(record.steps.find(({ tool_name }) => tool_name === 'publish')?.status).toBe(
      approved ? 'succeeded' : 'denied',
    )
    expect(faults).toEqual([])
  },
)

it('leaves a call that nobody decides about open', async () => {
  const { run } = begin()
  const model = wrapLanguageModel({
    model: new MockLanguageModelV3({ doGenerate: calls('publish', {}) }),
    middleware: aiSdkMiddleware(run),
  })
  const tools = wrapTools(run, {
    publish: sdkTool({ inputSchema: z.object({}), needsApproval: true, execute: async () => 1 }),
  })
  await generateText({ model, tools, prompt: 'Hi' })
  const record = await end(run)
  expect(record.approvals?.map(({ event }) => event)).toEqual(['requested'])
  expect(record.steps[1]).toMatchObject({ tool_name: 'publish', status: 'interrupted' })
})

it('wraps functions and objects, with private members too, and passes on the rest', async () => {
  const { run } = begin()
  class Counter {
    readonly description = 'counts'
    #count = 0
    execute({ by }: { by: number }) {
      this.#count += by
      return this.#count
    }
  }
  const provider = { type: 'provider' as const }
  const tools = wrapTools(run, { plain: (n: number) => n + 1, counter: new Counter(), provider })
  expect([tools.plain(1), tools.counter.execute({ by: 2 }), tools.counter.execute({ by: 3 })]).toEqual([2, 2, 5])
  expect(tools.counter).toBeInstanceOf(Counter)
  expect(tools.counter.description).toBe('counts')
  expect(tools.provider).toBe(provider)
  expect((await end(run)).steps.map(({ tool_name, input_preview }) => [tool_name, input_preview])).toEqual([
    ['plain', '[1]'],
    ['counter', '{"by":2}'],
    ['counter', '{"by":3}'],
  ])
})

const call = (name: string, args: string, callId = 'call_1') =>
  ({ type: 'function_call', name, callId, arguments: args, status: 'completed' }) as const
const said = (text: string) =>
  ({ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] }) as const

class Scripted implements Model {
  #count = 0
  readonly #output: Awaited<ReturnType<Model['getResponse']>>['output'][]
  constructor(...output: Awaited<ReturnType<Model['getResponse']>>['output'][]) {
    this.#output = output
  }
  async getResponse() {
    const output = this.#output.shift() ?? [said('done')]
    return { usage: new Usage({ inputTokens: 10, outputTokens: 3 }), output, responseId: 'resp_1' }
  }
  async *getStreamedResponse() {
    const { output } = await this.getResponse()
    yield { type: 'output_text_delta' as const, delta: 'do' }
    yield {
      type: 'response_done' as const,
      response: {
        id: `resp_${this.#count++}`,
        output,
        usage: { inputTokens: 10, outputTokens: 3, totalTokens: 13 },
      },
    }
  }
}
const provide = (model: Model): ModelProvider => ({ getModel: async () => model })

const shout = tool({
  name: 'shout',
  description: 's',
  parameters: z.object({ word: z.string() }),
  execute: ({ word }) => word.toUpperCase(),
})
const fail = tool({
  name: 'fail',
  description: 'f',
  parameters: z.object({}),
  execute: () => {
    throw new Error('no disk')
  },
})

it('records a stream of the OpenAI Agents SDK, for each run its own', async () => {
  const recorded = openAiAgents(currentRun)
  const agent = new Agent({ name: 'a', model: 'm', tools: recorded.tools([shout]) })
  const work = async () => {
    const runner = new Runner({
      modelProvider: recorded.modelProvider(provide(new Scripted([call('shout', '{"word":"hey"}')]))),
    })
    const result = await runner.run(agent, 'Hi', { stream: true })
    await result.completed
    return result.finalOutput
  }
  const [first, second] = [begin(), begin()]
  expect(await Promise.all([withRun(first.run, work), withRun(second.run, work), work()])).toEqual([
    'done',
    'done',
    'done',
  ])
  for (const { run, faults } of [first, second]) {
    const { steps } = await end(run)
    expect(steps).toMatchObject([
      { type: 'model_call', status: 'succeeded', response_id: 'resp_0', first_token_ms: expect.any(Number) },
      { tool_name: 'shout', status: 'succeeded', input_preview: '{"word":"hey"}', output_preview: 'HEY' },
      { type: 'model_call', status: 'succeeded', output_preview: 'done' },
    ])
    expect(faults).toEqual([])
  }
})

it('records that a tool of the OpenAI Agents SDK failed, though the SDK tells the model and goes on', async () => {
  const { run } = begin()
  const recorded = openAiAgents(run)
  const model = new Scripted([call('fail', '{}'), call('shout', 'no JSON', 'call_2')])
  const agent = new Agent({ name: 'a', tools: recorded.tools([fail, shout]), model: recorded.model(model) })
  await new Runner().run(agent, 'Hi')
  const { steps } = await end(run)
  expect(steps[1]).toMatchObject({ tool_name: 'fail', status: 'failed', error_type: 'tool_failed' })
  expect(steps[1]?.error).toContain('no disk')
  // What is no JSON never reaches the tool.
  expect(steps.map(({ type }) => type)).toEqual(['model_call', 'tool_call', 'model_call'])
})

it('tells the model why a policy refused a call', async () => {
  const { run } = begin({ policy: () => ({ verdict: 'block', reasons: ['quiet please'] }) })
  const recorded = openAiAgents(run)
  const agent = new Agent({
    name: 'a',
    tools: recorded.tools([shout]),
    model: recorded.model(new Scripted([call('shout', '{"word":"hey"}')])),
  })
  const result = await new Runner().run(agent, 'Hi')
  const told = result.history.find((item: AgentInputItem) => item.type === 'function_call_result')
  expect(JSON.stringify(told)).toContain('quiet please')
  expect((await end(run)).steps[1]).toMatchObject({ status: 'denied' })
})

it('runs what was approved, changed by the policy or not', async () => {
  const { run } = begin({ policy: () => ({ verdict: 'modify', arguments: { word: 'psst' } }) })
  const recorded = openAiAgents(run)
  const agent = new Agent({
    name: 'a',
    tools: recorded.tools([shout]),
    model: recorded.model(new Scripted([call('shout', '{"word":"hey"}')])),
  })
  const result = await new Runner().run(agent, 'Hi')
  expect(JSON.stringify(result.history)).toContain('PSST')
  await end(run)
})

it('approves nothing by itself: the SDK comes back to a call that somebody approved by its own means', async () => {
  const { run } = begin()
  const recorded = openAiAgents(run)
  const careful = tool({
    name: 'careful',
    description: 'c',
    parameters: z.object({}),
    needsApproval: true,
    execute: () => 'done',
  })
  const model = new Scripted([call('careful', '{}')])
  const agent = new Agent({ name: 'a', tools: recorded.tools([careful]), model: recorded.model(model) })
  const runner = new Runner()
  const stopped = await runner.run(agent, 'Hi')
  for (const item of stopped.interruptions) stopped.state.approve(item)
  await runner.run(agent, stopped.state)
  const record = await end(run)
  expect(record.approvals?.map(({ event, actor }) => [event, actor?.kind])).toEqual([
    ['requested', 'agent'],
    ['approved', 'unknown'],
  ])
  expect(record.steps[1]).toMatchObject({ tool_name: 'careful', status: 'succeeded', output_preview: 'done' })
})
