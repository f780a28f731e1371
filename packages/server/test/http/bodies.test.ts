import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { passRest } from '../../src/app/octets.ts'
import { parseAnswer, type RawAnswer, sendRaw } from './raw.ts'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
let port: number
let key: string
const MB = 1024 * 1024

beforeAll(async () => {
  server = await startServer()
  key = await server.key()
  port = (await server.listen()).port
})
afterAll(() => server.stop())

const head = (headers: Record<string, string | number>, path = '/api/v1/runs'): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\n${Object.entries({
    'Content-Type': 'application/json',
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

const post = async (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<RawAnswer> => {
  const octets = Buffer.from(body as string)
  return parseAnswer(await sendRaw(port, [head({ 'Content-Length': octets.length, ...headers }), octets]))
}

const problemOf = ({ status, headers, body }: RawAnswer): readonly [number, string] => {
  expect(headers['x-agent-run-protocol']).toBe('1.0.0')
  expect(headers['content-type']).toBe('application/problem+json')
  return [status, JSON.parse(body).code]
}

const readerCodes = (answer: RawAnswer): string[] =>
  JSON.parse(answer.body).errors.map(({ code }: { code: string }) => code)

describe('what is no JSON of the record profile is 400 with the code of the reader (AR-HTTP-010)', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'json.empty'],
    ['white space', ' \r\n', 'json.empty'],
    ['no JSON', 'nope', 'json.syntax'],
    ['JSON that is cut off', '{"id":"x"', 'json.syntax'],
    ['a byte order mark', '\ufeff{}', 'json.bom'],
    ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'json.utf8'],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'json.utf8'],
    ['half a surrogate pair', '{"a":"\\ud800"}', 'json.lone_surrogate'],
    ['a name twice', '{"id":"a","\\u0069d":"b"}', 'json.duplicate_name'],
    ['a number out of range', '{"a":9007199254740993}', 'json.number_range'],
    ['1e400', '{"a":1e400}', 'json.number_range'],
    ['nesting of 129', nested(129), 'json.depth'],
    ['nesting of a million', '['.repeat(1_000_000), 'json.depth'],
    ['two values', '{} {}', 'json.trailing'],
  ])('%s', async (_name, body, code) => {
    const answer = await post(body)
    expect(problemOf(answer)).toEqual([400, 'body.malformed'])
    expect(readerCodes(answer)).toEqual([code])
  })

  test.each(['null', 'true', '7', '"text"', '[]', '{}', '{"__proto__":{"id":"x"}}', nested(128)])(
    '%s is JSON and no record: 422',
    async (body) => expect(problemOf(await post(body))).toEqual([422, 'record.invalid']),
  )
})

describe('media types and encodings (AR-HTTP-011, AR-HTTP-072)', () => {
  const record = (): string => JSON.stringify(quickStart())
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/x-ndjson',
    'application/json; charset=latin1',
    'application/problem+json',
    '',
    'json',
    ';',
  ])('%s is not taken', async (type) => {
    const answer = await post(record(), { 'Content-Type': type })
    expect(problemOf(answer)).toEqual([415, 'body.media_type'])
  })
  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])('%s is taken', async (type) => expect((await post(record(), { 'Content-Type': type })).status).toBe(201))
  test.each(['br', 'deflate', 'gzip, gzip', 'zstd'])('the encoding %s is not taken', async (encoding) => {
    expect(problemOf(await post(record(), { 'Content-Encoding': encoding }))).toEqual([415, 'body.encoding'])
  })
  test('gzip is taken', async () => {
    expect((await post(gzipSync(record()), { 'Content-Encoding': 'gzip' })).status).toBe(201)
    expect((await post(record(), { 'Content-Encoding': 'identity' })).status).toBe(201)
  })
  test('what is called gzip and is none', async () => {
    const whole = gzipSync(record())
    for (const body of [record(), whole.subarray(0, 20), whole.subarray(0, -4), ''])
      expect(problemOf(await post(body, { 'Content-Encoding': 'gzip' }))).toEqual([400, 'body.malformed'])
  })
})

