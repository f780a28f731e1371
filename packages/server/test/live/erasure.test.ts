import { canonicalize, privateHash, privateStates, protect, sealRun, verify } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { quickStart } from '../http/start-app.ts'
import { bodyOf, exampleLines, exampleRecord, recordRun, serverKey, signer, startClient } from './setup.ts'

const trust = {
  agent_run_trust: '1.0',
  keys: [{ key: serverKey.did, identity: 'server.example', roles: ['server'] }],
} as never

describe('erasure of what is private', () => {
  it('leaves every seal valid, a signed tombstone, and none of the private octets', async () => {
    const client = await startClient({ trust })
    const { record, lines } = await recordRun()
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
    const answer = await client.send('DELETE', `/runs/${record.id}?scope=private`)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      run_id: record.id,
      scope: 'private',
      tombstone: { kind: 'tombstone', about: record.provenance.record_hash, signed_by: serverKey.did },
    })
    const read = await client.send('GET', `/runs/${record.id}`)
    expect(read.headers.etag).toBe(`"${answer.json.etag}"`)
    expect(new Set(privateStates(read.json).map(({ state }) => state))).toEqual(new Set(['erased']))
    expect(read.text).not.toContain('Write the notes')
    const events = await client.send('GET', `/runs/${record.id}/events`)
    expect(events.text).toBe(bodyOf(lines.filter((line) => !line.startsWith('{"private"'))))
    const verdict = (await client.send('GET', `/runs/${record.id}/verify`)).json
    expect(verdict.checks.filter(({ result }: { result: string }) => result === 'fail')).toEqual([])
    const results = Object.fromEntries(
      verdict.checks.map(({ check, result }: Record<string, string>) => [check, result]),
    )
    expect(results).toMatchObject({
      record: 'pass',
      steps: 'pass',
      signature: 'pass',
      journal: 'pass',
      erasures: 'pass',
    })
    expect(
      verify(read.text, { statements: [answer.json.tombstone], trust }).checks.find(({ check }) => check === 'erasures')
        ?.result,
    ).toBe('pass')
    expect(
      (await client.send('GET', `/runs/${record.id}/provenance`)).json.statements.map(
        ({ kind }: { kind: string }) => kind,
      ),
    ).toEqual(['countersignature', 'tombstone'])
  })

  it('names all that was erased, former hashes included, and takes targets out of the index', async () => {
    const client = await startClient()
    const { record, lines } = await recordRun()
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
    expect((await client.send('GET', '/runs?target=notes.md')).json.runs.length).toBe(1)
    const { tombstone } = (await client.send('DELETE', `/runs/${record.id}?scope=private`)).json
    const privates = lines.filter((line) => line.startsWith('{"private"')).map((line) => JSON.parse(line).private)
    expect(new Set(tombstone.body.private_hashes)).toEqual(new Set(privates))
    expect((await client.send('GET', '/runs?target=notes.md')).json.runs).toEqual([])
    expect((await client.send('GET', '/runs?side_effect=write')).json.runs.length).toBe(1)
  })

  it('once is enough', async () => {
    const client = await startClient()
    const { record, lines } = await recordRun()
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
    const once = await client.send('DELETE', `/runs/${record.id}?scope=private`)
    const again = await client.send('DELETE', `/runs/${record.id}?scope=private`)
    expect([again.status, again.json]).toEqual([200, once.json])
  })

  it('what was erased is never stored again', async () => {
    const client = await startClient()
    const { record, lines } = await recordRun()
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
    await client.send('DELETE', `/runs/${record.id}?scope=private`)
    expect((await client.send('POST', '/runs', record)).json).toMatchObject({ status: 409, code: 'record.variant' })
    const erased = await client.send('GET', `/runs/${record.id}/events`)
    expect((await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))).json).toMatchObject({
      status: 409,
      code: 'run.sealed',
    })
    expect((await client.send('GET', `/runs/${record.id}/events`)).text).toBe(erased.text)
    expect(
      (await client.send('POST', '/runs', JSON.parse((await client.send('GET', `/runs/${record.id}`)).text))).status,
    ).toBe(200)
  })

  it('erases an unsealed record as well, by its document_hash', async () => {
    const client = await startClient()
    const salted = {
      id: 'u',
      agent_id: 'a',
      spec_version: '1.0',
      status: 'completed',
      started_at: null,
      ended_at: null,
      steps: [],
      input_preview: 'secret words',
      salt: 'a'.repeat(64),
      cost: { input_tokens: null, output_tokens: null },
      provenance: { run_hash: '0'.repeat(64) },
    }
    const posted = await client.send('POST', '/runs', { ...salted, private_hash: privateHash('run', salted) })
    expect(posted.status).toBe(201)
    const answer = await client.send('DELETE', '/runs/u?scope=private')
    expect(answer.json.tombstone.about).toBe(posted.json.document_hash)
    const read = await client.send('GET', '/runs/u')
    expect(read.text).not.toContain('secret words')
    expect(read.json.private_hash).toBe(privateHash('run', salted))
  })

  it('needs a server key, and something private', async () => {
    const client = await startClient({ serverKey: undefined as never })
    const { record, lines } = await recordRun()
    await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
    expect((await client.send('DELETE', `/runs/${record.id}?scope=private`)).json).toMatchObject({
      status: 409,
      code: 'erasure.no_key',
    })
    const second = await startClient()
    await second.send('POST', '/runs', quickStart('q'))
    expect((await second.send('DELETE', '/runs/q?scope=private')).json).toMatchObject({
      status: 409,
      code: 'erasure.nothing_private',
    })
    await second.send('POST', '/runs/run_2300/events', bodyOf(exampleLines().slice(0, 4)))
    expect((await second.send('DELETE', '/runs/run_2300?scope=private')).json).toMatchObject({
      status: 409,
      code: 'run.journal_fed',
    })
  })

  it('keeps the eval', async () => {
    const client = await startClient()
    const run = protect({
      ...quickStart('q'),
      spec_version: '1.0',
      ended_at: null,
      input_preview: 'secret words',
      provenance: { run_hash: '0'.repeat(64) },
    } as never) as AgentRun
    const record = await sealRun(run, { signer: signer(), at: '2026-01-15T10:00:00Z' })
    expect((await client.send('POST', '/runs', record)).status).toBe(201)
    await client.send('PUT', '/runs/q/eval', { pass: true, score: 3 })
    expect((await client.send('DELETE', '/runs/q?scope=private')).status).toBe(200)
    expect((await client.send('GET', '/runs/q')).json.eval).toEqual({ pass: true, score: 3 })
    expect((await client.send('GET', '/runs/q/evals')).json.evals).toEqual([{ pass: true, score: 3 }])
  })
})

