import { expect, it, vi } from 'vitest'
import { currentRun, withRun, wrapFetch, wrapTool } from '../../src/runtime/index.ts'
import { everythingIn, temporaryFolder } from '../recorder/setup.ts'
import { ask, events, type Handler, json, post, serve, usageAtFirst } from './model-server.ts'
import { begin, end } from './runs.ts'

it.each<[string, string, RequestInit | undefined]>([
  ['another path', '/v1/embeddings', post({ model: 'm', input: 'x' })],
  ['another body', '/v1/chat/completions', post({ hello: 'world' })],
  ['no JSON', '/v1/chat/completions', { method: 'POST', body: 'hello' }],
  ['a form', '/v1/chat/completions', { method: 'POST', body: new URLSearchParams({ messages: 'x' }) }],
  ['another method', '/v1/responses', undefined],
  ['counting', '/v1/messages/count_tokens', post({ ...ask })],
])('lets %s through untouched', async (_, path, init) => {
  const { run } = begin()
  const base = await serve(json({ ok: true }))
  let sent: unknown
  const wrapped = wrapFetch(run, async (...parameters: Parameters<typeof fetch>) => {
    sent = await fetch(...parameters)
    return sent as Response
  })
  const response = await wrapped(`${base}${path}`, init)
  expect(response).toBe(sent)
  expect(await response.json()).toEqual({ ok: true })
  expect((await end(run)).steps).toEqual([])
})

it('gives a response that behaves like the original', async () => {
  const { run } = begin()
  const base = await serve((request, response, body) => {
    if (request.url === '/v1/old/chat/completions') response.writeHead(307, { location: '/v1/chat/completions' }).end()
    else {
      response.writeHead(201, 'Made', { 'content-type': 'application/json', 'x-request-id': 'r-1' })
      response.end(JSON.stringify({ got: body }))
    }
  })
  const response = await wrapFetch(run)(new URL(`${base}/v1/old/chat/completions`), post(ask))
  expect(response).toBeInstanceOf(Response)
  const { status, statusText, ok, url, redirected, type, bodyUsed } = response
  expect({ status, statusText, ok, url, redirected, type, bodyUsed }).toEqual({
    status: 201,
    statusText: 'Made',
    ok: true,
    url: `${base}/v1/chat/completions`,
    redirected: true,
    type: 'basic',
    bodyUsed: false,
  })
  expect(response.headers.get('x-request-id')).toBe('r-1')
  const clone = response.clone()
  expect([clone.url, clone.redirected, clone.clone().url]).toEqual([url, true, url])
  expect(await clone.json()).toEqual({ got: JSON.stringify(ask) })
  expect(await response.json()).toEqual({ got: JSON.stringify(ask) })
  expect(response.bodyUsed).toBe(true)
  await expect(response.text()).rejects.toThrow(TypeError)
  expect((await end(run)).steps).toMatchObject([{ status: 'succeeded', model: 'asked-1' }])
})

it('takes a Request, and leaves its body to be sent', async () => {
  const { run } = begin()
  const bodies: string[] = []
  const base = await serve((request, response, body) => {
    bodies.push(body)
    json({ choices: [] })(request, response, body)
  })
  await (await wrapFetch(run)(new Request(`${base}/v1/chat/completions`, post(ask)))).text()
  await (
    await wrapFetch(run)(
      `${base}/v1/chat/completions`,
      post(ask, { body: new TextEncoder().encode(JSON.stringify(ask)) }),
    )
  ).text()
  expect(bodies).toEqual([JSON.stringify(ask), JSON.stringify(ask)])
  expect((await end(run)).steps.map(({ model }) => model)).toEqual(['asked-1', 'asked-1'])
})

it('reads no further than the client does, into buffers of its own too', async () => {
  const { run } = begin()
  let pulled = 0
  const source = async () => {
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1
          if (pulled > 3) controller.close()
          else controller.enqueue(new TextEncoder().encode(`data: {"choices":[{"delta":{"content":"${pulled}"}}]}\n\n`))
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const response = await wrapFetch(
    run,
    source,
  )(...(['http://localhost/v1/chat/completions', post(ask)] as unknown as []))
  await new Promise((resolve) => setImmediate(resolve))
  expect(pulled).toBe(0)
  const reader = response.body!.getReader({ mode: 'byob' })
  const first = await reader.read(new Uint8Array(4))
  expect([pulled, new TextDecoder().decode(first.value)]).toEqual([1, 'data'])
  let left = await reader.read(new Uint8Array(4096))
  while (!left.done) left = await reader.read(new Uint8Array(4096))
  expect((await end(run)).steps).toMatchObject([{ status: 'succeeded', output_preview: '123' }])
})

const endless: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const start = {
    type: 'message_start',
    message: { type: 'message', id: 'msg_1', model: 'claude-1', usage: usageAtFirst },
  }
  response.write(`data: ${JSON.stringify(start)}\n\n`)
}

