import { expect, it } from 'vitest'
import { makeAppend, makeDocument, makeEvent, makeRun, stateAt } from './runs.ts'
import type { Bench } from './subject.ts'

export const testReplacing = ({ store, tenant }: Bench): void => {
  it('puts a run in the place of the one with that etag, facts, documents and events included', async () => {
    const t = tenant()
    const first = makeRun('a', { agent: 'before', facts: [{ kind: 'tag', value: 'x' }] })
    const next = makeRun('a', {
      agent: 'after',
      facts: [{ kind: 'tag', value: 'y' }],
      documents: [makeDocument('eval', '', 1)],
    })
    await store().insertRuns(t, [first])
    const change = { events: [makeEvent('a', 'run.updated')] }
    expect(await store().replaceRun(t, first.etag, next, change)).toBe('replaced')
    expect(await store().readRun(t, 'a')).toMatchObject({ etag: next.etag, contentDigest: next.contentDigest })
    const ids = async (kind: 'tag' | 'agent_id', value: string) =>
      (await store().listRuns(t, { facts: [{ kind, value }] }, { limit: 9 })).items.map(({ id }) => id)
    expect(await ids('tag', 'x')).toEqual([])
    expect(await ids('tag', 'y')).toEqual(['a'])
    expect(await ids('agent_id', 'before')).toEqual([])
    expect(await store().readDocuments(t, 'a', 'eval')).toHaveLength(1)
    expect((await store().readEvents(t, 0, 9)).map(({ type }) => type)).toEqual(['run.created', 'run.updated'])
  })

  it('changes nothing for another etag, an unknown, a live or an erased run', async () => {
    const t = tenant()
    const run = makeRun('a')
    await store().insertRuns(t, [run, makeRun('gone')])
    await store().eraseRun(t, 'gone', { scope: 'record', tombstone: undefined }, {})
    const live = makeAppend('live', 0, 1)
    await store().appendJournal(t, live)
    const next = makeRun('a', { content: 2 })
    expect(await store().replaceRun(t, next.etag, next, {})).toBe('changed')
    expect(await store().replaceRun(t, run.etag, makeRun('b'), {})).toBe('unknown')
    expect(await store().replaceRun(tenant(), run.etag, next, {})).toBe('unknown')
    expect(await store().replaceRun(t, live.etag, makeRun('live'), {})).toBe('changed')
    expect(await store().replaceRun(t, run.etag, makeRun('gone'), {})).toBe('changed')
    expect(await store().readRun(t, 'a')).toMatchObject({ etag: run.etag })
    expect(await store().readEvents(t, 0, 9)).toHaveLength(3)
  })

  it('lets one of several who saw the same etag win', async () => {
    const t = tenant()
    const run = makeRun('a')
    await store().insertRuns(t, [run])
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store().replaceRun(t, run.etag, makeRun('a', { content: index + 1 }), {}),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'replaced')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(7)
  })

  it('replaces a run that a journal fed until its seal, and keeps that journal', async () => {
    const t = tenant()
    const sealed = makeRun('a', { sealed: true })
    await store().appendJournal(t, makeAppend('a', 0, 2, { sealed, state: stateAt('a', 2, true) }))
    const next = makeRun('a', { sealed: true, eval: { pass: true } })
    expect(await store().replaceRun(t, sealed.etag, next, {})).toBe('replaced')
    expect(await store().readRun(t, 'a')).toMatchObject({ state: 'stored', etag: next.etag, journal: { seq: 2 } })
    expect(await store().readJournal(t, 'a', { after: -1, limit: 9 })).toHaveLength(3)
  })

  it('moves a run in time with its start', async () => {
    const t = tenant()
    const run = makeRun('a', { startedAt: '2025-01-01T00:00:00Z' })
    await store().insertRuns(t, [run, makeRun('b', { startedAt: '2025-01-02T00:00:00Z' })])
    await store().replaceRun(t, run.etag, makeRun('a', { startedAt: '2025-01-03T00:00:00Z' }), {})
    const { items } = await store().listRuns(t, { facts: [] }, { limit: 9 })
    expect(items.map(({ id }) => id)).toEqual(['a', 'b'])
  })
}
