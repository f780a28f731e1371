import { expect, it } from 'vitest'
import { makeAppend, makeDocument, makeEvent, makeRun } from './runs.ts'
import type { Bench } from './subject.ts'

export const testDocuments = ({ store, tenant, clock }: Bench): void => {
  it('keeps documents of a run by kind, oldest first, each once', async () => {
    const t = tenant()
    await store().insertRuns(t, [makeRun('a'), makeRun('b')])
    const [one, two] = [makeDocument('eval', '', 1), makeDocument('eval', '', 2)]
    const decision = makeDocument('decision', 'approval 1', 1)
    const firstAt = clock.advance(1)
    expect(await store().addDocument(t, 'a', two, {})).toBe('added')
    clock.advance(1)
    expect(await store().addDocument(t, 'a', one, {})).toBe('added')
    expect(await store().addDocument(t, 'a', decision, {})).toBe('added')
    expect(await store().addDocument(t, 'a', two, {})).toBe('same')
    const found = await store().readDocuments(t, 'a', 'eval')
    expect(found.map(({ digest }) => digest)).toEqual([two.digest, one.digest])
    expect(found[0]).toEqual({ ...two, body: found[0]?.body, receivedAt: firstAt })
    expect(Buffer.compare(found[0]!.body, two.body)).toBe(0)
    expect(await store().readDocuments(t, 'a', 'decision')).toMatchObject([{ topic: 'approval 1' }])
    expect(await store().readDocuments(t, 'b', 'eval')).toEqual([])
    expect(await store().readDocuments(tenant(), 'a', 'eval')).toEqual([])
  })

  it('adds one only if the caller has seen those of its topic', async () => {
    const t = tenant()
    await store().insertRuns(t, [makeRun('a')])
    const decide = (topic: string, content: number, seen?: number) =>
      store().addDocument(t, 'a', makeDocument('decision', topic, content), {}, seen)
    const race = await Promise.all([decide('x', 1, 0), decide('x', 2, 0), decide('y', 3, 0)])
    expect(race.filter((outcome) => outcome === 'added')).toHaveLength(2)
    expect(race.filter((outcome) => outcome === 'changed')).toHaveLength(1)
    expect(await decide('y', 3, 0)).toBe('same')
    expect(await decide('y', 4, 1)).toBe('added')
    expect(await decide('y', 5)).toBe('added')
    expect(await decide('y', 6, 2)).toBe('changed')
  })

  it('writes events with a new document, for stored and live runs', async () => {
    const t = tenant()
    const change = { events: [makeEvent('a', 'run.eval_attached')] }
    const document = makeDocument('eval', '', 1)
    expect(await store().addDocument(t, 'a', document, change)).toBe('unknown')
    await store().appendJournal(t, makeAppend('a', 0, 1))
    expect(await store().addDocument(t, 'a', document, change)).toBe('added')
    expect(await store().addDocument(t, 'a', document, change)).toBe('same')
    expect((await store().readEvents(t, 0, 9)).map(({ type }) => type)).toEqual(['run.created', 'run.eval_attached'])
  })
}
