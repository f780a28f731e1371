import { canonicalize, digest } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { type ClientOptions, createClient, RequestError } from '../../src/client/index.ts'
import { receiptOf, record } from './record.ts'
import { broken, problem, scripted } from './scripted-server.ts'

const key = 'ark_12345678_0123456789012345678901234567890123456789012'
const waits: number[] = []
/** A client that never really waits. */
const clientOf = (url: string, more: Partial<ClientOptions> = {}) => {
  waits.length = 0
  return createClient({ url, key, wait: async (time) => void waits.push(time), random: () => 0.5, ...more })
}
const failure = async (work: Promise<unknown>): Promise<RequestError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(RequestError)
  return error as RequestError
}

describe('a call', () => {
  it('goes where it belongs, with the key in a header and nowhere else', async () => {
    const { url, asked } = await scripted({ body: receiptOf(record()) })
    await clientOf(`${url}/behind/a/proxy/`).postRun(record())
    expect(asked).toMatchObject([{ method: 'POST', url: '/behind/a/proxy/api/v1/runs' }])
    expect(asked[0]?.headers).toMatchObject({ authorization: `Bearer ${key}`, 'content-type': 'application/json' })
    expect(asked[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/)
    expect(asked[0]?.body.toString()).toBe(canonicalize(record()))
  })

  it('reaches every id', async () => {
    const { url, asked } = await scripted({ body: record() })
    const client = clientOf(url)
    for (const id of ['a/b', 'a?b', '%2F', 'stream', 'a b', 'ü', '#']) await client.getRun(id)
    expect(asked.map(({ url }) => decodeURIComponent(url.slice('/api/v1/runs/'.length)))).toEqual([
      ...['a/b', 'a?b', '%2F', 'stream', 'a b', 'ü', '#'],
    ])
    expect(asked.every(({ url }) => url.split('/').length === 5)).toBe(true)
    for (const id of ['', '.', '..', '\ud800']) await expect(client.getRun(id)).rejects.toThrow(TypeError)
  })

  it('asks page after page', async () => {
    const { url, asked } = await scripted(
      { body: { runs: [{ id: 'a' }, { id: 'b' }], next: 'c/1' } },
      { body: { runs: [{ id: 'c' }] } },
    )
    const found: string[] = []
    for await (const { id } of clientOf(url).listRuns({ tag: ['x', 'y'], has_error: false, limit: 2 })) found.push(id)
    expect(found).toEqual(['a', 'b', 'c'])
    expect(asked.map(({ url }) => url)).toEqual([
      '/api/v1/runs?tag=x&tag=y&has_error=false&limit=2',
      '/api/v1/runs?tag=x&tag=y&has_error=false&limit=2&cursor=c%2F1',
    ])
  })

  it('ends when its signal says so, with the reason given', async () => {
    const { url } = await scripted(() => undefined)
    const controller = new AbortController()
    const call = clientOf(url).info({ signal: controller.signal })
    setTimeout(() => controller.abort(new Error('enough')), 50)
    await expect(call).rejects.toThrow('enough')
    await expect(clientOf(url).info({ signal: controller.signal })).rejects.toThrow('enough')
  })

  it.each([
    [{ url: 'nowhere' }],
    [{ url: 'file:///etc/passwd' }],
    [{ url: 'http://user:password@127.0.0.1' }],
    [{ url: 'http://127.0.0.1/?key=x' }],
    [{ url: 'http://127.0.0.1', key: 'two\nlines' }],
    [{ url: 'http://127.0.0.1', timeout: 0 }],
    [{ url: 'http://127.0.0.1', retry: { attempts: 0 } }],
  ])('is not made with %j', (options) => {
    expect(() => createClient(options)).toThrow(TypeError)
    expect(() => createClient(options)).not.toThrow(/two|password@/)
  })
})

describe('an answer', () => {
  it('that is an error has its code, its Problem and its first fault', async () => {
    const errors = [
      { code: 'schema.enum', pointer: '/status', message: 'found\u001b[2J', requirement: 'AR-RUN-004' },
      { code: 'schema.type', pointer: '', message: 'x' },
    ]
    const { url } = await scripted(problem(422, 'record.invalid', { detail: 'two faults', errors }))
    const error = await failure(clientOf(url).postRun(record()))
    expect(error).toMatchObject({ code: 'record.invalid', status: 422, problem: { errors } })
    expect(error.message).toBe('A title: two faults; schema.enum at /status: found\ufffd[2J; and 1 more (422)')
    expect(waits).toEqual([])
  })

  it('that repeats the key is shown without it', async () => {
    const { url } = await scripted(problem(401, 'key.refused', { detail: `Bearer ${key}` }))
    const error = await failure(clientOf(url).info())
    expect(error.code).toBe('key.refused')
    expect(JSON.stringify([error.message, error.stack, error.problem, error.cause])).not.toContain(key.slice(13))
  })

  it.each([
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'client.answer'],
    ['a list', { body: '[]' }, 'client.answer'],
    ['an error of a proxy', { status: 404, body: '<html>' }, 'client.status'],
  ])('that is %s says so', async (_, reply, code) => {
    const { url } = await scripted(reply)
    expect((await failure(clientOf(url).info())).code).toBe(code)
  })

  it('that is too long is not held', async () => {
    const { url } = await scripted({ body: JSON.stringify({ long: 'x'.repeat(5000) }) })
    expect((await failure(clientOf(url, { answerOctets: 1000 }).info())).code).toBe('client.answer')
  })

  it('about another record than was sent is an error', async () => {
    const { url } = await scripted({ status: 201, body: receiptOf(record('r-2')) })
    expect((await failure(clientOf(url).postRun(record()))).code).toBe('client.digest')
  })

  it('about the same record with another eval is right, if the server had it before', async () => {
    const judged = record('r-1', { eval: { pass: true, score: 90 } })
    const { url } = await scripted(
      { status: 200, body: receiptOf(record()) },
      { status: 201, body: receiptOf(record()) },
    )
    expect(await clientOf(url).postRun(judged)).toEqual(receiptOf(record()))
    expect((await failure(clientOf(url).postRun(judged))).code).toBe('client.digest')
  })

  it('must have the octets that its ETag names', async () => {
    const octets = canonicalize(record())
    const headers = { etag: `"${digest(octets)}"` }
    const { url } = await scripted({ headers, body: octets }, { headers, body: octets.replace('release', 'Release') })
    expect(await clientOf(url).readRun('r-1')).toMatchObject({ run: record(), etag: digest(octets) })
    expect((await failure(clientOf(url).readRun('r-1'))).code).toBe('client.digest')
  })
})

