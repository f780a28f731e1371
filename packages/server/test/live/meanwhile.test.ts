import { describe, expect, it, vi } from 'vitest'
import { recordIfThere } from '../../src/live/record.ts'
import type { StoredRun } from '../../src/store/store.ts'
import { bodyOf, exampleLines, startClient } from './setup.ts'

describe('a live run that is erased while it is read', () => {
  it.each(['', '/events', '/steps', '/verify', '/provenance', '/proof?step=s-1', '/diff?against=run_2300'])(
    'is gone: GET %s answers 410',
    async (below) => {
      const client = await startClient()
      const { store } = client.server
      await client.send('POST', '/runs/run_2300/events', bodyOf(exampleLines().slice(0, 4)))
      const stale = (await store.readRun('a', 'run_2300')) as StoredRun
      expect((await client.send('GET', `/runs/run_2300${below}`)).status).not.toBe(410)
      await client.send('DELETE', '/runs/run_2300?scope=record')
      vi.spyOn(store, 'readRun').mockResolvedValueOnce(stale)
      const answer = await client.send('GET', `/runs/run_2300${below}`)
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([410, 'run.erased'])
      expect(await recordIfThere(store, 'a', stale)).toBeUndefined()
    },
  )
})

describe('parallel readers of a live run', () => {
  it('share one fold, and the next reader sees the next line', async () => {
    const client = await startClient()
    const lines = exampleLines()
    await client.send('POST', '/runs/run_2300/events', bodyOf(lines.slice(0, 4)))
    const read = vi.spyOn(client.server.store, 'readJournal')
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.send('GET', '/runs/run_2300')))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(read.mock.calls.length).toBeLessThan(8)
    await client.send('POST', '/runs/run_2300/events', `${lines[4]}\n`)
    expect((await client.send('GET', '/runs/run_2300')).text).not.toBe(answers[0]?.text)
  })
})

describe('the verdict of a run with many children', () => {
  it('rests on a bounded part of their records; the edges to the others are unresolved', async () => {
    const client = await startClient()
    const base = { agent_id: 'a', status: 'completed', started_at: null, cost: { input_tokens: 0, output_tokens: 0 } }
    const seen: string[] = []
    const metadata = { text: 'x'.repeat(9 * 1024 * 1024) }
    for (const id of ['c1', 'c2', 'c3'])
      expect(
        (await client.send('POST', '/runs', { ...base, id, steps: [], provenance: { run_hash: '...' }, metadata }))
          .status,
      ).toBe(201)
    const steps = ['c1', 'c2', 'c3'].map((id) => ({
      id: `s-${id}`,
      type: 'handoff',
      status: 'succeeded',
      started_at: '2026-11-20T15:00:01Z',
      child_run_id: id,
    }))
    const parent = { ...base, id: 'p', steps, provenance: { run_hash: '...' } }
    expect((await client.send('POST', '/runs', parent)).json.errors).toBeUndefined()
    const { store } = client.server
    const readRun = store.readRun.bind(store)
    vi.spyOn(store, 'readRun').mockImplementation((tenant, id) => {
      seen.push(id)
      return readRun(tenant, id)
    })
    const { status, json } = await client.send('GET', '/runs/p/verify')
    expect(status).toBe(200)
    expect(seen).toEqual(['p', 'c1', 'c2'])
    const states = json.edges.map(({ state }: { readonly state: string }) => state)
    expect(states[0]).not.toBe('unresolved')
    expect(states.slice(1)).toEqual(['unresolved', 'unresolved'])
  })
})
