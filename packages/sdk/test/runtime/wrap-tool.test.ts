import { expect, expectTypeOf, it } from 'vitest'
import { CallRefused } from '../../src/index.ts'
import { currentRun, withRun, wrapTool } from '../../src/runtime/index.ts'
import { begin, end } from './runs.ts'

it('records every call of an asynchronous function, and returns and throws what it does', async () => {
  const { run, faults } = begin()
  const failure = new Error('no such file')
  const read = wrapTool(run, 'read_file', async ({ path }: { path: string }) => {
    if (path === 'missing') throw failure
    return `content of ${path}`
  })
  expectTypeOf(read).returns.toEqualTypeOf<Promise<string>>()
  expect(await read({ path: 'notes.md' })).toBe('content of notes.md')
  await expect(read({ path: 'missing' })).rejects.toBe(failure)
  const { steps } = await end(run)
  expect(steps).toMatchObject([
    { type: 'tool_call', tool_name: 'read_file', status: 'succeeded', output_preview: 'content of notes.md' },
    { type: 'tool_call', tool_name: 'read_file', status: 'failed', error: 'no such file', error_type: 'tool_failed' },
  ])
  expect(steps[0]).toMatchObject({ input_preview: '{"path":"notes.md"}', arguments_hash: expect.any(String) })
  expect(faults).toEqual([])
})

it('keeps a synchronous function synchronous, recorded before anything else happens', async () => {
  const { run } = begin()
  const add = wrapTool(run, 'add', (a: number, b?: number) => a + (b ?? 1))
  const fail = wrapTool(run, 'fail', () => {
    throw new RangeError('never')
  })
  expect([add(1, 2), add(5)]).toEqual([3, 6])
  expect(() => fail()).toThrow(RangeError)
  // Nothing was awaited since.
  const { steps } = await end(run)
  expect(steps.map(({ status, input_preview, output_preview }) => [status, input_preview, output_preview])).toEqual([
    ['succeeded', '[1,2]', '3'],
    ['succeeded', '[5]', '6'],
    ['failed', undefined, undefined],
  ])
})

it('keeps this, name and length', async () => {
  const { run } = begin()
  const base = { greeting: 'hello', greet: (_: string) => '' as string | Promise<string> }
  base.greet = wrapTool(run, 'greet', function greet(this: typeof base, name: string) {
    return `${this.greeting} ${name}`
  })
  expect(base.greet('you')).toBe('hello you')
  expect([base.greet.name, base.greet.length]).toEqual(['greet', 1])
  await end(run)
})

it('tells one list from several arguments', async () => {
  const { run } = begin()
  const tool = wrapTool(run, 't', (...all: unknown[]) => all.length)
  tool([1, 2])
  tool(1, 2)
  tool({ a: 1 }, undefined)
  tool()
  const { steps } = await end(run)
  expect(steps.map(({ input_preview }) => input_preview)).toEqual(['[[1,2]]', '[1,2]', '{"a":1}', undefined])
})

it('records only the arguments where the other parameters are those of a framework', async () => {
  const { run } = begin()
  const about = {
    name: 'search',
    parameters: 'first' as const,
    callId: (...[, options]: readonly unknown[]) => (options as { id?: string }).id,
  }
  const seen: unknown[] = []
  const tool = wrapTool(run, about, (...all: unknown[]) => seen.push(...all))
  const options = { id: 'call_1', secret: () => 'x' }
  tool({ q: 'cats' }, options)
  expect(seen[1]).toBe(options)
  const { steps } = await end(run)
  expect(steps).toMatchObject([{ tool_call_id: 'call_1', input_preview: '{"q":"cats"}' }])
})

it('runs only what policy and people allow, with the arguments that were allowed', async () => {
  const { run } = begin({
    policy: ({ arguments: args }) => {
      const { path } = args as { path: string }
      if (path.startsWith('/etc')) return { verdict: 'block', reasons: ['not there'] }
      return { verdict: 'modify', arguments: { path: `/tmp/${path}` } }
    },
  })
  const ran: unknown[] = []
  const write = wrapTool(run, 'write', async (args: { path: string }) => void ran.push(args))
  await write({ path: 'a' })
  await expect(write({ path: '/etc/passwd' })).rejects.toBeInstanceOf(CallRefused)
  expect(ran).toEqual([{ path: '/tmp/a' }])
  expect(Object.isFrozen(ran[0])).toBe(true)
  const { steps } = await end(run)
  expect(steps.map(({ status }) => status)).toEqual(['succeeded', 'denied'])
})

