import { actionHash, canonicalize, digest, protectObject, requestHash, signObject, verifyBundle } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { bundleLines, exportLines } from '../../src/move/export-lines.ts'
import { importExport } from '../../src/move/import-export.ts'
import { totalsOf } from '../../src/move/totals.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { quickStart } from '../http/start-app.ts'
import {
  afterTest,
  bodyOf,
  type Client,
  exampleLines,
  exampleRecord,
  recordRun,
  signer,
  startClient,
} from '../live/setup.ts'
import { createDatabase } from '../postgres/database.mjs'

/** A server that has a run of every sort. */
const filledServer = async (): Promise<{ readonly client: Client; readonly record: AgentRun }> => {
  const client = await startClient()
  const { record, lines } = await recordRun()
  const done = async (...[method, path, body]: Parameters<Client['send']>): Promise<void> => {
    const { status, text } = await client.send(method, path, body)
    if (status >= 300) throw new Error(`${method} ${path} was answered ${status}: ${text}`)
  }
  await done('POST', '/runs', { ...quickStart('plain'), metadata: { text: 'é \u0000 \u{1f680}' } })
  await done('PUT', '/runs/plain/eval', { pass: true, score: 1, benchmark_id: 'b' })
  await done('PUT', '/runs/plain/eval', { pass: false, score: 2, benchmark_id: 'b' })
  await done('POST', '/runs', { ...exampleRecord(), id: 'run_2300' })
  await done('POST', `/runs/${record.id}/events`, bodyOf(lines))
  await done('PUT', `/runs/${record.id}/eval`, { pass: true, score: 3 })
  await done('POST', '/runs', quickStart('gone'))
  await done('DELETE', '/runs/gone?scope=record')
  return { client, record }
}

const octetsOf = async (lines: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = []
  for await (const line of lines) parts.push(line, Buffer.from('\n'))
  return Buffer.concat(parts)
}

async function* chunksOf(octets: Buffer, size = 1_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size)
}

const context = (store: Store) => ({ store, trust: undefined, clock: () => new Date().toISOString() })

const emptyStore = async (url = 'sqlite::memory:'): Promise<Store> => {
  const store = await openStore(url)
  afterTest(() => store.close())
  return store
}