describe('erasure of a record', () => {
  it('answers 410 from then on, whatever is asked', async () => {
    const client = await startClient()
    const record = exampleRecord()
    await client.send('POST', '/runs', record)
    const answer = await client.send('DELETE', '/runs/run_2300?scope=record')
    expect(answer.json).toMatchObject({
      run_id: 'run_2300',
      scope: 'record',
      tombstone: { kind: 'tombstone', about: record.provenance.record_hash },
    })
    const asked: readonly (readonly [string, string, unknown?])[] = [
      ['GET', '/runs/run_2300'],
      ['GET', '/runs/run_2300/events'],
      ['GET', '/runs/run_2300/steps'],
      ['GET', '/runs/run_2300/verify'],
      ['GET', '/runs/run_2300/proof?step=s-1'],
      ['GET', '/runs/run_2300/provenance'],
      ['GET', '/runs/run_2300/evals'],
      ['GET', '/runs/run_2300/diff?against=last_good'],
      ['DELETE', '/runs/run_2300?scope=record'],
      ['DELETE', '/runs/run_2300?scope=private'],
      ['PATCH', '/runs/run_2300', {}],
      ['PUT', '/runs/run_2300/eval', { pass: true, score: 1 }],
      ['POST', '/runs/run_2300/events', bodyOf(exampleLines())],
      ['POST', '/runs', record],
      ['POST', '/runs', quickStart('run_2300')],
    ]
    for (const [method, path, body] of asked) {
      const { status, json } = await client.send(method, path, body, { 'if-match': '*' })
      expect([method, path, status, json?.code]).toEqual([method, path, 410, 'run.erased'])
    }
    expect((await client.send('GET', '/runs')).json.runs).toEqual([])
    expect((await client.send('GET', '/approvals')).json.approvals).toEqual([])
  })

  it('of a live run takes its journal along', async () => {
    const client = await startClient()
    await client.send('POST', '/runs/run_2300/events', bodyOf(exampleLines().slice(0, 4)))
    expect((await client.send('DELETE', '/runs/run_2300?scope=record')).status).toBe(200)
    expect((await client.send('POST', '/runs/run_2300/events', bodyOf(exampleLines()))).json.code).toBe('run.erased')
  })

  it('needs a scope of both sorts, and a run of this tenant', async () => {
    const client = await startClient()
    await client.send('POST', '/runs', quickStart('q'))
    expect((await client.send('DELETE', '/runs/q')).json).toMatchObject({
      status: 400,
      code: 'query.missing_parameter',
    })
    expect((await client.send('DELETE', '/runs/q?scope=all')).json).toMatchObject({
      status: 400,
      code: 'query.invalid_value',
    })
    expect((await client.send('DELETE', '/runs/x?scope=record')).json.code).toBe('run.unknown')
    const writer = await client.as({ scopes: ['runs:write', 'runs:read'] })
    expect((await writer.send('DELETE', '/runs/q?scope=record')).json.code).toBe('key.scope')
    const other = await client.as({ tenant: 'b' })
    expect((await other.send('DELETE', '/runs/q?scope=record')).json.code).toBe('run.unknown')
    expect((await client.send('GET', '/runs/q')).status).toBe(200)
  })
})

it('canonical form is what is stored after an erasure', async () => {
  const client = await startClient()
  const { record, lines } = await recordRun()
  await client.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
  await client.send('DELETE', `/runs/${record.id}?scope=private`)
  const read = await client.send('GET', `/runs/${record.id}`)
  expect(read.text).toBe(canonicalize(read.json))
})
