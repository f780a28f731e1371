import { AgentRunError } from '@agent-run/core'
import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
afterEach(() => server.stop())

/** A store of which some methods fail or hang. */
const faulty = async (faults: Partial<Store>): Promise<Store> => {
  const store = await openStore('sqlite::memory:')
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(faults, name) ?? Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
const fails = (error: Error) => (): Promise<never> => Promise.reject(error)

test('the log has a line for every answer, and nothing that anybody sent', async () => {
  const lines: string[] = []
  server = await startServer({ log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) })
  const key = await server.key({ tenant: 'team' })
  const secret = 'planted-secret'
  const headers = {
    'x-api-key': key,
    'content-type': 'application/json',
    'idempotency-key': `${secret}-key`,
    cookie: secret,
  }
  const ask = (method: 'GET' | 'POST', url: string, payload?: string, more: Record<string, string> = {}) =>
    server.app.inject({ method, url, headers: { ...headers, ...more }, ...(payload === undefined ? {} : { payload }) })
  const run = { ...quickStart(`${secret}-id`), agent_id: secret, intent: secret }
  await ask('POST', '/api/v1/runs', JSON.stringify(run))
  await ask('POST', '/api/v1/runs', `{"${secret}": nope`)
  await ask('POST', '/api/v1/runs', JSON.stringify({ ...run, status: secret }))
  await ask('POST', '/api/v1/runs:batch', JSON.stringify({ ...run, agent_id: 'x' }), {
    'content-type': 'application/x-ndjson',
  })
  await ask('GET', `/api/v1/runs/${secret}-id`)
  await ask('GET', `/api/v1/runs?agent_id=${secret}&${secret}=1`)
  await ask('GET', `/${secret}?${secret}`)
  await ask('GET', `/api/v1/runs/%zz${secret}`)
  await ask('GET', '/api/v1/runs', undefined, { 'x-api-key': `${key.slice(0, -1)}!` })
  const text = lines.join('')
  expect(text).not.toContain(secret)
  expect(text).not.toContain(key)
  expect(text).not.toContain(key.slice(13))
  const answered = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered')
  expect(answered.map(({ status }) => status)).toEqual([201, 400, 422, 200, 200, 400, 404, 400, 401])
  expect(answered[0]).toMatchObject({
    method: 'POST',
    route: '/api/v1/runs',
    tenant: 'team',
    key: key.slice(0, 12),
    ms: expect.any(Number),
    request: expect.any(String),
  })
  expect(answered[4].route).toBe('/api/v1/runs/:id')
})

test('a fault of the server is 500, and the log says where but not with what', async () => {
  const lines: string[] = []
  const store = await faulty({ readRun: fails(new TypeError('key (planted-secret) exists')) })
  server = await startServer({ store, log: pino({}, { write: (line: string) => void lines.push(line) }) })
  const answer = await server.app.inject({ url: '/api/v1/runs/x', headers: { 'x-api-key': await server.key() } })
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'server.fault'])
  expect(answer.body + lines.join('')).not.toContain('planted-secret')
  expect(lines.join('')).toMatch(/TypeError.*observe\.test/)
})

describe('a store that fails (AR-HTTP-141)', () => {
  test.each([
    ['store.full', 507, 'store.full'],
    ['store.unavailable', 503, 'store.unavailable'],
    ['store.busy', 503, 'store.unavailable'],
    ['store.read_only', 503, 'store.unavailable'],
    ['store.corrupt', 503, 'store.unavailable'],
  ])('%s', async (fault, status, code) => {
    server = await startServer({ store: await faulty({ insertRuns: fails(new AgentRunError(fault, 'planted')) }) })
    const headers = { 'x-api-key': await server.key(), 'content-type': 'application/json' }
    const post = (url: string, type: string) =>
      server.app.inject({
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': type },
        payload: JSON.stringify(quickStart()),
      })
    const answer = await post('/api/v1/runs', 'application/json')
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    const batch = await post('/api/v1/runs:batch', 'application/x-ndjson')
    expect(JSON.parse(batch.body)).toMatchObject({ line: 1, status, problem: { code } })
  })
})

