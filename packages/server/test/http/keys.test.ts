import { randomFillSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyText, hashOfKey, matchesHash, prefixOf } from '../../src/app/key-text.ts'
import type { Scope } from '../../src/store/store.ts'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
const random = (size: number): Uint8Array => randomFillSync(new Uint8Array(size))

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const get = (headers: Record<string, string>, url = '/api/v1/runs') => server.app.inject({ url, headers })

test('a key is accepted in X-API-Key and as a bearer token (AR-HTTP-009)', async () => {
  const key = await server.key()
  expect((await get({ 'x-api-key': key })).statusCode).toBe(200)
  expect((await get({ authorization: `Bearer ${key}` })).statusCode).toBe(200)
  expect((await get({ authorization: `bearer ${key}`, 'x-api-key': key })).statusCode).toBe(200)
})

test('every refusal of a key looks the same (AR-HTTP-007)', async () => {
  const key = await server.key()
  const other = await server.key()
  const expired = await server.key({ expiresAt: '2020-01-01T00:00:00.000Z' })
  const revoked = await server.key()
  await server.store.keys.revoke(prefixOf(revoked) as string, new Date().toISOString())
  const altered = key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a')
  const swapped = `${prefixOf(key)}${other.slice((prefixOf(other) as string).length)}`
  const refused = [
    {},
    { 'x-api-key': '' },
    { 'x-api-key': 'nonsense' },
    { 'x-api-key': `${key} `.slice(0, -2) },
    { 'x-api-key': createKeyText(random) },
    { 'x-api-key': altered },
    { 'x-api-key': swapped },
    { 'x-api-key': expired },
    { 'x-api-key': revoked },
    { 'x-api-key': key, authorization: `Bearer ${other}` },
    { 'x-api-key': key, authorization: 'Basic eDp5' },
    { authorization: 'Bearer' },
    { authorization: `Basic ${key}` },
    { authorization: `Bearer ${key} ${key}` },
  ] as Record<string, string>[]
  const answers = []
  for (const headers of refused) answers.push(await get(headers))
  const shape = (answer: (typeof answers)[0]) => {
    const { date: _, ...headers } = answer.headers
    return { status: answer.statusCode, body: answer.body, headers }
  }
  const shapes = new Set(answers.map((answer) => JSON.stringify(shape(answer))))
  expect([...shapes]).toHaveLength(1)
  expect(answers[0]).toMatchObject({ statusCode: 401 })
  expect(answers[0]?.json()).toMatchObject({ code: 'key.refused' })
  expect(answers[0]?.headers['www-authenticate']).toBe('Bearer realm="agent-run"')
})

test('a scope that is missing is 403 in one shape, whether or not the run exists (AR-HTTP-008)', async () => {
  const writer = await server.key({ scopes: ['runs:write'] })
  const payload = JSON.stringify(quickStart('there'))
  const headers = { 'x-api-key': writer, 'content-type': 'application/json' }
  expect((await server.app.inject({ method: 'POST', url: '/api/v1/runs', headers, payload })).statusCode).toBe(201)
  const there = await get({ 'x-api-key': writer }, '/api/v1/runs/there')
  const nowhere = await get({ 'x-api-key': writer }, '/api/v1/runs/nowhere')
  expect(there.statusCode).toBe(403)
  expect(there.json()).toMatchObject({ code: 'key.scope' })
  expect(nowhere.body).toBe(there.body)
})

test.each<[Scope, number, number]>([
  ['runs:write', 403, 415],
  ['runs:read', 200, 403],
  ['approvals:decide', 403, 403],
  ['runs:delete', 403, 403],
  ['admin', 200, 415],
])('the scope %s', async (scope, read, write) => {
  const headers = { 'x-api-key': await server.key({ scopes: [scope] }) }
  expect((await get(headers)).statusCode).toBe(read)
  expect((await server.app.inject({ method: 'POST', url: '/api/v1/runs', headers })).statusCode).toBe(write)
})

