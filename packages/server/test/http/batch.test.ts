import { gzipSync } from 'node:zlib'
import type { BatchResult } from '@agent-run/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAnswer, sendRaw } from './raw.ts'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
let port: number
let url: string
let headers: Record<string, string>
const MB = 1024 * 1024

beforeAll(async () => {
  server = await startServer({ limits: { line_octets: MB, batch_octets: 8 * MB, batch_lines: 3000 } })
  headers = { 'x-api-key': await server.key(), 'content-type': 'application/x-ndjson' }
  ;({ port, url } = await server.listen())
})
afterAll(() => server.stop())

const send = async (
  lines: readonly string[] | string | Uint8Array,
  extra: Record<string, string> = {},
): Promise<BatchResult[]> => {
  const body =
    typeof lines === 'string' || lines instanceof Uint8Array ? lines : lines.map((line) => `${line}\n`).join('')
  const answer = await fetch(`${url}/api/v1/runs:batch`, {
    method: 'POST',
    headers: { ...headers, ...extra },
    body: body as BodyInit,
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  return resultsOf(await answer.text())
}
const resultsOf = (text: string): BatchResult[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
const alone = (line: string) =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/runs',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: line,
  })
const exists = async (id: string): Promise<boolean> =>
  (await server.app.inject({ url: `/api/v1/runs/${id}`, headers })).statusCode === 200

describe('POST /runs:batch', () => {
  test('a result for each line, in their order; bad lines hurt nobody (AR-HTTP-070, AR-HTTP-071, AR-HTTP-073)', async () => {
    const taken = quickStart()
    await alone(JSON.stringify(taken))
    const fresh = [quickStart(), quickStart(), quickStart()]
    const lines = [
      JSON.stringify(fresh[0]),
      'nope',
      '',
      JSON.stringify({ ...quickStart(), status: 'done' }),
      JSON.stringify(fresh[1]),
      JSON.stringify({ ...taken, agent_id: 'other' }),
      JSON.stringify(taken),
      JSON.stringify(fresh[1]),
      JSON.stringify(quickStart('..')),
      '{"a":"\\ud800"}',
      JSON.stringify(fresh[2]),
    ]
    const results = await send(lines)
    expect(results.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1))
    expect(results.map(({ status }) => status)).toEqual([201, 400, 400, 422, 201, 409, 200, 200, 422, 400, 201])
    for (const run of fresh) expect(await exists(run.id as string)).toBe(true)
    for (const [index, { problem }] of results.entries())
      if (problem !== undefined) expect((await alone(lines[index] as string)).json()).toEqual(problem)
    expect(results[4]?.receipt).toEqual(results[7]?.receipt)
  })

  test('the last line needs no line feed, CRLF is as good as LF, no line is no result', async () => {
    expect(
      (await send(`${JSON.stringify(quickStart())}\r\n${JSON.stringify(quickStart())}`)).map(({ status }) => status),
    ).toEqual([201, 201])
    expect(await send('')).toEqual([])
    expect((await send('\n')).map(({ status }) => status)).toEqual([400])
  })

  test('gzip, in one member and in two (AR-HTTP-072)', async () => {
    const [first, second] = [`${JSON.stringify(quickStart())}\n`, `${JSON.stringify(quickStart())}\n`]
    expect(await send(gzipSync(first), { 'content-encoding': 'gzip' })).toMatchObject([{ status: 201 }])
    expect(
      await send(Buffer.concat([gzipSync(first), gzipSync(second)]), { 'content-encoding': 'gzip' }),
    ).toMatchObject([{ status: 200 }, { status: 201 }])
  })

  test('2,500 lines', async () => {
    const runs = Array.from({ length: 2500 }, () => quickStart())
    const results = await send(runs.map((run) => JSON.stringify(run)))
    expect(results).toHaveLength(2500)
    expect(results.every(({ status, receipt }, index) => status === 201 && receipt?.id === runs[index]?.id)).toBe(true)
  })

  test('a line above the limit is refused alone', async () => {
    const long = JSON.stringify({ ...quickStart(), metadata: { padding: 'x'.repeat(MB) } })
    const results = await send([JSON.stringify(quickStart()), long, JSON.stringify(quickStart())])
    expect(results.map(({ status }) => status)).toEqual([201, 413, 201])
    expect(results[1]?.problem).toMatchObject({ code: 'body.too_large', limit: MB })
  })

  test('more lines than the limit: those before count, and the results say where it ended', async () => {
    const results = await send(Array.from({ length: 3005 }, () => JSON.stringify(quickStart())))
    expect(results).toHaveLength(3001)
    expect(results.slice(0, 3000).every(({ status }) => status === 201)).toBe(true)
    expect(results[3000]).toMatchObject({
      line: 3001,
      status: 413,
      problem: { code: 'batch.too_many_lines', limit: 3000 },
    })
  })
})

