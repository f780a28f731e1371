import { expect, it } from 'vitest'
import { makeEvent, makeRun } from './runs.ts'
import { type Bench, createClock, type Subject } from './subject.ts'

export const testEvents = ({ store, tenant, clock }: Bench, subject: Subject): void => {
  it('counts events of each tenant from 1 without gaps, in the order of the commits', async () => {
    const [one, other] = [tenant(), tenant()]
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        store().insertRuns(index % 2 === 0 ? one : other, [makeRun(`${index >> 2}`, { content: index % 4 })]),
      ),
    )
    for (const t of [one, other]) {
      const events = await store().readEvents(t, 0, 100)
      expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1))
      expect(events).toHaveLength(10)
      expect(await store().eventRange(t)).toEqual({ oldest: 1, newest: 10 })
    }
  })

  it('gives what came after a position, octet for octet', async () => {
    const [t, at] = [tenant(), clock.advance(1)]
    const events = [makeEvent('a', 'run.created', 'ü'), makeEvent('a', 'run.completed')]
    await store().insertRuns(t, [makeRun('a', { events })])
    const [found] = await store().readEvents(t, 1, 9)
    expect(found).toEqual({ position: 2, type: 'run.completed', runId: 'a', at, data: found?.data })
    expect(Buffer.compare(found!.data, events[1]!.data)).toBe(0)
    expect(await store().readEvents(t, 0, 1)).toMatchObject([{ position: 1 }])
    expect(await store().readEvents(t, 2, 9)).toEqual([])
    expect(await store().readEvents(tenant(), 0, 9)).toEqual([])
    expect(await store().eventRange(tenant())).toEqual({ oldest: 0, newest: 0 })
  })

  it('tells listeners of the tenant once an event can be read, and only then', async () => {
    const t = tenant()
    const heard: [string, number][] = []
    const stop = store().onEvents((who) => {
      if (who !== t) return
      heard.push([who, heard.length])
    })
    await store().insertRuns(t, [makeRun('a')])
    expect(heard).toHaveLength(1)
    await store().insertRuns(t, [makeRun('a')])
    await store().insertRuns(t, [makeRun('b', { events: [] })])
    expect(heard).toHaveLength(1)
    stop()
    await store().insertRuns(t, [makeRun('c')])
    expect(heard).toHaveLength(1)
  })

  it('forgets old events of every tenant and goes on counting', async () => {
    const ownClock = createClock()
    const place = await subject.create(ownClock.now)
    try {
      const own = place.store
      await own.insertRuns('one', [makeRun('a'), makeRun('b')])
      await own.insertRuns('two', [makeRun('a')])
      const before = ownClock.advance(1000)
      await own.insertRuns('one', [makeRun('c')])
      expect(await own.forgetEvents(before)).toBe(3)
      expect((await own.readEvents('one', 0, 9)).map(({ position }) => position)).toEqual([3])
      expect(await own.eventRange('one')).toEqual({ oldest: 3, newest: 3 })
      expect(await own.eventRange('two')).toEqual({ oldest: 0, newest: 1 })
      await own.insertRuns('two', [makeRun('b')])
      expect(await own.readEvents('two', 0, 9)).toMatchObject([{ position: 2 }])
      expect(await own.forgetEvents(before)).toBe(0)
    } finally {
      await place.remove()
    }
  })
}
