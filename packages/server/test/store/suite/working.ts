import { expect, it } from 'vitest'
import { makeRun } from './runs.ts'
import { type Bench, createClock, type Subject } from './subject.ts'

export const testWorking = ({ store, tenant, place }: Bench, subject: Subject): void => {
  it('proves that it works', async () => {
    await expect(store().probe()).resolves.toBeUndefined()
    await expect(store().probe()).resolves.toBeUndefined()
  })

  it('has a secret that all its processes share and no other store has', async () => {
    const secret = await store().secret()
    expect(secret.length).toBeGreaterThanOrEqual(32)
    const other = await place().open()
    const foreign = await subject.create(createClock().now)
    try {
      expect(Buffer.compare(await other.secret(), secret)).toBe(0)
      expect(Buffer.compare(await foreign.store.secret(), secret)).not.toBe(0)
    } finally {
      await other.close()
      await foreign.remove()
    }
  })

  it('finishes what was begun before it closes, and refuses what comes after', async () => {
    const own = await place().open()
    const t = tenant()
    const writes = Array.from({ length: 20 }, (_, index) => own.insertRuns(t, [makeRun(`${index}`)]))
    await own.close()
    expect((await Promise.all(writes)).flat().map(({ outcome }) => outcome)).toEqual(Array(20).fill('created'))
    expect(await store().countRuns(t, { facts: [] }, 100)).toBe(20)
    await expect(own.insertRuns(t, [makeRun('late')])).rejects.toThrow()
  })

  it('lets one failing write not hurt its neighbours', async () => {
    const t = tenant()
    const options = { idempotency: { key: 'k', requestDigest: '1' } }
    const [first, failing, last] = await Promise.allSettled([
      store().insertRuns(t, [makeRun('a')]),
      store().insertRuns(t, [makeRun('b'), makeRun('c')], options),
      store().insertRuns(t, [makeRun('d')]),
    ])
    expect([first.status, failing.status, last.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await store().countRuns(t, { facts: [] }, 9)).toBe(2)
  })

  it('is written by several processes at once', async () => {
    const t = tenant()
    const others = await Promise.all([place().open(), place().open()])
    try {
      const stores = [store(), ...others]
      const results = await Promise.all(
        Array.from({ length: 60 }, (_, index) => stores[index % 3]!.insertRuns(t, [makeRun(`${index % 30}`)])),
      )
      expect(results.flat().filter(({ outcome }) => outcome === 'created')).toHaveLength(30)
      expect((await store().readEvents(t, 0, 100)).map(({ position }) => position)).toEqual(
        Array.from({ length: 30 }, (_, index) => index + 1),
      )
    } finally {
      await Promise.all(others.map((other) => other.close()))
    }
  })
}
