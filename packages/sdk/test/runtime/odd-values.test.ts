// What tools, clients and frameworks may hand over that does not behave.
import { expect, it } from 'vitest'
import { openAiAgents, wrapFetch, wrapTool, wrapTools } from '../../src/runtime/index.ts'
import { ask, post } from './model-server.ts'
import { begin, end } from './runs.ts'

const address = 'https://api.openai.com/v1/chat/completions'
const json = { headers: { 'content-type': 'application/json' } }

it('takes nothing away that a response shares with others: parts of one buffer', async () => {
  const { run } = begin()
  const whole = new TextEncoder().encode('{"usage":{"prompt_tokens":1,"completion_tokens":2}}')
  const wrapped = wrapFetch(run, async () => {
    const body = new ReadableStream({
      start(controller) {
        for (const [from, to] of [
          [0, 10],
          [10, 20],
          [20, whole.length],
        ])
          controller.enqueue(whole.subarray(from, to))
        controller.close()
      },
    })
    return new Response(body, json)
  })
  expect(await (await wrapped(address, post(ask))).json()).toEqual({
    usage: { prompt_tokens: 1, completion_tokens: 2 },
  })
  expect(whole.length).toBeGreaterThan(0)
  expect((await end(run)).steps).toMatchObject([{ cost: { input_tokens: 1, output_tokens: 2 } }])
})

it('leaves a request alone that cannot be looked at, and a response that somebody reads', async () => {
  const { run } = begin()
  const response = new Response('{}', json)
  response.body?.getReader()
  const wrapped = wrapFetch(run, async (..._: unknown[]) => response)
  const headers = {
    get() {
      throw new Error('no headers')
    },
  }
  expect(await wrapped(address, { ...post(ask), headers })).toBe(response)
  expect(await wrapped(address, post(ask))).toBe(response)
  expect((await end(run)).steps).toMatchObject([{ type: 'model_call', status: 'succeeded' }])
})

it('follows what is frozen', async () => {
  const { run } = begin()
  const pieces = wrapTool(run, 'pieces', () =>
    Object.freeze({
      async *[Symbol.asyncIterator]() {
        yield 'a'
        yield 'b'
      },
    }),
  )
  const got: string[] = []
  for await (const piece of pieces()) got.push(piece)
  expect(got).toEqual(['a', 'b'])
  const tools = wrapTools(
    run,
    Object.freeze({
      add: Object.freeze({ needsApproval: () => false, execute: async ({ a }: { a: number }) => a + 1 }),
    }),
  )
  expect(await tools.add.execute({ a: 1 })).toBe(2)
  const model = Object.freeze({
    getResponse: async (_: object): Promise<unknown> => ({ output: [], usage: { inputTokens: 1, outputTokens: 2 } }),
    async *getStreamedResponse(_: object): AsyncGenerator<unknown> {},
  })
  const provider = Object.freeze({ getModel: () => model })
  await openAiAgents(run).modelProvider(provider).getModel().getResponse({ input: 'hi' })
  const { steps } = await end(run)
  expect(steps).toMatchObject([
    { tool_name: 'pieces', output_preview: 'ab' },
    { tool_name: 'add', output_preview: '2' },
    { type: 'model_call', cost: { input_tokens: 1, output_tokens: 2 } },
  ])
})

it('gives back what does not let itself be looked at', () => {
  const { run } = begin()
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(wrapTool(run, 'revoked', () => proxy)() === proxy).toBe(true)
})

it('awaits what only looks like a promise', async () => {
  const { run } = begin()
  const thenable: PromiseLike<number> = {
    // biome-ignore lint/suspicious/noThenProperty: it is what this test is about
    then(fulfil) {
      setTimeout(() => fulfil?.(42), 1)
      return undefined as never
    },
  }
  expect(await wrapTool(run, 'lazy', () => thenable)()).toBe(42)
  expect((await end(run)).steps).toMatchObject([{ status: 'succeeded', output_preview: '42' }])
})
