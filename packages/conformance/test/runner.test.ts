import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpCase, type RunOptions, type RunReport, runHttpCases } from '../src/index.ts'
import { stop } from './subjects/careless-server.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** Plays cases against a server that answers like this, and keeps what it was asked. */
const play = async (
  answer: Answer,
  cases: readonly HttpCase[],
  options: Partial<RunOptions> = {},
): Promise<RunReport & { readonly asked: readonly { readonly request: IncomingMessage; readonly body: string }[] }> => {
  const asked: { request: IncomingMessage; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (request.url === '/.well-known/agent-run') {
      response.end(
        JSON.stringify({ protocol: ['1.0.0'], capabilities: ['core', 'batch'], limits: { body_octets: 100 } }),
      )
      return
    }
    asked.push({ request, body })
    answer(request, response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => stop(server))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { ...(await runHttpCases({ url, keys: { main: "it's a secret" }, cases, seed: 'abc', ...options })), asked }
}

/** Plays a case against something that takes connections and does this when a request begins. */
const playRaw = async (answer: (socket: Socket) => void, each: HttpCase): Promise<RunReport['outcomes']> => {
  const sockets: Socket[] = []
  const server = createSocketServer((socket) => {
    socket.on('error', () => {})
    // The first question is what it is.
    if (sockets.push(socket) === 1)
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    else socket.once('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  )
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return (await runHttpCases({ url, cases: [each] })).outcomes
}

const spec = (exchanges: HttpCase['exchanges'], more: Partial<HttpCase> = {}): HttpCase => ({
  id: 'http/test/a_case',
  name: 'a_case',
  requirement: 'AR-HTTP-020',
  capability: 'core',
  description: 'What is right.',
  fault: 'What is wrong.',
  exchanges,
  ...more,
})
const get = { method: 'GET', path: '/api/v1/runs/{{id.a}}' }
const ok: Answer = (_request, response) => response.end('{}')

describe('the runner', () => {
  it('names the exchange, what was expected and what came, and how to see it again', async () => {
    const body = { json: { id: '{{id.a}}', quote: "it's" } }
    const exchanges = [
      { request: get, expect: { status: 200 } },
      { request: { method: 'POST', path: '/x', body }, expect: { status: 201 } },
    ]
    const { outcomes } = await play(ok, [spec(exchanges)])
    expect(outcomes[0]).toMatchObject({ status: 'fail', messages: ['request 2 of 2: answered 200, expected 201'] })
    expect(outcomes[0]?.reproduce).toMatch(
      /^curl -sS -i --path-as-is -X POST 'http:\/\/127\.0\.0\.1:\d+\/x' -H 'content-type: application\/json' -H "X-API-Key: \$AGENT_RUN_KEY" --data-binary '\{"id":"cx-[0-9a-f]{20}-a","quote":"it'\\''s"\}'$/,
    )
    expect(JSON.stringify(outcomes)).not.toContain('secret')
  })

  it('plays nothing after a preparation that failed, and calls it untestable', async () => {
    const exchanges = [
      { setup: true, request: get, expect: { status: 201 } },
      { request: get, expect: { status: 200 } },
    ]
    const { outcomes, asked } = await play(ok, [spec(exchanges)])
    expect(outcomes[0]).toMatchObject({
      status: 'untestable',
      messages: ['request 1 of 2, which prepares: answered 200, expected 201'],
    })
    expect(asked).toHaveLength(1)
  })

  it('does not play what is not declared, or needs a key or a limit that is not there', async () => {
    const exchanges = [{ request: get, expect: { status: 200 } }]
    const beyond = [
      { request: { ...get, body: { pieces: [{ text: 'x', beyond: 'line_octets' }] } }, expect: { status: 200 } },
    ]
    const { outcomes, asked } = await play(ok, [
      spec(exchanges, { capability: 'journal' }),
      spec(exchanges, { capability: 'batch' }),
      spec([{ request: { ...get, key: 'reader' }, expect: { status: 200 } }]),
      spec(exchanges, { needs: { server_key: true } }),
      spec(beyond),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([
      'not_applicable',
      'pass',
      'untestable',
      'not_applicable',
      'untestable',
    ])
    expect(asked).toHaveLength(1)
  })

  it('calls a case that is not made right a fault of its own', async () => {
    const { outcomes } = await play(ok, [
      spec([{ request: { ...get, path: '/{{captured.nothing}}' }, expect: { status: 200 } }]),
    ])
    expect(outcomes[0]).toMatchObject({
      status: 'untestable',
      suite_fault: true,
      messages: ['a fault of this suite: the case captures no nothing'],
    })
  })

  it('gives the same names for the same seed, and encodes them in paths', async () => {
    const exchanges = [{ request: { ...get, path: '/{{id.a}}?x={{time}}' }, expect: { status: 200 } }]
    const one = await play(ok, [spec(exchanges)])
    const two = await play(ok, [spec(exchanges)])
    const three = await play(ok, [spec(exchanges)], { seed: 'abcd' })
    const path = (report: typeof one): string => (report.asked[0]?.request.url ?? '').split('?')[0]!
    expect(path(one)).toBe(path(two))
    expect(path(one)).not.toBe(path(three))
    expect(one.asked[0]?.request.url).toMatch(/x=\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A/)
  })

  it('captures values with their types and sends bodies again', async () => {
    const exchanges = [
      {
        name: 'first',
        request: { ...get, method: 'POST', body: { text: 'x{{id.a}}' } },
        expect: { status: 200 },
        capture: { n: { at: '/n' } },
      },
      {
        request: { ...get, method: 'POST', body: { json: { n: '{{captured.n}}', text: 'n{{captured.n}}' } } },
        expect: { status: 200, body: [{ at: '/n', equals: '{{captured.n}}' }] },
      },
      { request: { ...get, method: 'POST', body: { again: 'first' } }, expect: { status: 200 } },
    ]
    const { outcomes, asked } = await play((_request, response) => response.end('{"n":7}'), [spec(exchanges)])
    expect(outcomes[0]).toMatchObject({ status: 'pass', messages: [] })
    expect(asked[1]?.body).toBe('{"n":7,"text":"n7"}')
    expect(asked[2]?.body).toBe(asked[0]?.body)
  })

  it('comes back when it is told to, a few times', async () => {
    let count = 0
    const busy: Answer = (_request, response) => {
      response.writeHead(++count < 3 ? 429 : 200, { 'retry-after': '0' }).end('{}')
    }
    const { outcomes } = await play(busy, [spec([{ request: get, expect: { status: 200 } }])])
    expect(outcomes[0]?.status).toBe('pass')
    const never = await play(
      (_request, response) => void response.writeHead(429, { 'retry-after': '0' }).end(),
      [spec([{ request: get, expect: { status: 200 } }])],
    )
    expect(never.outcomes[0]).toMatchObject({
      status: 'untestable',
      messages: ['the server limits its clients to less than this suite needs'],
    })
    expect(never.asked).toHaveLength(8)
  })

  it('reads a refusal that comes while a large body is still sent', async () => {
    const exchanges = [
      {
        request: { method: 'POST', path: '/x', body: { pieces: [{ text: 'x', times: 8_000_000 }] } },
        expect: { status: 413 },
      },
    ]
    let count = 0
    const outcomes = await playRaw((socket) => {
      // As a busy server does it: the first time, it closes long before its answer is read.
      if (++count === 1) setTimeout(() => socket.resetAndDestroy(), 300)
      else socket.end('HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}')
    }, spec(exchanges))
    expect(outcomes[0]).toMatchObject({ status: 'pass' })
    expect(count).toBe(2)
  })

  it('sends the same lines of a journal again to a server that limits its clients', async () => {
    const lines = [{ type: 'run.started', at: '{{time}}', data: {} }]
    const exchanges = [0, 1].map(() => ({
      request: { method: 'POST', path: '/x', body: { journal: { lines } } },
      expect: { status: 200 },
    }))
    let count = 0
    const { asked, outcomes } = await play(
      (_request, response) => void response.writeHead(++count % 2 === 1 ? 429 : 200, { 'retry-after': '0' }).end('{}'),
      [spec(exchanges)],
    )
    expect(outcomes[0]?.status).toBe('pass')
    expect(asked.map(({ body }) => JSON.parse(body).seq)).toEqual([0, 0, 1, 1])
  })

  it('ends when its time is over', async () => {
    const exchanges = [{ request: get, expect: { status: 200 } }]
    const { outcomes, asked } = await play(ok, [spec(exchanges), spec(exchanges)], { totalSeconds: -1 })
    expect(outcomes.map(({ messages }) => messages[0])).toEqual(Array(2).fill('the time for the whole run is over'))
    expect(asked).toEqual([])
  })

  it('survives bodies that are nested deeper than it can look', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    const { outcomes } = await play(
      (_request, response) => response.end(deep),
      [
        spec([{ request: get, expect: { status: 200, body: [{ equals: [] }] } }]),
        spec([{ request: get, expect: { status: 200, body: [{ schema: 'run-page.json' }] } }]),
      ],
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fail', 'fail'])
  })
})