describe('a request is made again', () => {
  it.each([429, 500, 502, 503, 504, 507])('after %i, with the same idempotency key', async (status) => {
    const { url, asked } = await scripted(problem(status, 'store.unavailable'), {
      status: 201,
      body: receiptOf(record()),
    })
    await clientOf(url).postRun(record())
    expect(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(asked.length).toBe(2)
    expect(waits).toEqual([250])
  })

  it('after a connection that breaks before or within the answer', async () => {
    const { url, asked } = await scripted(
      broken,
      (_asked, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"id"')
        setTimeout(() => response.socket?.destroy(), 20)
        return undefined
      },
      { body: receiptOf(record()) },
    )
    await clientOf(url).postRun(record())
    expect(asked.length).toBe(3)
    expect(waits).toEqual([250, 500])
  })

  it('after silence', async () => {
    const { url, asked } = await scripted(() => undefined, { body: {} })
    // A machine may be so slow that what is answered at once is silence, too.
    await clientOf(url, { timeout: 50, retry: { attempts: 1000 } }).info()
    expect(asked.length).toBeGreaterThan(1)
  })

  it('not before the server wants it, and not at all if it wants more patience than there is', async () => {
    const busy = (seconds: string) => problem(429, 'rate.limited', {}, { 'retry-after': seconds })
    const { url, asked } = await scripted(busy('3'), { body: {} }, busy('3600'))
    await clientOf(url).info()
    expect(waits).toEqual([3250])
    expect(await failure(clientOf(url).info())).toMatchObject({ code: 'rate.limited', retryAfter: 3_600_000 })
    expect(asked.length).toBe(3)
  })

  it('only so many times', async () => {
    const { url, asked } = await scripted(problem(503, 'store.unavailable'))
    expect((await failure(clientOf(url).info())).code).toBe('store.unavailable')
    expect([asked.length, ...waits]).toEqual([4, 250, 500, 1000])
  })

  it('not where doing it twice is another thing than doing it once', async () => {
    const { url, asked } = await scripted(problem(500, 'server.failed'))
    await failure(clientOf(url).patchRun('r-1', { tags: ['x'] }, 'sha256:1'))
    await failure(clientOf(url).erase('r-1', 'record'))
    expect(asked.map(({ method }) => method)).toEqual(['PATCH', 'DELETE'])
    expect(asked[0]?.headers['if-match']).toBe('"sha256:1"')
  })

  it('unless nobody answers', async () => {
    const { url, asked } = await scripted(broken)
    const error = await failure(clientOf(url).info())
    expect(error.code).toBe('client.unreachable')
    expect(asked.length).toBe(4)
  })
})

describe('a redirect', () => {
  it('within the server is followed', async () => {
    const { url, asked } = await scripted(
      { status: 308, headers: { location: '/x/api/v1/runs' } },
      { body: receiptOf(record()) },
    )
    await clientOf(url).postRun(record())
    expect(asked.map(({ method, url, body }) => [method, url, body.length > 0])).toEqual([
      ['POST', '/api/v1/runs', true],
      ['POST', '/x/api/v1/runs', true],
    ])
  })

  it('to somebody else never gets the key', async () => {
    const other = await scripted({ body: {} })
    const { url } = await scripted({ status: 307, headers: { location: `${other.url}/steal` } })
    const error = await failure(clientOf(url).postRun(record()))
    expect(error.code).toBe('client.redirected')
    expect(error.message).toContain(other.url)
    expect(other.asked).toEqual([])
  })

  it('is not followed for ever, and a POST does not become a GET', async () => {
    const { url, asked } = await scripted({ status: 302, headers: { location: '/api/v1/runs' } })
    await failure(clientOf(url).info())
    expect(asked.length).toBe(6)
    await failure(clientOf(url).postRun(record()))
    expect(asked.length).toBe(7)
  })
})