describe('batches that are refused as a whole', () => {
  const refused = async (body: string | Uint8Array, extra: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/api/v1/runs:batch`, {
      method: 'POST',
      headers: { ...headers, ...extra },
      body: body as BodyInit,
    })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  test('JSON is not NDJSON, br is not gzip, a bomb is cut, nonsense is no gzip', async () => {
    expect(await refused('{}', { 'content-type': 'application/json' })).toEqual([415, 'body.media_type'])
    expect(await refused('{}', { 'content-encoding': 'br' })).toEqual([415, 'body.encoding'])
    // Its end is damaged: a server that unpacks all of it would say so.
    const bomb = gzipSync(Buffer.alloc(30 * MB, 0x20))
    bomb.subarray(-8).fill(0xff)
    expect(await refused(bomb, { 'content-encoding': 'gzip' })).toEqual([413, 'body.too_large'])
    expect(await refused('nonsense', { 'content-encoding': 'gzip' })).toEqual([400, 'body.malformed'])
    expect(await refused(' '.repeat(9 * MB))).toEqual([413, 'body.too_large'])
  })
})

describe('batches on a bare socket', () => {
  let hasty: TestServer
  let hastyPort: number
  let key: string
  beforeAll(async () => {
    hasty = await startServer({ limits: { body_ms: 700 } })
    key = await hasty.key()
    hastyPort = (await hasty.listen()).port
  })
  afterAll(() => hasty.stop())

  const head = (more: string, whose = key): string =>
    `POST /api/v1/runs:batch HTTP/1.1\r\nHost: x\r\nX-API-Key: ${whose}\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n${more}\r\n\r\n`
  const isThere = async (id: string): Promise<boolean> =>
    (await hasty.app.inject({ url: `/api/v1/runs/${id}`, headers: { 'x-api-key': key } })).statusCode === 200
  const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

  test('results come while the lines still arrive', async () => {
    const lines = Array.from({ length: 200 }, () => `${JSON.stringify(quickStart())}\n`)
    const parts = [head('Transfer-Encoding: chunked', headers['x-api-key']), chunk(lines.slice(0, 150).join(''))]
    const text = await sendRaw(port, parts, { until: (text) => text.includes('"line":100,') })
    expect(text).toContain('"line":100,')
    expect(text).not.toContain('"line":101,')
  })

  test('a body that stops: what was whole is stored, and the results say so', async () => {
    const runs = Array.from({ length: 120 }, () => quickStart())
    const lines = runs.map((run) => `${JSON.stringify(run)}\n`).join('')
    const text = await sendRaw(hastyPort, [head('Transfer-Encoding: chunked'), chunk(`${lines}{"id":`)])
    expect(parseAnswer(text).status).toBe(200)
    expect(text).toContain('"line":120,"status":201')
    expect(text).toMatch(/"line":121,"status":408,.*body\.timeout/)
    expect(await isThere(runs[119]?.id as string)).toBe(true)
  })

  test('a body that stops before the first group: nothing is stored', async () => {
    const run = quickStart()
    const text = await sendRaw(hastyPort, [head('Content-Length: 5000'), `${JSON.stringify(run)}\n`])
    expect(parseAnswer(text).status).toBe(408)
    expect(await isThere(run.id as string)).toBe(false)
  })
})