it('records an answer that the client stops reading, with what it is known to have used', async () => {
  const { run, faults } = begin()
  let isClosed = false
  const base = await serve((request, response, body) => {
    response.on('close', () => {
      isClosed = true
    })
    endless(request, response, body)
  })
  const response = await wrapFetch(run)(`${base}/v1/messages`, post({ ...ask, max_tokens: 9 }))
  const reader = response.body!.getReader()
  await reader.read()
  await reader.cancel()
  const { steps } = await end(run)
  expect(steps).toMatchObject([
    {
      status: 'cancelled',
      error_type: 'cancelled',
      response_id: 'msg_1',
      cost: { input_tokens: 100, basis: 'lower_bound' },
    },
  ])
  await vi.waitFor(() => expect(isClosed).toBe(true), { timeout: 100_000 })
  expect(faults).toEqual([])
})

it('records an answer that is aborted, before and after it has begun', async () => {
  const { run } = begin()
  const base = await serve((request, response, body) => {
    if (body.includes('never')) return
    endless(request, response, body)
  })
  const wrapped = wrapFetch(run)
  const begun = new AbortController()
  const response = await wrapped(`${base}/v1/messages`, post({ ...ask, max_tokens: 9 }, { signal: begun.signal }))
  const reading = response.text()
  begun.abort()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  const early = new AbortController()
  const sending = wrapped(
    `${base}/v1/messages`,
    post({ ...ask, model: 'never', max_tokens: 9 }, { signal: early.signal }),
  )
  setImmediate(() => early.abort())
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  expect((await end(run)).steps.map(({ status, error_type }) => [status, error_type])).toEqual([
    ['cancelled', 'cancelled'],
    ['cancelled', 'cancelled'],
  ])
})

it('records failures and what is tried again', async () => {
  const { run } = begin()
  const statuses = [429, 503]
  const base = await serve((request, response, body) => {
    const status = statuses.shift()
    const answer =
      status === undefined
        ? json({ choices: [{ message: { content: 'ok' } }] })
        : json({ error: { message: body } }, status)
    answer(request, response, body)
  })
  const wrapped = wrapFetch(run)
  for (const count of ['0', '1', '2']) {
    const response = await wrapped(
      `${base}/v1/chat/completions`,
      post(ask, { headers: { 'X-Stainless-Retry-Count': count } }),
    )
    if (response.ok) await response.json()
    else await response.body?.cancel()
  }
  await (await wrapped(`${base}/v1/chat/completions`, post(ask))).json()
  await (
    await wrapped(
      `${base}/v1/chat/completions`,
      post({ ...ask, n: 1 }, { headers: new Headers({ 'x-stainless-retry-count': '4' }) }),
    )
  ).json()
  await expect(wrapped('http://127.0.0.1:1/v1/chat/completions', post(ask))).rejects.toThrow(TypeError)
  const { steps } = await end(run)
  expect(
    steps.map(({ status, error_type, error, attempt, retry_of }) => [status, error_type, error, attempt, retry_of]),
  ).toEqual([
    ['failed', 'rate_limited', 'HTTP 429', undefined, undefined],
    ['failed', 'provider_error', 'HTTP 503', 2, steps[0]?.id],
    ['succeeded', undefined, undefined, 3, steps[1]?.id],
    ['succeeded', undefined, undefined, undefined, undefined],
    ['succeeded', undefined, undefined, 5, undefined],
    ['failed', 'network', expect.any(String), undefined, undefined],
  ])
})

it('records an error within a stream', async () => {
  const { run } = begin()
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'quotes what was asked' } }
  const base = await serve(events([error]))
  await (await wrapFetch(run)(`${base}/v1/messages`, post({ ...ask, max_tokens: 1 }))).text()
  expect((await end(run)).steps).toMatchObject([
    { status: 'failed', error: 'overloaded_error', error_type: 'provider_error' },
  ])
})

it('writes down no key, no header and no address', async () => {
  const directory = temporaryFolder()
  const { run } = begin({ directory })
  const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789'
  const base = await serve(json({ choices: [{ message: { content: `it is ${key}` } }] }))
  const url = `${base.replace('http://', 'http://user:hunter2@')}/v1/chat/completions?key=AIzaSyA0123456789abcdefghijklmnopqrstuv`
  const told = { ...ask, messages: [{ role: 'user', content: `my key is ${key}` }] }
  const wrapped = wrapFetch(run, (_: string, init: RequestInit) => fetch(`${base}/v1/chat/completions`, init))
  await (
    await wrapped(url, post(told, { headers: { authorization: `Bearer ${key}`, 'x-api-key': 'plain-words-key' } }))
  ).json()
  await end(run)
  const written = everythingIn(directory)
  expect(written).toContain('"host":"127.0.0.1"')
  for (const secret of [key, 'hunter2', 'AIza', 'plain-words-key', 'Bearer']) expect(written).not.toContain(secret)
})

