import { expect, it } from 'vitest'
import { listAll } from './listing.ts'
import { headAt, makeAppend, makeDocument, makeLine, makePrivateLine, makeRun, stateAt } from './runs.ts'
import type { Bench } from './subject.ts'

const erasure = { scope: 'record', tombstone: undefined } as const

export const testJournal = ({ store, tenant, clock }: Bench): void => {
  it('begins a run and goes on with it', async () => {
    const [t, receivedAt] = [tenant(), clock.advance(1)]
    expect(await store().appendJournal(t, makeAppend('a', 0, 2))).toEqual({ outcome: 'appended' })
    clock.advance(1)
    const append = makeAppend('a', 3, 5)
    expect(await store().appendJournal(t, append)).toEqual({ outcome: 'appended' })
    expect(await store().readRun(t, 'a')).toEqual({
      state: 'live',
      id: 'a',
      etag: append.etag,
      documentHash: '',
      contentDigest: '',
      recordHash: undefined,
      runHash: append.summary.run_hash,
      receivedAt,
      body: new Uint8Array(),
      summary: { ...append.summary, received_at: receivedAt },
      journal: append.state,
    })
    const rows = await store().readJournal(t, 'a', { after: -1, limit: 100 })
    expect(rows.map(({ number, seq, name }) => [number, seq, name])).toEqual([
      [0, 0, 'run.started'],
      ...[1, 2, 3, 4, 5].map((seq) => [seq, seq, 'step.ended']),
    ])
    expect(Buffer.compare(rows[4]!.octets, makeLine(4).octets)).toBe(0)
    expect(await store().readEvents(t, 0, 9)).toHaveLength(2)
  })

  it('names the head where lines do not follow it, and stores none of them', async () => {
    const t = tenant()
    expect(await store().appendJournal(t, makeAppend('a', 3, 5))).toEqual({ outcome: 'fork', head: undefined })
    expect(await store().readRun(t, 'a')).toBeUndefined()
    await store().appendJournal(t, makeAppend('a', 0, 2))
    const fork = { outcome: 'fork', head: headAt(2) }
    expect(await store().appendJournal(t, makeAppend('a', 0, 1))).toEqual(fork)
    expect(await store().appendJournal(t, makeAppend('a', 4, 5))).toEqual(fork)
    const other = makeAppend('a', 3, 4, { expected: { seq: 2, digest: headAt(7).digest } })
    expect(await store().appendJournal(t, other)).toEqual(fork)
    expect(await store().readJournal(t, 'a', { after: -1, limit: 9 })).toHaveLength(3)
    expect(await store().readEvents(t, 0, 9)).toHaveLength(1)
  })

  it('lets one of several writers win each step', async () => {
    const t = tenant()
    await store().appendJournal(t, makeAppend('a', 0, 0))
    const results = await Promise.all(Array.from({ length: 6 }, () => store().appendJournal(t, makeAppend('a', 1, 3))))
    expect(results.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1)
    expect(results.filter(({ outcome }) => outcome === 'fork')).toHaveLength(5)
    expect(await store().readJournal(t, 'a', { after: -1, limit: 9 })).toHaveLength(4)
  })

  it('takes private lines that a chained one has announced, all that are given', async () => {
    const t = tenant()
    const lines = [makeLine(0, 'run.started', ['h1']), makePrivateLine('h1'), makeLine(1, 'step.ended', ['h2', 'h3'])]
    await store().appendJournal(t, makeAppend('a', 0, 1, { lines }))
    const next = (...more: ReturnType<typeof makePrivateLine>[]) => makeAppend('a', 2, 1, { lines: more })
    expect(await store().appendJournal(t, next(makePrivateLine('h2'), makePrivateLine('h9')))).toEqual({
      outcome: 'private',
      index: 1,
    })
    expect(await store().appendJournal(t, next(makePrivateLine('h1'), makePrivateLine('h2')))).toEqual({
      outcome: 'appended',
    })
    const rows = await store().readJournal(t, 'a', { after: -1, limit: 9 })
    expect(rows.map(({ seq, name }) => [seq, name])).toEqual([
      [0, 'run.started'],
      [undefined, 'h1'],
      [1, 'step.ended'],
      [undefined, 'h1'],
      [undefined, 'h2'],
    ])
    expect(await store().appendJournal(t, makeAppend('b', 0, -1, { lines: [makePrivateLine('h1')] }))).toEqual({
      outcome: 'private',
      index: 0,
    })
    expect(await store().readRun(t, 'b')).toBeUndefined()
  })

  it('reads pages, from a seq on, and lines of one type', async () => {
    const t = tenant()
    const lines = [
      makeLine(0, 'run.started', ['h']),
      makePrivateLine('h'),
      makeLine(1, 'note'),
      makeLine(2),
      makeLine(3, 'note'),
    ]
    await store().appendJournal(t, makeAppend('a', 0, 3, { lines }))
    const numbers = async (page: Parameters<ReturnType<typeof store>['readJournal']>[2]) =>
      (await store().readJournal(t, 'a', page)).map(({ number }) => number)
    expect(await numbers({ after: -1, limit: 2 })).toEqual([0, 1])
    expect(await numbers({ after: 1, limit: 2 })).toEqual([2, 3])
    expect(await numbers({ after: 4, limit: 2 })).toEqual([])
    expect(await numbers({ after: -1, limit: 9, type: 'note' })).toEqual([2, 4])
    expect(await numbers({ after: -1, limit: 9, type: 'h' })).toEqual([])
    expect(await numbers({ after: -1, afterSeq: 0, limit: 9 })).toEqual([1, 2, 3, 4])
    expect(await numbers({ after: -1, afterSeq: 2, limit: 9 })).toEqual([4])
    expect(await numbers({ after: -1, afterSeq: 3, limit: 9 })).toEqual([])
    expect(await numbers({ after: -1, afterSeq: 9, limit: 9 })).toEqual([])
    expect(await numbers({ after: -1, afterSeq: -1, limit: 9 })).toEqual([0, 1, 2, 3, 4])
    expect(await numbers({ after: 3, afterSeq: 0, limit: 9 })).toEqual([4])
    expect(await store().readJournal(tenant(), 'a', { after: -1, limit: 9 })).toEqual([])
    expect(await store().readJournal(t, 'unknown', { after: -1, limit: 9 })).toEqual([])
  })

  it('adds, drops and replaces facts', async () => {
    const t = tenant()
    const has = async (kind: 'status' | 'tool' | 'side_effect', value: string) =>
      (await listAll(store(), t, { facts: [{ kind, value }] }, 9)).length
    await store().appendJournal(t, makeAppend('a', 0, 1))
    await store().appendJournal(
      t,
      makeAppend('a', 2, 2, {
        addFacts: [
          { kind: 'status', value: 'paused' },
          { kind: 'tool', value: 'x' },
          { kind: 'tool', value: 'x' },
        ],
        dropFacts: [
          { kind: 'status', value: 'running' },
          { kind: 'tool', value: 'never' },
        ],
      }),
    )
    expect([await has('status', 'running'), await has('status', 'paused'), await has('tool', 'x')]).toEqual([0, 1, 1])
    await store().appendJournal(t, makeAppend('a', 3, 3, { addFacts: [{ kind: 'tool', value: 'x' }] }))
    await store().appendJournal(t, makeAppend('a', 4, 4, { replaceFacts: [{ kind: 'side_effect', value: 'exec' }] }))
    expect([await has('status', 'paused'), await has('tool', 'x'), await has('side_effect', 'exec')]).toEqual([0, 0, 1])
    expect(await listAll(store(), t, { facts: [] }, 9)).toEqual(['a'])
  })

  it('moves a live run in time when its start becomes known', async () => {
    const t = tenant()
    await store().appendJournal(t, makeAppend('a', 0, 0, { startedAt: null }))
    await store().insertRuns(t, [makeRun('b', { startedAt: '2024-06-01T00:00:00Z' })])
    expect(await listAll(store(), t, { facts: [] }, 9)).toEqual(['a', 'b'])
    await store().appendJournal(t, makeAppend('a', 1, 1, { startedAt: '2024-01-01T00:00:00Z' }))
    expect(await listAll(store(), t, { facts: [] }, 9)).toEqual(['b', 'a'])
    expect(await listAll(store(), t, { facts: [{ kind: 'agent_id', value: 'agent' }] }, 1)).toEqual(['b', 'a'])
  })

  it('becomes a stored run with its seal, once', async () => {
    const t = tenant()
    await store().appendJournal(t, makeAppend('a', 0, 2, { addFacts: [{ kind: 'tool', value: 'x' }] }))
    const statement = makeDocument('statement', 'received', 1)
    const sealed = makeRun('a', { sealed: true, documents: [statement] })
    const seal = makeAppend('a', 3, 3, { sealed, state: stateAt('a', 3, true), summary: sealed.summary })
    expect(await store().appendJournal(t, seal)).toEqual({ outcome: 'appended' })
    expect(await store().readRun(t, 'a')).toMatchObject({
      state: 'stored',
      etag: sealed.etag,
      recordHash: sealed.recordHash,
      contentDigest: sealed.contentDigest,
      journal: { seq: 3, sealed: true },
    })
    expect(await store().readDocuments(t, 'a', 'statement')).toHaveLength(1)
    expect(await listAll(store(), t, { facts: [{ kind: 'tool', value: 'x' }] }, 9)).toEqual([])
    expect(await listAll(store(), t, { facts: [{ kind: 'status', value: 'completed' }] }, 9)).toEqual(['a'])
    expect(await store().appendJournal(t, makeAppend('a', 4, 4))).toEqual({ outcome: 'sealed' })
    expect(await store().insertRuns(t, [sealed])).toMatchObject([{ outcome: 'same' }])
    expect(await store().readJournal(t, 'a', { after: -1, limit: 9 })).toHaveLength(4)
  })

  it('does not begin where a run was posted whole or erased', async () => {
    const t = tenant()
    await store().insertRuns(t, [makeRun('a'), makeRun('b')])
    expect(await store().appendJournal(t, makeAppend('a', 0, 1))).toEqual({ outcome: 'exists' })
    await store().eraseRun(t, 'b', erasure, {})
    expect(await store().appendJournal(t, makeAppend('b', 0, 1))).toEqual({ outcome: 'erased' })
    await store().appendJournal(t, makeAppend('c', 0, 1))
    await store().eraseRun(t, 'c', erasure, {})
    expect(await store().appendJournal(t, makeAppend('c', 2, 3))).toEqual({ outcome: 'erased' })
    expect(await store().readJournal(t, 'c', { after: -1, limit: 9 })).toEqual([])
  })

  it('keeps the journals of tenants apart', async () => {
    const [one, other] = [tenant(), tenant()]
    await store().appendJournal(one, makeAppend('a', 0, 2))
    expect(await store().appendJournal(other, makeAppend('a', 3, 3))).toEqual({ outcome: 'fork', head: undefined })
    await store().appendJournal(other, makeAppend('a', 0, 0))
    expect(await store().readJournal(one, 'a', { after: -1, limit: 9 })).toHaveLength(3)
    expect(await store().readJournal(other, 'a', { after: -1, limit: 9 })).toHaveLength(1)
  })
}
