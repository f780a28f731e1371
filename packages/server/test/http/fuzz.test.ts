import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { seed } from '../seed.ts'
import { sendRaw } from './raw.ts'
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

const RUNS = process.env.AGENT_RUN_LONG ? 5000 : 150
vi.setConfig({ testTimeout: RUNS * 800 })

/** Whatever came back: whole answers below 500, each with the protocol header, or nothing. */
const expectSane = (text: string): void => {
  for (const head of text.match(/HTTP\/1\.1 [2-5]\d\d[\s\S]*?\r\n\r\n/g) ?? []) {
    expect(Number(head.slice(9, 12))).toBeLessThan(500)
    expect(head.toLowerCase()).toContain('x-agent-run-protocol: 1.0.0')
  }
  if (text !== '') expect(text).toMatch(/^HTTP\/1\.1 \d\d\d/)
}

const whole = (method: string, path: string, type: string, body: string): string =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`

test('requests of which some octets were changed are never answered with 5xx (AR-HTTP-003)', async () => {
  const operation = fc.constantFrom(
    ['POST', '/api/v1/runs', 'application/json'],
    ['POST', '/api/v1/runs:batch', 'application/x-ndjson'],
    ['GET', '/api/v1/runs?agent_id=a&since=2026-01-01T00:00:00Z&limit=10&tag=x', 'application/json'],
    ['GET', '/api/v1/runs/%E2%82%AC', 'application/json'],
    ['PATCH', '/api/v1/runs/fuzz', 'application/merge-patch+json'],
    ['PUT', '/api/v1/runs/fuzz/eval', 'application/json'],
    ['POST', '/api/v1/runs/fuzz/events', 'application/x-ndjson'],
    ['DELETE', '/api/v1/runs/fuzz?scope=record', 'application/json'],
  )
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(4),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc
        .constantFrom('\r\n', '\0', '%', '"', '{', '0', '\u00ff', 'e9', ': ')
        .map((text) => Buffer.from(text, 'latin1')),
    ),
  })
  await fc.assert(
    fc.asyncProperty(operation, fc.array(edit, { minLength: 1, maxLength: 4 }), async ([method, path, type], edits) => {
      let octets = Buffer.from(
        whole(method as string, path as string, type as string, JSON.stringify(quickStart('fuzz'))),
      )
      for (const { at, remove, insert } of edits) {
        const place = Math.floor(at * octets.length)
        octets = Buffer.concat([octets.subarray(0, place), insert, octets.subarray(place + remove)])
      }
      expectSane(await sendRaw(port, [octets], { end: true, wait: 1000 }))
    }),
    { numRuns: RUNS, seed },
  )
  expect((await server.app.inject('/readyz')).statusCode).toBe(200)
})

test('any JSON at all in the place of a member is never answered with 5xx', async () => {
  const members = [
    'id',
    'agent_id',
    'status',
    'started_at',
    'ended_at',
    'steps',
    'cost',
    'provenance',
    'eval',
    'tags',
    'metadata',
    'inventory',
    'approvals',
    'artifacts',
    'spec_version',
    'related',
    'policy_decisions',
    'scope',
    'error',
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...members),
      fc.json({ maxDepth: 4 }),
      fc.string({ maxLength: 20 }),
      async (member, value, id) => {
        const run = { ...quickStart(id), [member]: JSON.parse(value) }
        const answer = await server.app.inject({
          method: 'POST',
          url: '/api/v1/runs',
          headers: { 'x-api-key': key, 'content-type': 'application/json' },
          payload: JSON.stringify(run),
        })
        expect([200, 201, 400, 409, 410, 422]).toContain(answer.statusCode)
        if (answer.statusCode !== 201) return
        const read = await server.app.inject({
          url: answer.headers.location as string,
          headers: { 'x-api-key': key },
        })
        expect(read.json()).toEqual(JSON.parse(JSON.stringify(run)))
        const list = await server.app.inject({
          url: `/api/v1/runs?agent_id=${encodeURIComponent(String(run.agent_id))}&limit=1`,
          headers: { 'x-api-key': key },
        })
        expect(list.statusCode === 200 || run.agent_id === '').toBe(true)
      },
    ),
    { numRuns: RUNS * 2, seed },
  )
})

test('any query is answered with 200 or 400', async () => {
  const name = fc.oneof(
    fc.constantFrom(
      'agent_id',
      'status',
      'since',
      'until',
      'limit',
      'cursor',
      'tag',
      'side_effect',
      'target',
      'approval',
      'level',
      'artifact',
    ),
    fc.string({ maxLength: 8 }),
  )
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '',
      '0',
      '-1',
      'null',
      '2026-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999999999+23:59',
      'write',
      'write:file',
      '%00',
      '\u0000',
      "' OR 1=1",
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 4 }), fc.boolean(), async (pairs, encoded) => {
      const spell = (text: string): string =>
        encoded
          ? encodeURIComponent(text.toWellFormed?.() ?? text.replace(/[\ud800-\udfff]/g, ''))
          : text.replace(/[^\x21-\x7e]|#/g, '')
      const query = pairs.map(([left, right]) => `${spell(left)}=${spell(right)}`).join('&')
      const answer = await server.app.inject({ url: `/api/v1/runs?${query}`, headers: { 'x-api-key': key } })
      expect([200, 400]).toContain(answer.statusCode)
    }),
    { numRuns: RUNS * 2, seed },
  )
})
