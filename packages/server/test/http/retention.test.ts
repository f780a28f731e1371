import { createSigner, generateSeed } from '@agent-run/core'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { retain } from '../../src/app/retention.ts'
import { openStore } from '../../src/store/open-store.ts'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let now = Date.UTC(2026, 0, 1)
const clock = (): string => new Date(now).toISOString()
const serverKey = createSigner(generateSeed())
let server: TestServer
let headers: Record<string, string>

beforeAll(async () => {
  server = await startServer({ clock, store: await openStore('sqlite::memory:', { clock }) })
  headers = { 'x-api-key': await server.key(), 'content-type': 'application/json' }
})
afterAll(() => server.stop())

const post = async (id: string): Promise<number> =>
  (await server.app.inject({ method: 'POST', url: '/api/v1/runs', headers, payload: JSON.stringify(quickStart(id)) }))
    .statusCode
const status = async (id: string): Promise<number> =>
  (await server.app.inject({ url: `/api/v1/runs/${id}`, headers })).statusCode
const round = (retainDays: number | undefined, signal = new AbortController().signal): Promise<void> =>
  retain(
    { store: server.store, log: pino({ enabled: false }), clock, serverKey, retainDays, retainEventsDays: 7 },
    signal,
  )

test('runs are kept for ever unless told otherwise, then so many days from their reception', async () => {
  for (let index = 0; index < 230; index++) expect(await post(`old-${index}`)).toBe(201)
  now += 20 * 86_400_000
  expect(await post('new')).toBe(201)
  now += 11 * 86_400_000
  await round(undefined)
  expect([await status('old-0'), await status('new')]).toEqual([200, 200])
  await round(30)
  const statuses = new Set<number>()
  for (let index = 0; index < 230; index++) statuses.add(await status(`old-${index}`))
  expect([...statuses]).toEqual([410])
  expect(await status('new')).toBe(200)
})

test('what was erased has a signed tombstone and is never stored again', async () => {
  const erased = await server.store.readRun('a', 'old-7')
  expect(erased?.state).toBe('erased')
  const tombstone = JSON.parse(Buffer.from((erased as { tombstone: Uint8Array }).tombstone).toString())
  expect(tombstone).toMatchObject({ kind: 'tombstone', signed_by: serverKey.did, body: { reason: 'retention' } })
  expect(await post('old-7')).toBe(410)
})

test('events are forgotten after their own time', async () => {
  expect(await server.store.readEvents('a', 0, 10)).toEqual([])
  expect(await post('newest')).toBe(201)
  await round(undefined)
  const kept = await server.store.readEvents('a', 0, 10)
  expect(kept.map(({ runId, type }) => `${runId} ${type}`)).toEqual(['newest run.created', 'newest run.completed'])
})

test('a server that stops does not wait for the end of a round', async () => {
  now += 100 * 86_400_000
  const stopping = new AbortController()
  stopping.abort()
  await round(30, stopping.signal)
  expect(await status('new')).toBe(200)
})
