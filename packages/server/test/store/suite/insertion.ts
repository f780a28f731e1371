import { expect, it } from 'vitest'
import { makeAppend, makeDocument, makeEvent, makeRun } from './runs.ts'
import type { Bench } from './subject.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export const testInsertion = ({ store, tenant, clock, place }: Bench): void => {
  it('gives back the octets, the hashes, the summary and the time of reception', async () => {
    const [t, receivedAt] = [tenant(), clock.advance(1)]
    const run = makeRun('one', { sealed: true, content: 'naïve – 𝄞' })
    const head = {
      id: 'one',
      etag: run.etag,
      documentHash: run.documentHash,
      contentDigest: run.contentDigest,
      recordHash: run.recordHash,
      runHash: run.summary.run_hash,
      receivedAt,
    }
    expect(await store().insertRuns(t, [run])).toEqual([{ outcome: 'created', run: head }])
    const stored = await store().readRun(t, 'one')
    expect(stored).toEqual({
      state: 'stored',
      ...head,
      body: expect.any(Uint8Array),
      summary: { ...run.summary, received_at: receivedAt },
      journal: undefined,
    })
    expect(stored?.state === 'stored' && Buffer.compare(stored.body, run.body)).toBe(0)
  })

  it('is there for another process once the promise has resolved', async () => {
    const t = tenant()
    const other = await place().open()
    try {
      await store().insertRuns(t, [makeRun('one')])
      expect(await other.readRun(t, 'one')).toMatchObject({ state: 'stored', id: 'one' })
    } finally {
      await other.close()
    }
  })

  it('answers for each run alone and in order', async () => {
    const t = tenant()
    await store().insertRuns(t, [makeRun('a', { content: 1 })])
    const results = await store().insertRuns(t, [
      makeRun('b'),
      makeRun('a', { content: 1 }),
      makeRun('a', { content: 2 }),
      makeRun('b'),
      makeRun('c'),
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'same', 'conflict', 'same', 'created'])
    expect(await store().insertRuns(t, [])).toEqual([])
  })

  it('takes a run that differs only in its eval for the same, and keeps the first', async () => {
    const t = tenant()
    const first = makeRun('a', { eval: { pass: true } })
    await store().insertRuns(t, [first])
    const [result] = await store().insertRuns(t, [makeRun('a', { eval: { pass: false } })])
    expect(result).toMatchObject({ outcome: 'same', run: { etag: first.etag } })
  })

  it('tells a variant of a sealed record from another record', async () => {
    const t = tenant()
    const sealed = makeRun('a', { sealed: true, content: 1 })
    await store().insertRuns(t, [sealed])
    const [variant, conflict, elsewhere] = await store().insertRuns(t, [
      makeRun('a', { sealed: true, content: 2 }),
      makeRun('a', { content: 2 }),
      makeRun('b', { recordHash: sealed.recordHash! }),
    ])
    expect(variant).toMatchObject({ outcome: 'variant', run: { etag: sealed.etag } })
    expect(conflict).toMatchObject({ outcome: 'conflict', run: { etag: sealed.etag } })
    expect(elsewhere).toMatchObject({ outcome: 'created', run: { id: 'b' } })
  })

  it('does not let a record of another id that names the same hash stand in the way', async () => {
    const t = tenant()
    const genuine = makeRun('a', { sealed: true })
    const junk = makeRun('junk', { recordHash: genuine.recordHash! })
    await store().insertRuns(t, [junk])
    expect(await store().insertRuns(t, [genuine])).toMatchObject([{ outcome: 'created', run: { id: 'a' } }])
    const whole = { scope: 'record', tombstone: undefined } as const
    await store().eraseRun(t, 'a', whole, {})
    await store().eraseRun(t, 'junk', whole, {})
    const later = makeRun('c', { recordHash: genuine.recordHash! })
    expect(await store().insertRuns(t, [genuine, later])).toMatchObject([{ outcome: 'erased' }, { outcome: 'created' }])
  })

  it('does not take a record that only names a record hash for the sealed one', async () => {
    const t = tenant()
    const sealed = makeRun('a', { sealed: true })
    const claim = makeRun('b', { facts: [{ kind: 'record_hash', value: sealed.recordHash! }] })
    const results = await store().insertRuns(t, [claim, sealed])
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'created'])
  })

  it('refuses the id of a live run', async () => {
    const t = tenant()
    await store().appendJournal(t, makeAppend('a', 0, 1))
    expect(await store().insertRuns(t, [makeRun('a')])).toMatchObject([
      { outcome: 'conflict', run: { contentDigest: '' } },
    ])
  })

  it('keeps tenants apart', async () => {
    const [one, other] = [tenant(), tenant()]
    await store().insertRuns(one, [makeRun('a', { sealed: true, content: 1 })])
    expect(await store().readRun(other, 'a')).toBeUndefined()
    expect(await store().insertRuns(other, [makeRun('a', { sealed: true, content: 2 })])).toMatchObject([
      { outcome: 'created' },
    ])
    expect((await store().listRuns(other, { facts: [] }, { limit: 10 })).items).toHaveLength(1)
  })

  it('takes ids of every kind', async () => {
    const t = tenant()
    const ids = ['/', '?', '%2F', 'a b', '‮', "'; DROP TABLE runs; --", '𝄞'.repeat(128), 'stream', '$1', '?1']
    await store().insertRuns(
      t,
      ids.map((id) => makeRun(id, { agent: id })),
    )
    for (const id of ids) {
      expect(await store().readRun(t, id)).toMatchObject({ id })
      const { items } = await store().listRuns(t, { facts: [{ kind: 'agent_id', value: id }] }, { limit: 5 })
      expect(items.map((summary) => summary.id)).toEqual([id])
    }
  })

  it('stores large bodies', async () => {
    const t = tenant()
    const run = makeRun('large', { content: 'x'.repeat(3_000_000) })
    await store().insertRuns(t, [run])
    const stored = await store().readRun(t, 'large')
    expect(stored?.state === 'stored' && Buffer.compare(stored.body, run.body)).toBe(0)
  })

  it('stores documents and events with a new run, and with no other', async () => {
    const t = tenant()
    const statement = makeDocument('statement', 'received', 1)
    const run = makeRun('a', { documents: [statement], events: [makeEvent('a', 'run.created')] })
    await store().insertRuns(t, [run])
    await store().insertRuns(t, [run, makeRun('a', { content: 2, documents: [makeDocument('statement', '', 2)] })])
    expect((await store().readDocuments(t, 'a', 'statement')).map(({ digest }) => digest)).toEqual([statement.digest])
    expect(await store().readEvents(t, 0, 10)).toHaveLength(1)
  })

  it('stores what many ask for at once exactly once', async () => {
    const t = tenant()
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, index) => store().insertRuns(t, [makeRun(`run ${index % 20}`)])),
    )
    expect(results.flat().filter(({ outcome }) => outcome === 'created')).toHaveLength(20)
    expect(results.flat().filter(({ outcome }) => outcome === 'same')).toHaveLength(40)
    expect((await store().readEvents(t, 0, 100)).map(({ position }) => position)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    )
  })

  it('answers an idempotency key as the first time, for a day', async () => {
    const t = tenant()
    const run = makeRun('a')
    const idempotency = { key: 'k', requestDigest: 'one' }
    const [created] = await store().insertRuns(t, [run], { idempotency })
    expect(created?.outcome).toBe('created')
    await store().replaceRun(t, run.etag, makeRun('a', { content: 2 }), {})
    clock.advance(DAY_MS - 1)
    expect(await store().insertRuns(t, [run], { idempotency })).toEqual([
      { ...created, outcome: 'replayed', first: 'created' },
    ])
    const reused = { idempotency: { ...idempotency, requestDigest: 'two' } }
    expect(await store().insertRuns(t, [makeRun('b')], reused)).toEqual([{ outcome: 'key_reused' }])
    expect(await store().insertRuns(tenant(), [makeRun('b')], reused)).toMatchObject([{ outcome: 'created' }])
    clock.advance(2)
    expect(await store().insertRuns(t, [makeRun('b')], reused)).toMatchObject([{ outcome: 'created' }])
  })

  it('remembers an idempotency key also where the run was there, and not where it was refused', async () => {
    const t = tenant()
    await store().insertRuns(t, [makeRun('a')])
    const same = { idempotency: { key: 'same', requestDigest: '1' } }
    expect(await store().insertRuns(t, [makeRun('a')], same)).toMatchObject([{ outcome: 'same' }])
    expect(await store().insertRuns(t, [makeRun('a')], same)).toMatchObject([{ outcome: 'replayed', first: 'same' }])
    const refused = { idempotency: { key: 'refused', requestDigest: '1' } }
    expect(await store().insertRuns(t, [makeRun('a', { content: 2 })], refused)).toMatchObject([
      { outcome: 'conflict' },
    ])
    expect(await store().insertRuns(t, [makeRun('b')], refused)).toMatchObject([{ outcome: 'created' }])
  })

  it('has no idempotency for several runs', async () => {
    const options = { idempotency: { key: 'k', requestDigest: '1' } }
    await expect(store().insertRuns(tenant(), [makeRun('a'), makeRun('b')], options)).rejects.toThrow(TypeError)
  })
}
