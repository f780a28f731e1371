import { protect, runHash } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { bodyOf, type Client, exampleLines, exampleRecord, meant, startClient } from './setup.ts'

const running = (members: object = {}): Record<string, unknown> => ({
  id: 'r 1/ü',
  agent_id: 'a',
  status: 'running',
  started_at: '2026-01-15T10:00:00Z',
  steps: [],
  tools_available: ['b', 'a'],
  unknown_member: { deep: [1, null, 1.5e-300, { __proto__x: 1 }] },
  task_id: null,
  cost: { input_tokens: 1, output_tokens: 2, cost_usd: 0.25, cache_read_tokens: 1 },
  provenance: { run_hash: '...' },
  ...members,
})
const path = '/runs/r%201%2F%C3%BC'

const begin = async (members: object = {}): Promise<{ client: Client; etag: string }> => {
  const client = await startClient()
  const receipt = await client.send('POST', '/runs', running(members))
  expect(receipt.status).toBe(201)
  return { client, etag: receipt.json.etag }
}

describe('a merge patch', () => {
  it('changes what it names and nothing else, and computes run_hash anew', async () => {
    const { client, etag } = await begin()
    const patch = {
      status: 'completed',
      ended_at: '2026-01-15T10:01:00Z',
      cost: { input_tokens: 9 },
      model: 'm',
      task_id: 't',
    }
    const answer = await client.send('PATCH', path, patch, { 'if-match': `"${etag}"` })
    const expected: Record<string, unknown> = {
      ...running(),
      ...patch,
      cost: { input_tokens: 9, output_tokens: 2, cost_usd: 0.25, cache_read_tokens: 1 },
    }
    expected.provenance = { run_hash: runHash(expected as never) }
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual(expected)
    const read = await client.send('GET', path)
    expect([read.text, read.headers.etag]).toEqual([answer.text, answer.headers.etag])
    const found = await client.send('GET', '/runs?status=completed&task_id=t')
    expect(found.json.runs.length).toBe(1)
    expect((await client.send('GET', '/runs?status=running')).json.runs).toEqual([])
  })

  it('removes with null', async () => {
    const { client, etag } = await begin()
    const answer = await client.send(
      'PATCH',
      path,
      { unknown_member: null, cost: { cost_usd: null } },
      { 'if-match': `"${etag}"` },
    )
    expect(answer.json).not.toHaveProperty('unknown_member')
    expect(answer.json.cost).toEqual({ input_tokens: 1, output_tokens: 2, cache_read_tokens: 1 })
  })

  it('that changes nothing leaves the ETag', async () => {
    const { client, etag } = await begin()
    const first = await client.send('PATCH', path, {}, { 'if-match': `"${etag}"` })
    expect(first.headers.etag).not.toBe(`"${etag}"`)
    const second = await client.send('PATCH', path, {}, { 'if-match': String(first.headers.etag) })
    expect([second.status, second.headers.etag]).toEqual([200, first.headers.etag])
  })

  it('takes the etag of a receipt as it is, without quotes', async () => {
    const { client, etag } = await begin()
    const first = await client.send('PATCH', path, { model: 'm2' }, { 'if-match': etag })
    expect([first.status, first.json.model]).toEqual([200, 'm2'])
    expect((await client.send('PATCH', path, { model: 'm3' }, { 'if-match': etag })).status).toBe(412)
    for (const half of [`"${etag}`, `${etag}, ${etag}`, etag.slice(0, -1), etag.toUpperCase()])
      expect((await client.send('PATCH', path, {}, { 'if-match': half })).status).toBe(412)
  })

  it('needs the ETag of the record that is meant', async () => {
    const { client, etag } = await begin()
    expect((await client.send('PATCH', path, { outcome: 'success' })).json).toMatchObject({
      status: 428,
      code: 'precondition.required',
    })
    const other = { 'if-match': `"sha256:${'0'.repeat(64)}"` }
    expect((await client.send('PATCH', path, { outcome: 'success' }, other)).json).toMatchObject({
      status: 412,
      code: 'precondition.failed',
    })
    const racing = await Promise.all(
      ['success', 'partial', 'failed'].map((outcome) =>
        client.send('PATCH', path, { outcome }, { 'if-match': `"${etag}"` }),
      ),
    )
    expect(racing.map(({ status }) => status).sort()).toEqual([200, 412, 412])
  })

  it('that means whatever is there means nothing', async () => {
    const { client, etag } = await begin()
    for (const all of ['*', ' * ']) {
      const answer = await client.send('PATCH', path, {}, { 'if-match': all })
      expect([answer.status, answer.json.code]).toEqual([428, 'precondition.required'])
    }
    expect((await client.send('GET', path)).headers.etag).toBe(`"${etag}"`)
  })

  it.each(['runs:write', 'runs:read', 'approvals:decide', 'runs:delete'] as const)(
    'tells a key with %s alone nothing: the answer would be the record (AR-HTTP-008)',
    async (scope) => {
      const { client, etag } = await begin()
      const weak = await client.as({ scopes: [scope] })
      const patches = [{}, { status: 'pending' }, { model: 'm' }]
      const answers: string[] = []
      for (const where of [path, '/runs/nobody'])
        for (const patch of patches)
          for (const ifMatch of ['*', `"${etag}"`]) {
            const { status, json, text } = await weak.send('PATCH', where, patch, { 'if-match': ifMatch })
            expect([status, json.code]).toEqual([403, 'key.scope'])
            answers.push(text)
          }
      expect(new Set(answers).size).toBe(1)
      expect((await client.send('GET', path)).headers.etag).toBe(`"${etag}"`)
    },
  )

  it('is for a key that writes and reads, and for an admin', async () => {
    for (const scopes of [['runs:write', 'runs:read'], ['admin']] as const) {
      const { client, etag } = await begin()
      const key = await client.as({ scopes })
      expect((await key.send('PATCH', path, { model: 'm' }, { 'if-match': `"${etag}"` })).json.model).toBe('m')
    }
  })

  it('brings nothing back that was erased (AR-HTTP-133)', async () => {
    const steps = [{ id: 's', type: 'tool_call', started_at: null, output_preview: 'a secret' }]
    const whole = protect(running({ steps }) as never, { random: (size: number) => new Uint8Array(size).fill(5) })
    const client = await startClient()
    await client.send('POST', '/runs', whole)
    expect((await client.send('GET', path)).text).toContain('a secret')
    expect((await client.send('DELETE', `${path}?scope=private`)).status).toBe(200)
    const ifMatch = await meant(client, path)
    const [{ salt, output_preview }] = whole.steps as unknown as [Record<string, unknown>]
    const [left] = (await client.send('GET', path)).json.steps
    for (const back of [
      whole.steps,
      [{ ...left, salt }],
      [{ ...left, output_preview }],
      [{ ...left, salt, output_preview: 'x' }],
    ]) {
      const answer = await client.send('PATCH', path, { steps: back }, ifMatch)
      expect(answer.status).toBe(409)
      expect(answer.json).toMatchObject({ code: 'record.variant', errors: [{ pointer: '/steps/0' }] })
    }
    expect((await client.send('GET', path)).text).not.toContain('a secret')
    expect((await client.send('PATCH', path, { model: 'm', steps: [left] }, ifMatch)).status).toBe(200)
  })

  it('leaves the eval to those who attach one, and takes it along as it is', async () => {
    const given = { pass: true, score: 3 }
    const { client, etag } = await begin({ eval: given })
    for (const patch of [{ eval: { run_id: 'other' } }, { eval: { score: 4 } }, { eval: null }]) {
      const answer = await client.send('PATCH', path, patch, { 'if-match': `"${etag}"` })
      expect([answer.status, answer.json.code, answer.json.errors[0].pointer]).toEqual([422, 'patch.member', '/eval'])
    }
    const same = await client.send('PATCH', path, { eval: { ...given }, model: 'm' }, { 'if-match': `"${etag}"` })
    expect([same.status, same.json.eval]).toEqual([200, given])
  })

  it.each([
    ['pending', 'running', 200],
    ['pending', 'completed', 200],
    ['paused', 'pending', 409],
    ['running', 'paused', 200],
    ['paused', 'running', 200],
    ['running', 'pending', 409],
    ['completed', 'running', 409],
    ['completed', 'failed', 409],
    ['completed', 'completed', 200],
    ['timeout', 'cancelled', 409],
  ])('takes a run from %s to %s: %s', async (from, to, status) => {
    const { client, etag } = await begin({ status: from })
    const answer = await client.send('PATCH', path, { status: to, ended_at: null }, { 'if-match': `"${etag}"` })
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer.json.code).toBe('run.transition')
    expect((await client.send('GET', path)).json.status).toBe(status === 200 ? to : from)
  })

  it.each([
    [{ id: 'other' }, 'patch.member'],
    [{ id: null }, 'patch.member'],
    [{ provenance: { record_hash: `sha256:${'0'.repeat(64)}` } }, 'patch.member'],
    [{ provenance: { signature: 'x' } }, 'patch.member'],
    [{ status: 'stopped' }, 'record.invalid'],
    [{ cost: { input_tokens: -1 } }, 'record.invalid'],
    [{ agent_id: null }, 'record.invalid'],
    [{ steps: 'none' }, 'record.invalid'],
    [{ tools_available: 7 }, 'record.invalid'],
    [{ provenance: null }, 'record.invalid'],
    [[1], 'record.invalid'],
  ])('is refused and changes nothing: %j', async (patch, code) => {
    const { client, etag } = await begin()
    const answer = await client.send('PATCH', path, patch, { 'if-match': `"${etag}"` })
    expect([answer.status, answer.json.code]).toEqual([422, code])
    expect(answer.json.errors.length).toBeGreaterThan(0)
    expect((await client.send('GET', path)).headers.etag).toBe(`"${etag}"`)
  })

  it('cannot make a record larger than one that is posted', async () => {
    const client = await startClient({ limits: { body_octets: 1000 } })
    await client.send('POST', '/runs', running())
    const patch = async (name: string) =>
      client.send('PATCH', path, { [name]: 'x'.repeat(400) }, await meant(client, path))
    expect((await patch('one')).status).toBe(200)
    expect((await patch('two')).json).toMatchObject({ status: 413, code: 'body.too_large', limit: 1000 })
  })

  it('keeps spec_version', async () => {
    const { client, etag } = await begin({ spec_version: '1.0' })
    const answer = await client.send('PATCH', path, { spec_version: null }, { 'if-match': `"${etag}"` })
    expect([answer.status, answer.json.code]).toEqual([422, 'patch.member'])
  })

  it('is refused where it is not JSON, of another type, or too large a number', async () => {
    const { client, etag } = await begin()
    const send = (body: string, type = 'application/merge-patch+json') =>
      client.send('PATCH', path, body, { 'if-match': `"${etag}"`, 'content-type': type })
    expect((await send('{')).json.code).toBe('body.malformed')
    expect((await send('{"a":9007199254740993}')).json).toMatchObject({
      status: 400,
      errors: [{ code: 'json.number_range' }],
    })
    expect((await send('{}', 'application/json')).status).toBe(415)
  })

  it('is refused of a sealed run, a journal-fed one and one that is not there', async () => {
    const client = await startClient()
    await client.send('POST', '/runs', exampleRecord())
    expect((await client.send('PATCH', '/runs/run_2300', {}, { 'if-match': '*' })).json).toMatchObject({
      status: 409,
      code: 'run.sealed',
    })
    const live = await startClient()
    await live.send('POST', '/runs/run_2300/events', bodyOf(exampleLines().slice(0, 4)))
    expect((await live.send('PATCH', '/runs/run_2300', {}, { 'if-match': '*' })).json).toMatchObject({
      status: 409,
      code: 'run.journal_fed',
    })
    expect((await live.send('PATCH', '/runs/nobody', {}, { 'if-match': '*' })).json).toMatchObject({
      status: 404,
      code: 'run.unknown',
    })
  })
})
