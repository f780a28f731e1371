import { createSigner, generateSeed, runHash, sealRun, verify } from '@agent-run/core'
import type { AgentRun, RunReceipt } from '@agent-run/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
let headers: Record<string, string>
const serverKey = createSigner(generateSeed())
let time = Date.UTC(2026, 0, 1)

beforeAll(async () => {
  const clock = (): string => {
    time += 1000
    return new Date(time).toISOString()
  }
  server = await startServer({ serverKey, clock })
  headers = { 'x-api-key': await server.key(), 'content-type': 'application/json' }
})
afterAll(() => server.stop())

const post = (run: object | string, extra: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/runs',
    headers: { ...headers, ...extra },
    payload: typeof run === 'string' ? run : JSON.stringify(run),
  })
const read = (id: string, extra: Record<string, string> = {}) =>
  server.app.inject({ url: `/api/v1/runs/${encodeURIComponent(id)}`, headers: { ...headers, ...extra } })

const sealed = (id: string, more: object = {}): Promise<AgentRun> =>
  sealRun(
    {
      ...quickStart(id),
      spec_version: '1.0',
      ended_at: '2026-01-15T10:00:02Z',
      provenance: { run_hash: runHash({ agent_id: 'my-agent' }) },
      ...more,
    } as unknown as AgentRun,
    {
      signer: createSigner(generateSeed()),
      at: '2026-01-15T10:00:03Z',
    },
  )

describe('POST of a record', () => {
  test('the founding quick-start object is taken as it is (AR-HTTP-020, AR-HTTP-023)', async () => {
    const run = quickStart()
    const answer = await post(run)
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toEqual({
      id: run.id,
      run_hash: '...',
      document_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      etag: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      received_at: expect.stringMatching(/^2\d{3}-\d\d-\d\dT/),
      ...(answer.json().findings ? { findings: expect.any(Array) } : {}),
    })
    expect(answer.headers.etag).toBe(`"${answer.json().etag}"`)
    expect((await read(run.id as string)).json()).toEqual(run)
  })

  test('unknown members, nulls, absences, __proto__ and the order of arrays stay (AR-HTTP-029)', async () => {
    const text = `{"id":"exact","agent_id":"a","status":"completed","started_at":null,"ended_at":null,"steps":[],"x_vendor":{"b":[3,1,{"z":null}],"":0},
      "cost":{"input_tokens":0,"output_tokens":0,"cost_usd":0,"unknown_cost":1e-7},"provenance":{"run_hash":"7.0"},"metadata":{"__proto__":{"a":1},"constructor":null,"\\u0000":"\\u0000","n":-0,"big":"9007199254740993"}}`
    expect((await post(text)).statusCode).toBe(201)
    const answer = await read('exact')
    expect(JSON.parse(answer.body, (_, value) => value)).toEqual(JSON.parse(text.replace('"n":-0', '"n":0')))
    expect(answer.body).toContain('"__proto__":{"a":1}')
    expect(answer.body).not.toContain('ended_at":0')
  })

  test.each<[string, object, string]>([
    ['a status that is none', { status: 'done' }, '/status'],
    ['a negative cost', { cost: { input_tokens: -1, output_tokens: 0, cost_usd: 0 } }, '/cost/input_tokens'],
    ['a cost as text', { cost: { input_tokens: '1', output_tokens: 0, cost_usd: 0 } }, '/cost/input_tokens'],
    ['an agent_id as a list', { agent_id: ['a', 'X'] }, '/agent_id'],
    ['a numeric id', { id: 7 }, '/id'],
    ['steps that are no list', { steps: {} }, '/steps'],
    ['an impossible month', { started_at: '2026-13-01T00:00:00Z' }, '/started_at'],
    ['a score of 9000', { eval: { pass: true, score: 9000 } }, '/eval/score'],
    ['pass as text', { eval: { pass: 'false', score: 1 } }, '/eval/pass'],
  ])('%s is refused with its place (AR-HTTP-021)', async (_name, change, pointer) => {
    const run = { ...quickStart(), ...change }
    const answer = await post(run)
    expect(answer.statusCode).toBe(422)
    const { code, errors } = answer.json()
    expect(code).toBe('record.invalid')
    expect(errors).toContainEqual(
      expect.objectContaining({
        pointer,
        code: expect.any(String),
        message: expect.any(String),
        requirement: expect.any(String),
      }),
    )
    if (typeof run.id === 'string') expect((await read(run.id)).statusCode).toBe(404)
  })

  test('warnings never refuse, and the receipt says them (AR-HTTP-022)', async () => {
    const answer = await post({
      ...quickStart(),
      spec_version: '1.0',
      status: 'running',
      ended_at: '2026-01-15T10:00:02Z',
    })
    expect(answer.statusCode).toBe(201)
    expect(answer.json().findings.every(({ severity }: { severity: string }) => severity === 'warning')).toBe(true)
    expect(answer.json().findings.length).toBeGreaterThan(0)
  })

  test('a wrong run_hash is stored as it is (AR-HTTP-027)', async () => {
    const run = { ...quickStart(), provenance: { run_hash: 'f'.repeat(64) } }
    expect((await post(run)).json()).toMatchObject({ run_hash: 'f'.repeat(64) })
    expect((await read(run.id as string)).json()).toEqual(run)
  })

  test('an id that no path can hold is refused (AR-HTTP-015)', async () => {
    for (const id of ['', '.', '..', 'a\u0000', 'a\nb', 'x'.repeat(257)]) {
      const answer = await post(quickStart(id))
      expect([answer.statusCode, id === '' || answer.json().code === 'run.id']).toEqual([422, true])
    }
  })

  test('parameters that are none are named (AR-HTTP-043)', async () => {
    const answer = await server.app.inject({ method: 'POST', url: '/api/v1/runs?dry_run=1', headers, payload: '{}' })
    expect([answer.statusCode, answer.json().errors[0].parameter]).toEqual([400, 'dry_run'])
  })
})