test('what a write-only key learns of an id that is taken is that it is taken', async () => {
  const headers = { 'x-api-key': await server.key({ scopes: ['runs:write'] }), 'content-type': 'application/json' }
  const post = (run: object) =>
    server.app.inject({ method: 'POST', url: '/api/v1/runs', headers, payload: JSON.stringify(run) })
  await post({ ...quickStart('taken'), task_id: 'planted-secret' })
  const answer = await post({ ...quickStart('taken'), agent_id: 'somebody-else' })
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toEqual({
    type: 'https://w3id.org/agent-run/v1/errors#run.exists',
    title: expect.any(String),
    status: 409,
    code: 'run.exists',
    detail: expect.any(String),
  })
  expect(answer.body).not.toContain('planted-secret')
})

test('runs, and cursors, of another tenant are as those that do not exist (AR-HTTP-014)', async () => {
  const [a, b] = [await server.key({ tenant: 'one' }), await server.key({ tenant: 'two' })]
  const post = (key: string, run: object) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/runs',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      payload: JSON.stringify(run),
    })
  for (const id of ['x', 'y', 'z']) expect((await post(a, quickStart(id))).statusCode).toBe(201)
  const foreign = await get({ 'x-api-key': b }, '/api/v1/runs/x')
  const unknown = await get({ 'x-api-key': b }, '/api/v1/runs/unknown')
  expect([foreign.statusCode, foreign.body]).toEqual([404, unknown.body])
  expect((await get({ 'x-api-key': b })).json()).toEqual({ runs: [] })
  const { next } = (await get({ 'x-api-key': a }, '/api/v1/runs?limit=1')).json()
  const stolen = await get({ 'x-api-key': b }, `/api/v1/runs?limit=1&cursor=${next}`)
  const invented = await get({ 'x-api-key': b }, '/api/v1/runs?limit=1&cursor=abc')
  expect([stolen.statusCode, stolen.body]).toEqual([400, invented.body])
  // The same id is free for the other tenant.
  expect((await post(b, { ...quickStart('x'), agent_id: 'other' })).statusCode).toBe(201)
  expect((await get({ 'x-api-key': a }, '/api/v1/runs/x')).json()).toEqual(quickStart('x'))
})

test('a revoked key is refused soon, also where it was used just before', async () => {
  const key = await server.key()
  expect((await get({ 'x-api-key': key })).statusCode).toBe(200)
  await server.store.keys.revoke(prefixOf(key) as string, new Date().toISOString())
  while ((await get({ 'x-api-key': key })).statusCode !== 401) await sleep(50)
})

test('a key has a form, a visible part and a hash', () => {
  const keys = Array.from({ length: 200 }, () => createKeyText(random))
  expect(new Set(keys).size).toBe(200)
  for (const key of keys) {
    expect(key).toMatch(/^ark_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}$/)
    expect(key.startsWith(`${prefixOf(key)}_`)).toBe(true)
    expect(matchesHash(key, hashOfKey(key))).toBe(true)
  }
  expect(matchesHash(keys[0] as string, hashOfKey(keys[1] as string))).toBe(false)
  expect(prefixOf('ark_short_x')).toBeUndefined()
})

test('who asks too often is told when to come back (AR-HTTP-013)', async () => {
  const limited = await startServer({ rate: { requests: 5, seconds: 60 } })
  try {
    const [first, second] = [await limited.key(), await limited.key()]
    const ask = (key: string) => limited.app.inject({ url: '/api/v1/runs', headers: { 'x-api-key': key } })
    const statuses = []
    for (let count = 0; count < 7; count++) statuses.push((await ask(first)).statusCode)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
    const refused = await ask(first)
    expect(refused.json()).toMatchObject({ code: 'rate.limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.headers['x-agent-run-protocol']).toBe('1.0.0')
    // Others are not meant, nor is the question whether the server lives.
    expect((await ask(second)).statusCode).toBe(200)
    for (let count = 0; count < 9; count++) expect((await limited.app.inject('/healthz')).statusCode).toBe(200)
    // Guessing keys is counted by address.
    const guesses = []
    for (let count = 0; count < 7; count++) guesses.push((await ask(createKeyText(random))).statusCode)
    expect(guesses).toEqual([401, 401, 401, 401, 401, 429, 429])
  } finally {
    await limited.stop()
  }
})
