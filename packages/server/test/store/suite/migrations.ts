import { expect, it } from 'vitest'
import { makeRun } from './runs.ts'
import { createClock, type Subject } from './subject.ts'

export const testMigrations = (subject: Subject): void => {
  it('has nothing pending in a new store, and migrates again without harm', async () => {
    const place = await subject.create(createClock().now)
    try {
      const { applied, pending, unknown } = await place.store.migrations()
      expect([applied.length > 0, pending, unknown]).toEqual([true, [], []])
      const steps: string[] = []
      await place.store.migrate((name) => steps.push(name))
      expect(steps).toEqual([])
    } finally {
      await place.remove()
    }
  })

  it('only reads what a newer server has changed', async () => {
    const place = await subject.create(createClock().now)
    try {
      await place.store.insertRuns('t', [makeRun('a')])
      await place.pretendNewer()
      const other = await place.open()
      try {
        for (const store of [place.store, other]) {
          expect((await store.migrations()).unknown).toEqual(['9999-later'])
          await expect(store.insertRuns('t', [makeRun('b')])).rejects.toMatchObject({ code: 'store.read_only' })
          await expect(store.probe()).rejects.toMatchObject({ code: 'store.read_only' })
          await expect(store.migrate()).rejects.toMatchObject({ code: 'store.read_only' })
          expect(await store.readRun('t', 'a')).toMatchObject({ id: 'a' })
        }
      } finally {
        await other.close()
      }
    } finally {
      await place.remove()
    }
  })

  it('only reads while it is behind, and goes on where a migration has ended', async () => {
    const place = await subject.create(createClock().now)
    try {
      await place.pretendBehind()
      expect((await place.store.migrations()).applied).toEqual([])
      await expect(place.store.insertRuns('t', [makeRun('a')])).rejects.toMatchObject({ code: 'store.read_only' })
      const steps: string[] = []
      await place.store.migrate((name) => steps.push(name))
      const { applied, pending } = await place.store.migrations()
      expect([steps, pending]).toEqual([applied, []])
      await place.store.insertRuns('t', [makeRun('a')])
      expect(await place.store.readRun('t', 'a')).toMatchObject({ id: 'a' })
    } finally {
      await place.remove()
    }
  })
}