describe('the same and not the same', () => {
  test('the same record again, spelt otherwise: the same receipt (AR-HTTP-024)', async () => {
    const run = quickStart()
    const first = await post(run)
    const again = await post(`  ${JSON.stringify(Object.fromEntries(Object.entries(run).reverse()), null, 2)}`)
    expect([first.statusCode, again.statusCode]).toEqual([201, 200])
    expect(again.json()).toEqual(first.json())
  })

  test('another record under a stored id (AR-HTTP-026)', async () => {
    const run = quickStart()
    await post(run)
    for (const other of [
      { ...run, outcome: 'success' },
      { ...run, ended_at: null },
      { ...run, steps: [{ id: 's', type: 'other', started_at: null }] },
    ])
      expect((await post(other)).json()).toMatchObject({ status: 409, code: 'run.exists' })
    expect((await read(run.id as string)).json()).toEqual(run)
  })

  test('a stored record_hash with other members (AR-HTTP-025)', async () => {
    const run = await sealed('sealed-1')
    const first = await post(run)
    expect(first.json()).toMatchObject({ record_hash: run.provenance.record_hash })
    expect((await post(run)).json()).toEqual(first.json())
    expect((await post({ ...run, agent_name: 'altered' })).json()).toMatchObject({
      status: 409,
      code: 'record.variant',
    })
  })

  test('the eval aside: it is not attached by sending the record again, and the receipt says so', async () => {
    const run = quickStart()
    const first = (await post(run)).json()
    const again = await post({ ...run, eval: { pass: true, score: 50 } })
    expect(again.statusCode).toBe(200)
    const { findings = [], ...rest } = again.json() as RunReceipt
    expect(findings.map(({ code }) => code)).toContain('eval.not_attached')
    expect(rest).toEqual({ ...first, findings: undefined })
    expect((await read(run.id as string)).json()).toEqual(run)
  })

  test('sealed records are countersigned by a server with a key, the same each time', async () => {
    const run = await sealed('sealed-2')
    const { received } = (await post(run)).json() as RunReceipt
    expect(received).toMatchObject({
      kind: 'countersignature',
      about: run.provenance.record_hash,
      signed_by: serverKey.did,
    })
    expect(((await post(run)).json() as RunReceipt).received).toEqual(received)
    const trust = {
      agent_run_trust: '1.0' as const,
      keys: [{ key: serverKey.did, identity: 'server', roles: ['server' as const] }],
    }
    expect(verify(run, { trust, statements: [received as NonNullable<typeof received>] }).time).toMatchObject({
      basis: 'vouched',
    })
    expect((await post(quickStart())).json()).not.toHaveProperty('received')
  })
})

describe('Idempotency-Key (AR-HTTP-028)', () => {
  test('the same request is answered as the first time', async () => {
    const run = quickStart()
    const first = await post(run, { 'idempotency-key': 'k-1' })
    const again = await post(run, { 'idempotency-key': 'k-1' })
    expect([again.statusCode, again.json()]).toEqual([201, first.json()])
    // A key that comes first with a record that is stored already: 200 then, and 200 when it is said again.
    expect((await post(run, { 'idempotency-key': 'k-3' })).statusCode).toBe(200)
    expect((await post(run, { 'idempotency-key': 'k-3' })).statusCode).toBe(200)
  })
  test('another request with the key is refused, and not stored', async () => {
    await post(quickStart(), { 'idempotency-key': 'k-2' })
    const other = quickStart()
    expect((await post(other, { 'idempotency-key': 'k-2' })).json()).toMatchObject({
      status: 422,
      code: 'idempotency.reused',
    })
    expect((await read(other.id as string)).statusCode).toBe(404)
  })
  test('a key of another form is refused', async () => {
    for (const key of ['x'.repeat(256), 'ä'])
      expect((await post(quickStart(), { 'idempotency-key': key })).json()).toMatchObject({
        status: 400,
        code: 'idempotency.key',
      })
  })
})

describe('GET of a run', () => {
  test('ETag is the digest of the octets, If-None-Match is honoured (AR-HTTP-031)', async () => {
    const run = quickStart()
    await post(run)
    const answer = await read(run.id as string)
    const { createHash } = await import('node:crypto')
    const etag = `"sha256:${createHash('sha256').update(answer.rawPayload).digest('hex')}"`
    expect(answer.headers.etag).toBe(etag)
    for (const known of [etag, `"x", ${etag}`, `W/${etag}`, '*']) {
      const unchanged = await read(run.id as string, { 'if-none-match': known })
      expect([unchanged.statusCode, unchanged.body, unchanged.headers.etag]).toEqual([304, '', etag])
    }
    expect((await read(run.id as string, { 'if-none-match': '"x"' })).statusCode).toBe(200)
  })
  test('an unknown id is 404 (AR-HTTP-030)', async () => {
    expect((await read('nowhere')).json()).toMatchObject({ status: 404, code: 'run.unknown' })
  })
})