describe('health (AR-HTTP-140)', () => {
  test('alive and ready, without a key', async () => {
    server = await startServer()
    for (const url of ['/healthz', '/readyz']) {
      const answer = await server.app.inject(url)
      expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }])
    }
  })
  test('not ready while the store cannot write, and ready when it can again', async () => {
    let isBroken = true
    server = await startServer({
      store: await faulty({
        probe: async () => {
          if (isBroken) throw new AgentRunError('store.full', 'no space')
        },
      }),
    })
    const answer = await server.app.inject('/readyz')
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'server.not_ready'])
    expect((await server.app.inject('/healthz')).statusCode).toBe(200)
    isBroken = false
    expect((await server.app.inject('/readyz')).statusCode).toBe(200)
  })
  test('not ready where the store does not answer', async () => {
    server = await startServer({ store: await faulty({ probe: () => new Promise(() => {}) }) })
    expect((await server.app.inject('/readyz')).statusCode).toBe(503)
  })
  test('many questions are one probe', async () => {
    let probes = 0
    server = await startServer({
      store: await faulty({
        probe: async () => {
          probes += 1
        },
      }),
    })
    // No time passes: after some, it would be asked again.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      await Promise.all(Array.from({ length: 50 }, () => server.app.inject('/readyz')))
    } finally {
      vi.useRealTimers()
    }
    expect(probes).toBe(1)
  })
})

describe('metrics', () => {
  test('count answers by route, name nobody', async () => {
    server = await startServer()
    const headers = { 'x-api-key': await server.key({ tenant: 'planted-tenant' }), 'content-type': 'application/json' }
    await server.app.inject({
      method: 'POST',
      url: '/api/v1/runs',
      headers,
      payload: JSON.stringify(quickStart('planted-id')),
    })
    await server.app.inject({ url: '/api/v1/runs/planted-id', headers })
    const { body, headers: answered } = await server.app.inject('/metrics')
    expect(answered['content-type']).toMatch(/^text\/plain/)
    expect(body).toMatch(
      /agent_run_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/runs\/:id",status="200"\} 1/,
    )
    expect(body).toContain('agent_run_runs_received_total{outcome="created"} 1')
    expect(body).not.toContain('planted')
  })
  test('only for this machine, or for an admin', async () => {
    server = await startServer()
    const from = async (remoteAddress: string, headers: Record<string, string> = {}) =>
      (await server.app.inject({ url: '/metrics', remoteAddress, headers })).statusCode
    const [reader, admin] = [await server.key(), await server.key({ scopes: ['admin'] })]
    expect(await from('127.0.0.1')).toBe(200)
    expect(await from('192.0.2.7')).toBe(401)
    expect(await from('192.0.2.7', { 'x-api-key': reader })).toBe(403)
    expect(await from('192.0.2.7', { 'x-api-key': admin })).toBe(200)
    // A proxy on this machine speaks for somebody else.
    for (const name of ['x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'via', 'x-real-ip'])
      expect([name, await from('127.0.0.1', { [name]: '127.0.0.1' })]).toEqual([name, 401])
    expect(await from('127.0.0.1', { via: '1.1 x', 'x-api-key': admin })).toBe(200)
  })
  test.each(['loopback', '10.0.0.0/8'])('not through a proxy, also if %s is trusted', async (trustProxy) => {
    server = await startServer({ trustProxy })
    const from = async (remoteAddress: string, headers: Record<string, string> = {}) =>
      (await server.app.inject({ url: '/metrics', remoteAddress, headers })).statusCode
    expect(await from('127.0.0.1')).toBe(200)
    for (const address of ['127.0.0.1', '10.1.2.3']) {
      expect(await from(address, { 'x-forwarded-for': '192.0.2.7' })).toBe(401)
      expect(await from(address, { 'x-forwarded-for': '127.0.0.1' })).toBe(401)
      expect(await from(address, { forwarded: 'for=192.0.2.7' })).toBe(401)
    }
    expect(await from('10.1.2.3')).toBe(401)
  })
})
