import { digest } from '@agent-run/core'
import { expect, it } from 'vitest'
import type { ExportedRun, ExportPosition, Store } from '../../../src/store/store.ts'
import { makeAppend, makeDocument, makeRun } from './runs.ts'
import type { Bench } from './subject.ts'

/** Everything of one tenant, by pages. */
const exportTenant = async (store: Store, tenant: string, limit: number): Promise<readonly ExportedRun[]> => {
  const exported: ExportedRun[] = []
  let after: ExportPosition | undefined
  for (;;) {
    const page = await store.exportRuns(after, limit)
    exported.push(...page)
    const last = page.at(-1)
    if (last === undefined) return exported.filter((run) => run.tenant === tenant)
    after = { tenant: last.tenant, id: last.id }
  }
}

export const testExport = ({ store, tenant }: Bench): void => {
  it('gives every run whole, in the order of the octets of tenant and id', async () => {
    const t = tenant()
    const runs = ['b', 'a', 'Z', 'é', '\u{1d11e}', '\uff5e', 'gone'].map((id) => makeRun(id, { content: id }))
    await store().insertRuns(t, runs)
    await store().addDocument(t, 'a', makeDocument('eval', '', 1), {})
    await store().eraseRun(t, 'gone', { scope: 'record', tombstone: undefined }, {})
    await store().appendJournal(t, makeAppend('live', 0, 3))
    for (const limit of [1, 3, 100]) {
      const exported = await exportTenant(store(), t, limit)
      expect(exported.map(({ id }) => id)).toEqual(['Z', 'a', 'b', 'gone', 'live', 'é', '\uff5e', '\u{1d11e}'])
      for (const { id, run } of exported) {
        if (run.state !== 'stored') continue
        expect(digest(run.body)).toBe(run.etag)
        expect(run.etag).toBe(runs.find((each) => each.id === id)?.etag)
      }
      expect(exported.map(({ run }) => run.state)).toEqual([
        ...['stored', 'stored', 'stored', 'erased', 'live', 'stored', 'stored', 'stored'],
      ])
      expect(exported[1]?.documents).toHaveLength(1)
      expect(exported[4]?.journal.map(({ number }) => number)).toEqual([0, 1, 2, 3])
    }
  })
}