it('notes the tools offered when they change, and their definition with their calls', async () => {
  const { run } = begin()
  const base = await serve(json({ choices: [{ message: { content: 'ok' } }] }))
  const definition = (name: string) => ({
    type: 'function',
    function: { name, description: 'd', parameters: { type: 'object' } },
  })
  const wrapped = wrapFetch(run)
  for (const tools of [
    [definition('a')],
    [definition('a')],
    [definition('a'), definition('b'), { type: 'web_search' }],
  ])
    await (await wrapped(`${base}/v1/chat/completions`, post({ ...ask, tools }))).json()
  await wrapTool(run, 'b', async () => 1)()
  const { steps } = await end(run)
  const digest = expect.stringMatching(/^sha256:/)
  expect(steps.map(({ metadata }) => metadata && [metadata.tools_digest, metadata.tools])).toEqual([
    [digest, ['a']],
    [digest, undefined],
    [digest, ['a', 'b', 'web_search']],
    undefined,
  ])
  expect(steps[3]?.tool_hash).toMatch(/^sha256:/)
})

it('takes what OpenRouter charges as the price', async () => {
  const { run } = begin()
  const answer = { model: 'x/y', choices: [], usage: { prompt_tokens: 10, completion_tokens: 1, cost: 0.25 } }
  const wrapped = wrapFetch(run, async (_: string, __: RequestInit) => Response.json(answer))
  await (await wrapped('https://openrouter.ai/api/v1/chat/completions', post(ask))).json()
  await (await wrapped('https://example.org/api/v1/chat/completions', post(ask))).json()
  const { steps } = await end(run)
  expect(steps[0]).toMatchObject({
    cost: { cost_usd: 0.25, price_basis: 'reported' },
    metadata: { provider: 'openrouter' },
  })
  expect(steps[1]?.cost).not.toHaveProperty('cost_usd')
})

it.each([
  [
    'a huge line',
    'text/event-stream',
    `data: ${'x'.repeat(9 * 1024 * 1024)}\n\ndata: {"choices":[{"delta":{"content":"still"}}]}\n\n`,
  ],
  [
    'names of JavaScript',
    'application/json',
    '{"__proto__":{"usage":1},"constructor":{"prototype":{}},"choices":[{"message":{"content":"still"}}]}',
  ],
  [
    'members of other types',
    'application/json',
    '{"usage":"much","choices":{"0":1},"id":7,"model":[],"content":[null,1,[]]}',
  ],
  ['a list', 'application/json', '[1,null,"x"]'],
  ['cut JSON', 'application/json', '{"choices":[{"mess'],
  ['no JSON at all', 'text/html', '<html>'],
  ['invalid UTF-8', 'text/event-stream', new Uint8Array([0xff, 0xfe, 10, 100])],
])('passes on %s as it is', async (_, type, body) => {
  const { run, faults } = begin()
  const wrapped = wrapFetch(
    run,
    async (__: string, ___: RequestInit) => new Response(body, { headers: { 'content-type': type } }),
  )
  const bytes = await (await wrapped('https://example.org/v1/chat/completions', post(ask))).arrayBuffer()
  expect(bytes.byteLength).toBe(typeof body === 'string' ? body.length : body.length)
  expect((await end(run)).steps).toMatchObject([{ status: 'succeeded', model: 'asked-1' }])
  expect(faults).toEqual([])
  expect(({} as { usage?: unknown }).usage).toBeUndefined()
})

it('finds the run of each request, and sends without one', async () => {
  const [first, second] = [begin(), begin()]
  const base = await serve(json({ choices: [{ message: { content: 'ok' } }] }))
  const wrapped = wrapFetch(currentRun)
  const send = async () => (await wrapped(`${base}/v1/chat/completions`, post(ask))).json()
  await Promise.all([withRun(first.run, send), withRun(second.run, send), withRun(second.run, send), send()])
  expect([(await end(first.run)).steps.length, (await end(second.run)).steps.length]).toEqual([1, 2])
})

it('leaves an answer open that nobody reads', async () => {
  const { run } = begin()
  const base = await serve(json({ choices: [] }))
  await wrapFetch(run)(`${base}/v1/chat/completions`, post(ask))
  expect((await end(run)).steps).toMatchObject([{ status: 'interrupted' }])
})
