import { expect, it } from 'vitest'
import type { NewRun } from '../../../src/store/store.ts'
import { listAll } from './listing.ts'
import { makeAppend, makeDocument, makeEvent, makeLine, makePrivateLine, makeRun, stateAt } from './runs.ts'
import { type Bench, createClock, type Subject } from './subject.ts'

const erasure = { scope: 'record', tombstone: undefined } as const

export const testErasure = ({ store, tenant, clock }: Bench, subject: Subject): void => {
  it('removes a run and remembers that it was here', async () => {
    const [t, erasedAt] = [tenant(), clock.advance(1)]
    const run = makeRun('a', { sealed: true, documents: [makeDocument('eval', '', 1)] })
    await store().insertRuns(t, [run], { idempotency: { key: 'k', requestDigest: '1' } })
    const tombstone = makeDocument('statement', 'erased', 'gone')
    const change = { events: [makeEvent('a', 'run.updated')] }
    const whole = { scope: 'record', tombstone } as const
    expect(await store().eraseRun(t, 'a', whole, change)).toBe('erased')
    const found = await store().readRun(t, 'a')
    expect(found).toEqual({ state: 'erased', erasedAt, tombstone: expect.any(Uint8Array) })
    expect(found?.state === 'erased' && Buffer.compare(found.tombstone!, tombstone.body)).toBe(0)
    expect(await store().readDocuments(t, 'a', 'eval')).toEqual([])
    expect(await listAll(store(), t, { facts: [] }, 9)).toEqual([])
    expect(await listAll(store(), t, { facts: [{ kind: 'record_hash', value: run.recordHash! }] }, 9)).toEqual([])
    expect(await store().listFactValues(t, 'agent_id', { limit: 9 })).toEqual({ items: [], next: undefined })
    expect(await store().insertRuns(t, [run], { idempotency: { key: 'k', requestDigest: '1' } })).toEqual([
      { outcome: 'erased' },
    ])
    expect(await store().eraseRun(t, 'a', whole, change)).toBe('already')
    expect(await store().eraseRun(t, 'unknown', whole, change)).toBe('unknown')
    expect(await store().eraseRun(tenant(), 'a', whole, change)).toBe('unknown')
    const events = await store().readEvents(t, 0, 9)
    expect(events.map(({ position, type }) => [position, type])).toEqual([
      [1, 'run.created'],
      [2, 'run.updated'],
    ])
    expect(new TextDecoder().decode(events[0]?.data)).toBe('{"id":"a"}')
  })

  it('takes what is private and keeps the rest', async () => {
    const t = tenant()
    const decision = makeDocument('decision', 'x', 'private')
    const run = makeRun('a', { sealed: true, content: 'private', documents: [decision, makeDocument('eval', '', 1)] })
    const lines = [makeLine(0, 'run.started', ['h']), makePrivateLine('h'), makeLine(1, 'run.sealed')]
    await store().appendJournal(t, makeAppend('a', 0, 1, { lines, sealed: run, state: stateAt('a', 1, true) }))
    const next = makeRun('a', { sealed: true, content: 'public', facts: [{ kind: 'tag', value: 'left' }] })
    const redacted = makeDocument('decision', 'x', 'redacted')
    const withoutPrivate = {
      scope: 'private',
      etag: run.etag,
      next,
      documents: [{ ...redacted, replaces: decision.digest }],
      tombstone: makeDocument('statement', 'erased', 'members'),
    } as const
    expect(await store().eraseRun(t, 'a', { ...withoutPrivate, etag: next.etag }, {})).toBe('changed')
    expect(await store().eraseRun(t, 'a', withoutPrivate, { events: [makeEvent('a', 'run.updated')] })).toBe('erased')
    expect(await store().readRun(t, 'a')).toMatchObject({ state: 'stored', etag: next.etag, journal: { seq: 1 } })
    const rows = await store().readJournal(t, 'a', { after: -1, limit: 9 })
    expect(rows.map(({ number, seq }) => [number, seq])).toEqual([
      [0, 0],
      [2, 1],
    ])
    const digests = async (kind: 'decision' | 'eval' | 'statement') =>
      (await store().readDocuments(t, 'a', kind)).map(({ digest }) => digest)
    expect(await digests('decision')).toEqual([redacted.digest])
    expect(await digests('eval')).toHaveLength(1)
    expect(await digests('statement')).toEqual([withoutPrivate.tombstone.digest])
    expect(await listAll(store(), t, { facts: [{ kind: 'tag', value: 'left' }] }, 9)).toEqual(['a'])
    expect(await store().insertRuns(t, [run])).toMatchObject([{ outcome: 'variant' }])
    await store().appendJournal(t, makeAppend('live', 0, 1))
    expect(await store().eraseRun(t, 'live', { ...withoutPrivate, next: makeRun('live') }, {})).toBe('changed')
  })

  // An engine whose files hold what others have as well has no such test, and skips none.
  if (!subject.ownsFiles) return
  it('leaves nothing of an erased record in the files, among many others that came and changed', async () => {
    const place = await subject.create(createClock().now)
    try {
      const own = place.store
      const random = createRandom(7)
      const trace = (index: number) => `trace-of-${index}-${'q'.repeat(random(4) === 0 ? random(9_000) : random(300))}`
      const shapeOf = (index: number): NewRun => ({
        ...makeRun(`run ${index}`, {
          agent: trace(index).slice(0, 500),
          content: trace(index),
          recordHash: `${trace(index).slice(0, 40)} ${index}`,
          facts: [
            { kind: 'target', value: `${random(1e6)} ${trace(index)}`.slice(0, 500) },
            { kind: 'tag', value: `${random(1e6)} ${trace(index)}`.slice(0, 300) },
          ],
          documents: [makeDocument('eval', '', trace(index))],
        }),
        etag: `etag of ${index}`,
      })
      for (let from = 0; from < 600; from += 20) {
        await own.insertRuns(
          't',
          Array.from({ length: 20 }, (_, index) => shapeOf(from + index)),
        )
      }
      for (let seq = 0; seq < 5; seq++) {
        for (let index = 1_000; index < 1_060; index++) {
          const lines = [makeLine(seq, trace(index), [trace(index)])]
          const summary = { ...makeAppend(`run ${index}`, 0, 1).summary, agent_name: trace(index) }
          const addFacts = [{ kind: 'target' as const, value: trace(index).slice(0, 200) }]
          await own.appendJournal('t', makeAppend(`run ${index}`, seq, seq, { lines, summary, addFacts }))
        }
      }
      for (let index = 0; index < 600; index += 7) {
        await own.replaceRun('t', `etag of ${index}`, shapeOf(index), {})
      }
      const erased = [...Array(200).keys()]
        .map((index) => index * 3)
        .concat([...Array(30).keys()].map((n) => 1_000 + n))
      const isErased = new Set(erased)
      const traces = () => {
        const found = place.octets!()
          .toString('latin1')
          .matchAll(/trace-of-(\d+)-/g)
        return new Set([...found].map(([, index]) => Number(index)))
      }
      const before = traces()
      expect(erased.every((index) => before.has(index))).toBe(true)
      const outcomes = await Promise.all(erased.map((index) => own.eraseRun('t', `run ${index}`, erasure, {})))
      expect(new Set(outcomes)).toEqual(new Set(['erased']))
      const after = traces()
      expect([...after].filter((index) => isErased.has(index))).toEqual([])
      expect(after.size).toBe(660 - erased.length)
    } finally {
      await place.remove()
    }
  })
}

/** Numbers below a limit, the same ones for a seed. */
const createRandom = (seed: number): ((limit: number) => number) => {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}
