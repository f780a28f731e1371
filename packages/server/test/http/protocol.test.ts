import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAnswer, sendRaw } from './raw.ts'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
let port: number
let key: string

beforeAll(async () => {
  server = await startServer()
  key = await server.key({ scopes: ['admin'] })
  port = (await server.listen()).port
})
afterAll(() => server.stop())

const ask = async (head: string, body: string | Uint8Array = ''): Promise<ReturnType<typeof parseAnswer>> =>
  parseAnswer(await sendRaw(port, [`${head}\r\nHost: x\r\nX-API-Key: ${key}\r\nConnection: close\r\n\r\n`, body]))

/** Every oddity that a client, or somebody who plays one, can put on the wire. */
const odd: readonly (readonly [name: string, octets: string, status: number, code: string])[] = [
  ['no HTTP at all', 'hello\r\n\r\n', 400, 'http.malformed'],
  ['an unknown method', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'http.malformed'],
  ['a header without a colon', 'GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n', 400, 'http.malformed'],
  [
    'a length that is no number',
    'POST /api/v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n',
    400,
    'http.malformed',
  ],
  [
    'two lengths',
    'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
    'http.malformed',
  ],
  [
    'a length beside chunks',
    'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
    'http.malformed',
  ],
  [
    'headers above 16 KB',
    `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'http.headers_too_large',
  ],
  ['a path above 16 KB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'http.headers_too_large'],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'http.malformed'],
  [
    'no Host where a body is announced',
    'POST /api/v1/runs HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}',
    400,
    'http.malformed',
  ],
  ['no Host and no such path', 'GET /nothing HTTP/1.1\r\nExpect: 100-continue\r\n\r\n', 400, 'http.malformed'],
  [
    'a header that a line break goes through',
    'GET /healthz HTTP/1.1\r\nHost: x\r\nX-API-Key: a\r\n b\r\n\r\n',
    400,
    'http.malformed',
  ],
  ['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'http.method_not_allowed'],
  ['an expectation nobody has', 'POST /api/v1/runs HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n', 417, 'http.malformed'],
  ['percent-encoding that is none', 'GET /api/v1/runs/%zz HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'http.malformed'],
  ['percent-encoding that is not UTF-8', 'GET /api/v1/runs/%ff HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'http.malformed'],
  ['an unknown path', 'GET /api/v2/runs HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'http.not_found'],
  ['an unknown path under /api/v1', 'POST /api/v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'http.not_found'],
  [
    'a method that Fastify does not route',
    'PROPFIND /api/v1/runs HTTP/1.1\r\nHost: x\r\n\r\n',
    405,
    'http.method_not_allowed',
  ],
  ['OPTIONS', 'OPTIONS /api/v1/runs HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'http.method_not_allowed'],
  ['OPTIONS of everything', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'http.not_found'],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'http.malformed'],
  ['no key, in HTTP/1.0', 'GET /api/v1/runs HTTP/1.0\r\n\r\n', 401, 'key.refused'],
  ['no key', 'GET /api/v1/runs HTTP/1.1\r\nHost: x\r\n\r\n', 401, 'key.refused'],
  [
    'an upgrade',
    'GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    401,
    'key.refused',
  ],
]

describe('every answer says the protocol, every error is a problem (AR-HTTP-001, AR-HTTP-004)', () => {
  test.each(odd)('%s', async (_name, octets, status, code) => {
    const answer = parseAnswer(await sendRaw(port, [octets]))
    expect(answer.status).toBe(status)
    expect(answer.headers['x-agent-run-protocol']).toBe('1.0.0')
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(answer.body)).toMatchObject({
      status,
      code,
      type: `https://w3id.org/agent-run/v1/errors#${code}`,
    })
  })

  test('HEAD has the headers of GET and no body', async () => {
    const answer = await ask('HEAD /api/v1/runs HTTP/1.1')
    expect(answer).toMatchObject({ status: 200, body: '' })
    expect(answer.headers['x-agent-run-protocol']).toBe('1.0.0')
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0)
  })
})

describe('paths', () => {
  test('405 names the methods there are (AR-HTTP-006)', async () => {
    expect((await ask('PUT /api/v1/runs HTTP/1.1')).headers.allow).toBe('GET, HEAD, POST')
    expect((await ask('DELETE /api/v1/runs:batch HTTP/1.1')).headers.allow).toBe('POST')
    expect((await ask('POST /healthz HTTP/1.1')).headers.allow).toBe('GET, HEAD')
  })

  test('what is not there is said before what is wrong with the body', async () => {
    for (const type of ['xxxx', '', ';'])
      for (const [url, status] of [
        ['/api/v1/runs', 405],
        ['/nothing', 404],
      ] as const) {
        const answer = await server.app.inject({ method: 'PUT', url, headers: { 'content-type': type }, payload: '{}' })
        expect(answer.statusCode).toBe(status)
      }
  })

  test.each(['.', '..', '%2e', '%2E%2e', 'a%00b', 'a%0Ab', 'x'.repeat(257), '%F0%9F%98%80'.repeat(257)])(
    'the id %s is refused with 422 (AR-HTTP-015)',
    async (id) => {
      const answer = await ask(`GET /api/v1/runs/${id} HTTP/1.1`)
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([422, 'run.id'])
    },
  )

  test.each([
    ...['/', '?', '#', '%', '%2F', '%25', 'a/b', 'a b', '+', '&=;:@', 'stream', 'runs:batch', 'events', '...', '~'],
    ...['ü', 'é', '日本', '😀'.repeat(256), 'x'.repeat(256), '\\', '"', "'", '<>', '{id}', ':id', '*', '__proto__'],
  ])('a run called %s can be reached', async (id) => {
    const body = JSON.stringify(quickStart(id))
    const headers = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`
    const created = await ask(`POST /api/v1/runs HTTP/1.1\r\n${headers}`, body)
    expect(created.status).toBe(201)
    expect(created.headers.location).toBe(`/api/v1/runs/${encodeURIComponent(id)}`)
    const read = await ask(`GET ${created.headers.location} HTTP/1.1`)
    expect(read.status).toBe(200)
    expect(JSON.parse(Buffer.from(read.body, 'latin1').toString('utf8'))).toEqual(quickStart(id))
  })
})

test('every operation is listed with its scope, and only those', () => {
  const listed = server.app.operations.map(({ method, path }) => `${method} ${path}`)
  expect(new Set(listed).size).toBe(listed.length)
  expect(listed).toEqual(
    expect.arrayContaining(['POST /api/v1/runs', 'GET /api/v1/runs/{id}', 'POST /api/v1/runs:batch']),
  )
  const open = server.app.operations.filter(({ scope }) => scope === 'none').map(({ path }) => path)
  expect(open.sort()).toEqual(['/.well-known/agent-run', '/healthz', '/readyz'])
})

test('discovery says what there is, without a key (AR-HTTP-002)', async () => {
  const answer = await server.app.inject('/.well-known/agent-run')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({ protocol: ['1.0.0'], limits: { page: 200, batch_lines: 10_000 } })
  expect(answer.json().capabilities).toContain('core')
})
