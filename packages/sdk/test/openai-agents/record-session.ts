// Runs agents of the OpenAI Agents SDK with a model that is a list of answers, and keeps what the SDK writes down.

import {
  Agent,
  BatchTraceProcessor,
  getGlobalTraceProvider,
  type Model,
  type ModelResponse,
  Runner,
  setTraceProcessors,
  setTracingDisabled,
  tool,
  Usage,
  withGenerationSpan,
} from '@openai/agents'

/** What the SDK wrote: the items that its exporter was given, and states of runs as text. */
export interface Session {
  readonly items: object[]
  readonly states: Readonly<Record<'pending' | 'decided' | 'final' | 'sticky' | 'tripped' | 'nested', string>>
}

type Output = ModelResponse['output'][number]

const say = (text: string): Output => ({
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text }],
})

const call = (callId: string, name: string, args: object): Output => ({
  type: 'function_call',
  callId,
  name,
  arguments: JSON.stringify(args),
  status: 'completed',
})

let answers = 0

/** A model that gives these answers, 100 tokens in (60 cached) and 10 out (3 for reasoning) each. */
function scripted(...script: Output[][]): Model {
  let at = 0
  return {
    getResponse: ({ input }) =>
      withGenerationSpan(async (span) => {
        const output = script[at++] ?? [say('nothing more')]
        span.spanData.model = 'scripted-1'
        span.spanData.input = typeof input === 'string' ? [{ role: 'user', content: input }] : [...input]
        span.spanData.output = output.map((item) => ({
          ...item,
          ...('callId' in item ? { call_id: item.callId } : {}),
        }))
        span.spanData.usage = {
          input_tokens: 100,
          output_tokens: 10,
          details: { input_tokens_details: { cached_tokens: 60 }, output_tokens_details: { reasoning_tokens: 3 } },
        }
        const usage = new Usage({
          requests: 1,
          input_tokens: 100,
          output_tokens: 10,
          total_tokens: 110,
          input_tokens_details: { cached_tokens: 60 },
          output_tokens_details: { reasoning_tokens: 3 },
        })
        return { usage, output, responseId: `resp_${++answers}` }
      }),
    // biome-ignore lint/correctness/useYield: nothing streams here
    async *getStreamedResponse() {
      throw new Error('not streamed')
    },
  }
}

const parameters = (...names: string[]) => ({
  type: 'object' as const,
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  required: names,
  additionalProperties: false as const,
})

/** Runs the agents. One of them asks another one as a tool, hands over to a third, and that one needs approvals. */
export async function recordSession(): Promise<Session> {
  const items: object[] = []
  setTracingDisabled(false)
  setTraceProcessors([
    new BatchTraceProcessor({
      export: async (batch) => void items.push(...batch.flatMap((item) => item.toJSON() ?? [])),
    }),
  ])
  const publish = tool({
    name: 'publish',
    description: 'Publishes',
    parameters: parameters('tag'),
    strict: true,
    needsApproval: true,
    execute: async (input) => `published ${(input as { tag: string }).tag}`,
  })
  const list = tool({
    name: 'list_files',
    description: 'Lists files',
    parameters: parameters(),
    strict: true,
    execute: async () => 'a.txt',
  })
  const runner = new Runner({ workflowName: 'Release', groupId: 'thread-1' })

  const summarizer = new Agent({
    name: 'Summarizer',
    model: scripted([call('n1', 'list_files', {})], [say('one file')]),
    tools: [list],
  })
  const publisher = new Agent({
    name: 'Publisher',
    model: scripted([call('c3', 'publish', { tag: 'beta' }), call('c4', 'publish', { tag: 'prod' })], [say('Done.')]),
    tools: [publish],
  })
  const planner = new Agent({
    name: 'Planner',
    model: scripted(
      [call('c1', 'list_files', {}), call('c2', 'summarize', { input: 'all' })],
      [call('h1', 'transfer_to_Publisher', {})],
    ),
    handoffs: [publisher],
    tools: [list, summarizer.asTool({ toolName: 'summarize', toolDescription: 'Summarizes' })],
    inputGuardrails: [{ name: 'polite', execute: async () => ({ tripwireTriggered: false, outputInfo: {} }) }],
  })
  let result = await runner.run(planner, 'Publish it')
  const pending = result.state.toString()
  const [first, second] = result.interruptions
  if (!first || !second) throw new Error('the SDK asked for no approval')
  result.state.approve(first)
  result.state.reject(second, { message: 'not prod' })
  const decided = result.state.toString()
  result = await runner.run(planner, result.state)
  const final = result.state.toString()

  const eager = new Agent({
    name: 'Eager',
    model: scripted([call('s1', 'publish', { tag: '1' })], [call('s2', 'publish', { tag: '2' })], [say('Both.')]),
    tools: [publish],
  })
  let again = await runner.run(eager, 'Publish twice')
  if (again.interruptions[0]) again.state.approve(again.interruptions[0], { alwaysApprove: true })
  again = await runner.run(eager, again.state)

  const outer = new Agent({
    name: 'Outer',
    model: scripted([call('o1', 'delegate', { input: 'publish' })], [say('Delegated.')]),
    tools: [
      new Agent({ name: 'Inner', model: scripted([call('p1', 'publish', { tag: 'z' })]), tools: [publish] }).asTool({
        toolName: 'delegate',
        toolDescription: 'Delegates',
      }),
    ],
  })
  const waiting = await runner.run(outer, 'Delegate it')

  const guarded = new Agent({
    name: 'Guarded',
    model: scripted([say('never')]),
    inputGuardrails: [{ name: 'refuses', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) }],
  })
  const tripped = await runner.run(guarded, 'Something bad').then(
    () => '',
    (error: { state?: { toString(): string } }) => error.state?.toString() ?? '',
  )
  await getGlobalTraceProvider().forceFlush()
  return {
    items,
    states: { pending, decided, final, sticky: again.state.toString(), tripped, nested: waiting.state.toString() },
  }
}
