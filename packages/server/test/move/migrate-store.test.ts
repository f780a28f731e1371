import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { moveStore } from '../../src/move/move-store.ts'
import { openSide } from '../../src/move/open-side.ts'
import { equalTotals, totalsOf } from '../../src/move/totals.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { createDatabase } from '../postgres/database.mjs'
import { fillStore } from './filled-store.ts'

/** Places for stores that end with a test. */
const withPlaces = async (
  work: (sqlite: () => string, postgres: () => Promise<string>) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-move-'))
  const drops: (() => Promise<void>)[] = []
  let count = 0
  try {
    await work(
      () => `sqlite:${join(folder, `${count++}.db`)}`,
      async () => {
        const { url, drop } = await createDatabase()
        drops.push(drop)
        return url
      },
    )
  } finally {
    for (const drop of drops) await drop()
    rmSync(folder, { recursive: true })
  }
}

const withStore = async <Result>(url: string, work: (store: Store) => Promise<Result>): Promise<Result> => {
  const store = await openStore(url)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** What somebody who uses a store sees of it, times and positions included. */
const view = (url: string): Promise<unknown> =>
  withStore(url, async (store) => {
    const tenants = ['a', 'b']
    const seen = []
    for (const tenant of tenants) {
      const filters = [[], [{ kind: 'status', value: 'running' }], [{ kind: 'target', value: 'f 3' }]] as const
      for (const facts of filters) seen.push((await store.listRuns(tenant, { facts: [...facts] }, { limit: 50 })).items)
      seen.push(await store.listFactValues(tenant, 'target', { limit: 10 }))
      seen.push(await store.listScores(tenant, { groupBy: 'agent_id', limit: 10 }))
      seen.push(await store.readEvents(tenant, 0, 1000), await store.eventRange(tenant))
      for (const id of ['run 1', 'live', 'gone', 'with private']) seen.push(await store.readRun(tenant, id))
      seen.push(await store.readJournal(tenant, 'live', { after: -1, limit: 100 }))
      seen.push(await store.readDocuments(tenant, 'run 2', 'eval'))
    }
    return [...seen, await store.keys.list(), await store.secret()]
  })

const move = async (from: string, to: string, onRuns: (count: number) => void = () => {}): Promise<void> => {
  await withStore(to, async () => {})
  const [source, target] = [await openSide(from), await openSide(to)]
  try {
    await moveStore(source, target, onRuns)
  } finally {
    await source.close()
    await target.close()
  }
}

describe.skipIf(!tool('postgres'))('moving a store', () => {
  it('keeps everything that anybody can see, from SQLite to PostgreSQL and back', async () => {
    await withPlaces(async (sqlite, postgres) => {
      const [first, second, third, fourth] = [sqlite(), await postgres(), await postgres(), sqlite()]
      await withStore(first, fillStore)
      const before = await view(first)
      const totals = await withStore(first, totalsOf)
      expect(totals).toMatchObject({ runs: 66, erased: 2, damaged: [] })
      for (const [from, to] of [
        [first, second],
        [second, third],
        [third, fourth],
      ] as const) {
        await move(from, to)
        expect(equalTotals(await withStore(to, totalsOf), totals)).toBe(true)
        expect(await view(to)).toEqual(before)
      }
    })
  })

  it('goes on where it was stopped, and does nothing twice', async () => {
    await withPlaces(async (sqlite, postgres) => {
      const [from, to] = [sqlite(), await postgres()]
      await withStore(from, fillStore)
      const stop = new Error('stopped')
      await expect(
        move(from, to, () => {
          throw stop
        }),
      ).rejects.toBe(stop)
      expect((await withStore(to, totalsOf)).runs).toBe(20)
      const counts: number[] = []
      await move(from, to, (count) => counts.push(count))
      expect(counts).toEqual([20, 40, 46])
      await move(from, to)
      expect(await view(to)).toEqual(await view(from))
    })
  })

  it('refuses a target that holds something else', async () => {
    await withPlaces(async (sqlite, postgres) => {
      const [from, other, to] = [sqlite(), sqlite(), await postgres()]
      await withStore(from, fillStore)
      await withStore(other, fillStore)
      await move(from, to)
      await expect(move(other, to)).rejects.toMatchObject({ code: 'store.not_empty' })
    })
  })

  it('takes writes afterwards, behind what was moved', async () => {
    await withPlaces(async (sqlite, postgres) => {
      const [from, to] = [sqlite(), await postgres()]
      await withStore(from, fillStore)
      await move(from, to)
      await withStore(to, async (store) => {
        const { newest } = await store.eventRange('a')
        await fillStore(store, 'more')
        expect((await store.readEvents('a', newest, 1))[0]?.position).toBe(newest + 1)
      })
    })
  })
})