describe('limits (AR-HTTP-012)', () => {
  const padded = (size: number): string => {
    const record = JSON.stringify({ ...quickStart(), metadata: { padding: '' } })
    return record.replace('"padding":""', `"padding":"${'x'.repeat(size - record.length)}"`)
  }
  test('10 MiB are taken, one octet more is not', async () => {
    expect((await post(padded(10 * MB))).status).toBe(201)
    const answer = await post(padded(10 * MB + 1))
    expect(problemOf(answer)).toEqual([413, 'body.too_large'])
    expect(JSON.parse(answer.body).limit).toBe(10 * MB)
  })
  test('11 MB in chunks, without a length', async () => {
    const chunk = `${MB.toString(16)}\r\n${' '.repeat(MB)}\r\n`
    const parts = [head({ 'Transfer-Encoding': 'chunked' }), ...Array<string>(11).fill(chunk), '0\r\n\r\n']
    expect(problemOf(parseAnswer(await sendRaw(port, parts)))).toEqual([413, 'body.too_large'])
  })
  test('a gzip bomb', async () => {
    // Its end is damaged: a server that unpacks all of it would say so.
    const bomb = gzipSync(Buffer.alloc(30 * MB, 0x20))
    bomb.subarray(-8).fill(0xff)
    expect(bomb.length).toBeLessThan(MB)
    expect(problemOf(await post(bomb, { 'Content-Encoding': 'gzip' }))).toEqual([413, 'body.too_large'])
  })
  test('a body that is declared too large is refused before it is sent', async () => {
    const text = await sendRaw(port, [head({ 'Content-Length': 11 * MB, Expect: '100-continue' })])
    expect(text).not.toContain('100 Continue')
    expect(problemOf(parseAnswer(text))).toEqual([413, 'body.too_large'])
  })
  test('a client that waits is told to go on', async () => {
    const body = JSON.stringify(quickStart())
    const text = await sendRaw(port, [head({ 'Content-Length': body.length, Expect: '100-continue' }), body])
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201/)
  })
})

test('after a body that nobody read the connection goes on, unless the body never ends', async () => {
  const answering = createServer((request, response) => {
    response.on('finish', () => passRest(request, 150))
    response.end('no')
  })
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve))
  const { port: free } = answering.address() as AddressInfo
  const post = (length: number, body: string): string =>
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n${body}`
  const socket = connect(free, '127.0.0.1')
  const received: string[] = []
  socket.on('data', (chunk) => received.push(String(chunk)))
  const answers = async (count: number): Promise<void> => {
    while ((received.join('').match(/HTTP\/1\.1 200/g)?.length ?? 0) < count) await sleep(5)
  }
  socket.write(post(5, 'whole'))
  await answers(1)
  // Twice as long as the rest of a body may take.
  await sleep(300)
  socket.write(post(100, 'not whole'))
  await answers(2)
  await once(socket, 'close')
  answering.close()
})

describe('bodies that lie (AR-HTTP-003)', () => {
  const record = JSON.stringify(quickStart('liar'))
  let hasty: TestServer
  let hastyPort: number
  let hastyKey: string
  beforeAll(async () => {
    hasty = await startServer({ limits: { body_ms: 700 } })
    hastyKey = await hasty.key()
    hastyPort = (await hasty.listen()).port
  })
  afterAll(() => hasty.stop())
  const slowly = async (length: number, ...parts: readonly string[]): Promise<RawAnswer> =>
    parseAnswer(await sendRaw(hastyPort, [head({ 'Content-Length': length }).replace(key, hastyKey), ...parts]))

  test('a length that is too long, and the end', async () => {
    const answer = parseAnswer(
      await sendRaw(port, [head({ 'Content-Length': record.length + 10 }), record], { end: true }),
    )
    expect(problemOf(answer)[0]).toBe(400)
  })
  test('a length that is too long, and silence', async () => {
    const answer = await slowly(record.length + 10, record)
    expect(problemOf(answer)).toEqual([408, 'body.timeout'])
    expect(answer.headers.connection).toBe('close')
  })
  test('a length that is too short', async () => {
    const answer = parseAnswer(await sendRaw(port, [head({ 'Content-Length': 10 }) + record]))
    expect(answer.status).toBe(400)
  })
  test('a chunk that is none', async () => {
    const answer = parseAnswer(await sendRaw(port, [head({ 'Transfer-Encoding': 'chunked' }), 'zz\r\n{}\r\n0\r\n\r\n']))
    expect(problemOf(answer)).toEqual([400, 'http.malformed'])
  })
  test('octets that drip', async () => {
    const drops = Array.from({ length: 400 }, () => ' ')
    const answer = await slowly(1000, ...drops)
    expect(problemOf(answer)).toEqual([408, 'body.timeout'])
  })
  test('nothing of it was stored, and the server is well', async () => {
    for (const [{ app }, own] of [
      [server, key],
      [hasty, hastyKey],
    ] as const)
      expect((await app.inject({ url: '/api/v1/runs/liar', headers: { 'x-api-key': own } })).statusCode).toBe(404)
    expect((await post(record)).status).toBe(201)
  })
  test('a connection goes on after a body that was refused on the way', async () => {
    const chunk = `${MB.toString(16)}\r\n${' '.repeat(MB)}\r\n`
    const body = JSON.stringify(quickStart())
    const text = await sendRaw(
      port,
      [
        head({ 'Transfer-Encoding': 'chunked' }),
        ...Array<string>(12).fill(chunk),
        '0\r\n\r\n',
        head({ 'Content-Length': body.length }) + body,
      ],
      { answers: 2 },
    )
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 201'])
  })
})