it('gives a promise for a guarded call of a synchronous function', async () => {
  const { run } = begin({ policy: ({ tool_name }) => ({ verdict: tool_name === 'no' ? 'block' : 'allow' }) })
  const add = wrapTool(run, 'add', (a: number, b: number) => a + b)
  expectTypeOf(add).returns.toEqualTypeOf<number | Promise<number>>()
  const sum = add(1, 2)
  expect(sum).toBeInstanceOf(Promise)
  expect(await sum).toBe(3)
  await expect(wrapTool(run, 'no', () => 1)()).rejects.toBeInstanceOf(CallRefused)
  await end(run)
})

async function* count(to: number): AsyncGenerator<string> {
  for (let n = 1; n <= to; n++) yield `${n} `
  if (to === 13) throw new Error('unlucky')
}

it.each([false, true])('records generators to the end of their reader (guarded: %s)', async (isGuarded) => {
  const { run, faults } = begin(isGuarded ? { policy: () => ({ verdict: 'allow' }) } : {})
  const tool = wrapTool(run, 'count', count)
  expectTypeOf(tool).returns.toEqualTypeOf<AsyncGenerator<string>>()
  const all: string[] = []
  for await (const piece of tool(3)) all.push(piece)
  expect(all).toEqual(['1 ', '2 ', '3 '])
  for await (const piece of tool(9)) if (piece === '2 ') break
  await expect(
    (async () => {
      for await (const _ of tool(13));
    })(),
  ).rejects.toThrow('unlucky')
  tool(5)
  const { steps } = await end(run)
  expect(steps.map(({ status, output_preview, error_type }) => [status, output_preview, error_type])).toEqual([
    ['succeeded', '1 2 3 ', undefined],
    ['cancelled', undefined, 'cancelled'],
    ['failed', undefined, 'tool_failed'],
    ['interrupted', undefined, undefined],
  ])
  // The last one was still waiting for its permission.
  expect(faults.map(({ code }) => code)).toEqual(isGuarded ? ['recorder.too_late'] : [])
})

it('refuses a guarded generator when it is read', async () => {
  const { run } = begin({ policy: () => ({ verdict: 'block' }) })
  await expect(wrapTool(run, 'count', count)(3).next()).rejects.toBeInstanceOf(CallRefused)
  await end(run)
})

it('records streams without reading ahead, also behind a promise', async () => {
  const { run } = begin()
  let pulled = 0
  const source = () =>
    new ReadableStream<string>(
      {
        pull(controller) {
          if (++pulled > 3) controller.close()
          else controller.enqueue(`${pulled}`)
        },
      },
      { highWaterMark: 0 },
    )
  const stream = await wrapTool(run, 'stream', async () => source())()
  expect(stream).toBeInstanceOf(ReadableStream)
  await new Promise((resolve) => setImmediate(resolve))
  expect(pulled).toBe(0)
  const reader = stream.getReader()
  await reader.read()
  expect(pulled).toBe(1)
  reader.releaseLock()
  const rest: string[] = []
  for await (const piece of stream) rest.push(piece)
  expect(rest).toEqual(['2', '3'])
  pulled = 0
  const second = await wrapTool(run, 'stream', async () => source())()
  await second.cancel()
  const { steps } = await end(run)
  expect(steps.map(({ status, output_preview }) => [status, output_preview])).toEqual([
    ['succeeded', '123'],
    ['cancelled', undefined],
  ])
})

it('passes a synchronous generator on as one', async () => {
  const { run } = begin()
  const tool = wrapTool(run, 'gen', function* () {
    const asked: unknown = yield 1
    yield asked
    return 'end'
  })
  const generator = tool() as Generator<unknown, string, unknown>
  expect([generator.next(), generator.next('x'), generator.next()]).toEqual([
    { done: false, value: 1 },
    { done: false, value: 'x' },
    { done: true, value: 'end' },
  ])
  await new Promise((resolve) => setImmediate(resolve))
  expect((await end(run)).steps).toMatchObject([{ status: 'succeeded', output_preview: '[1,"x"]' }])
})

it('finds the run of each call, and runs without one', async () => {
  const [first, second] = [begin(), begin()]
  const tool = wrapTool(currentRun, 'shared', async (n: number) => {
    await new Promise((resolve) => setImmediate(resolve))
    return [n, currentRun()?.id]
  })
  expect(
    await Promise.all([withRun(first.run, () => tool(1)), withRun(second.run, async () => tool(2)), tool(3)]),
  ).toEqual([
    [1, first.run.id],
    [2, second.run.id],
    [3, undefined],
  ])
  expect((await end(first.run)).steps.map(({ input_preview }) => input_preview)).toEqual(['[1]'])
  expect((await end(second.run)).steps.map(({ input_preview }) => input_preview)).toEqual(['[2]'])
})

it('runs after the end of its run, and says so', async () => {
  const { run, faults } = begin()
  await end(run)
  expect(await wrapTool(run, 'late', async () => 'done')()).toBe('done')
  expect(faults.map(({ code }) => code)).toEqual(['recorder.too_late'])
})