describe('an export', () => {
  it('is stored by another server with equal digests, and what was erased stays erased', async () => {
    const { client } = await filledServer()
    const { store } = client.server
    const octets = await octetsOf(exportLines(store, undefined))
    const target = await emptyStore()
    const report = await importExport(context(target), chunksOf(octets), {})
    expect(report).toEqual({ created: 4, same: 0, refused: [], isEqual: true })
    expect(await totalsOf(target)).toEqual(await totalsOf(store))
    expect(await target.readRun('a', 'gone')).toMatchObject({ state: 'erased' })
    const again = await importExport(context(target), chunksOf(octets, 7), {})
    expect(again).toEqual({ created: 0, same: 4, refused: [], isEqual: true })
    expect((await target.listRuns('a', { facts: [] }, { limit: 10 })).items.length).toBe(3)
  })

  it.skipIf(!tool('postgres'))('goes from one engine to the other, and to another tenant', async () => {
    const { client } = await filledServer()
    const { url, drop } = await createDatabase()
    afterTest(drop)
    const target = await emptyStore(url)
    const octets = await octetsOf(exportLines(client.server.store, 'a'))
    expect(await importExport(context(target), chunksOf(octets), { tenant: 'other' })).toMatchObject({
      created: 4,
      isEqual: true,
    })
    expect((await target.listRuns('other', { facts: [] }, { limit: 10 })).items.length).toBe(3)
    expect((await target.listRuns('a', { facts: [] }, { limit: 10 })).items).toEqual([])
  })

  it('has live runs, which go on afterwards', async () => {
    const client = await startClient()
    const lines = exampleLines()
    const half = lines.slice(0, lines.length >> 1)
    await client.send('POST', '/runs/run_2300/events', bodyOf(half))
    const octets = await octetsOf(exportLines(client.server.store, undefined))
    const other = await startClient()
    expect(await importExport(context(other.server.store), chunksOf(octets), {})).toMatchObject({ isEqual: true })
    const answer = await other.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(lines.length >> 1)))
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('record_hash')])
  })

  it('keeps what was erased privately as it is', async () => {
    const { client, record } = await filledServer()
    await client.send('DELETE', `/runs/${record.id}?scope=private`)
    const target = await emptyStore()
    const octets = await octetsOf(exportLines(client.server.store, undefined))
    expect(octets.includes('Write the notes')).toBe(false)
    expect(await importExport(context(target), chunksOf(octets), {})).toMatchObject({ refused: [], isEqual: true })
  })

  it('refuses what is not whole, and what was changed', async () => {
    const { client } = await filledServer()
    const octets = await octetsOf(exportLines(client.server.store, undefined))
    const take = async (changed: Buffer) => importExport(context(await emptyStore()), chunksOf(changed), {})
    const withoutEnd = octets.subarray(0, octets.lastIndexOf('\n', octets.length - 2) + 1)
    await expect(take(withoutEnd)).rejects.toThrow('not whole')
    await expect(take(Buffer.from(octets.toString().replace('\u{1f680}', '\u{1f681}')))).rejects.toThrow(
      'digest differs',
    )
    await expect(take(Buffer.from('{"steps":[]}\n'))).rejects.toThrow('no head of an export')
  })

  it('leaves alone what another run has taken', async () => {
    const { client } = await filledServer()
    const octets = await octetsOf(exportLines(client.server.store, undefined))
    const other = await startClient()
    await other.send('POST', '/runs', { ...quickStart('plain'), task_id: 'another' })
    const report = await importExport(context(other.server.store), chunksOf(octets), {})
    expect(report).toMatchObject({ created: 3, refused: [{ tenant: 'a', id: 'plain' }], isEqual: false })
    expect((await other.send('GET', '/runs/plain')).json.task_id).toBe('another')
  })

  /** A server with a run, a decision about it with a private reason, and evals. */
  const decidedServer = async (): Promise<Client> => {
    const [id, nonce] = ['asking', '6f1d7a84db00d2fce00b31a7fc73224f']
    const about = {
      approval_id: 'ap',
      run_id: id,
      step_id: 's',
      action_hash: actionHash({ run_id: id, nonce, step_id: 's' }),
    }
    const asked = { ...about, event: 'requested', at: '2026-01-15T10:00:01Z' }
    const client = await startClient()
    const record = { ...quickStart(id), status: 'running', approvals: [asked], provenance: { run_hash: '', nonce } }
    expect((await client.send('POST', '/runs', record)).status).toBe(201)
    const decision = protectObject('approval', {
      ...about,
      event: 'approved',
      at: '2026-01-15T10:00:02Z',
      request_hash: requestHash(asked),
      actor: { kind: 'human', id: 'm' },
      reason: 'a secret reason',
    })
    const given = await signObject('approval', decision, signer(11))
    expect((await client.send('POST', `/runs/${id}/approvals/ap`, given)).status).toBe(201)
    for (const score of [7, 8])
      expect((await client.send('PUT', `/runs/${id}/eval`, { pass: true, score })).status).toBe(200)
    return client
  }

  it('from before an erasure brings nothing back (AR-HTTP-133)', async () => {
    const client = await decidedServer()
    const { store } = client.server
    const before = await octetsOf(exportLines(store, undefined))
    expect(before.includes('a secret reason')).toBe(true)
    expect((await client.send('DELETE', '/runs/asking?scope=private')).status).toBe(200)
    const erased = await octetsOf(exportLines(store, undefined))
    expect(await importExport(context(store), chunksOf(before), {})).toMatchObject({
      created: 0,
      refused: [{ tenant: 'a', id: 'asking' }],
    })
    expect(await octetsOf(exportLines(store, undefined))).toEqual(erased)
    expect((await client.send('GET', '/approvals')).text).not.toContain('a secret reason')
    expect(await importExport(context(store), chunksOf(erased), {})).toMatchObject({ same: 1, isEqual: true })
    const other = await emptyStore()
    expect(await importExport(context(other), chunksOf(erased), {})).toMatchObject({ created: 1, isEqual: true })
  })

  it.each<[string, string, object]>([
    ['a decision that nobody signed', 'decision', { signature: undefined }],
    ['a decision that was turned round', 'decision', { event: 'denied' }],
    ['a decision about another run', 'decision', { run_id: 'other' }],
    ['an eval of another run', 'eval', { run_id: 'other' }],
    ['an eval that breaks its schema', 'eval', { score: 'high' }],
    ['an eval with a wrong signature', 'eval', { signed_by: signer(3).did }],
    ['a forged tombstone', 'statement', { body: { private_hashes: [] } }],
    ['a statement that nobody signed', 'statement', { signature: undefined }],
  ])('with %s is refused, and nothing of that run is stored', async (_name, kind, change) => {
    const client = await decidedServer()
    await client.send('DELETE', '/runs/asking?scope=private')
    const lines = (await octetsOf(exportLines(client.server.store, undefined))).toString().split('\n')
    const head = JSON.parse(lines[0] as string)
    const index = head.documents.findIndex((document: { kind: string }) => document.kind === kind)
    const document = { ...JSON.parse(lines[2 + index] as string), ...change }
    lines[2 + index] = canonicalize(JSON.parse(JSON.stringify(document)))
    head.documents[index].digest = digest(lines[2 + index] as string)
    lines[0] = canonicalize(head)
    const target = await emptyStore()
    const report = await importExport(context(target), chunksOf(Buffer.from(lines.join('\n'))), {})
    expect(report).toMatchObject({ created: 0, refused: [{ id: 'asking' }], isEqual: false })
    expect(await target.readRun('a', 'asking')).toBeUndefined()
    expect(await target.readDocuments('a', 'asking', kind as 'eval')).toEqual([])
  })

  it('as a bundle is what a verifier reads', async () => {
    const { client } = await filledServer()
    const bundle = verifyBundle(await octetsOf(bundleLines(client.server.store, 'a')))
    expect([bundle.verdicts.length, bundle.findings]).toEqual([3, []])
  })
})
