import { type Fact, type RunFilter, sortInstant } from '@agent-run/core'
import { expect, it } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { makeRun } from './runs.ts'
import type { Bench } from './subject.ts'

/** Ids of all pages. */
export const listAll = async (store: Store, tenant: string, filter: RunFilter, limit: number): Promise<string[]> => {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await store.listRuns(tenant, filter, after === undefined ? { limit } : { limit, after })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    ids.push(...page.items.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  return ids
}

export const testListing = ({ store, tenant, clock }: Bench): void => {
  it('lists newest first by the instant of the start, and what came later first', async () => {
    const t = tenant()
    const starts = {
      a: '2025-06-01T12:00:00Z',
      b: '2025-06-01T13:30:00+02:00',
      c: '2025-06-01T12:00:00.000000001Z',
      d: '2025-06-01T12:00:00.0Z',
      e: '2025-06-01T09:00:00-04:00',
    }
    await store().insertRuns(
      t,
      Object.entries(starts).map(([id, startedAt]) => makeRun(id, { startedAt })),
    )
    expect(await listAll(store(), t, { facts: [] }, 2)).toEqual(['e', 'c', 'd', 'a', 'b'])
  })

  it('puts a run of unknown start at its reception', async () => {
    const t = tenant()
    const now = clock.advance(1000)
    const early = new Date(Date.parse(now) - 500).toISOString()
    const late = new Date(Date.parse(now) + 500).toISOString()
    await store().insertRuns(t, [
      makeRun('late', { startedAt: late }),
      makeRun('unknown', { startedAt: null }),
      makeRun('early', { startedAt: early }),
    ])
    expect(await listAll(store(), t, { facts: [] }, 9)).toEqual(['late', 'unknown', 'early'])
  })

  it('has no next page after the last run', async () => {
    const t = tenant()
    await store().insertRuns(t, [makeRun('a'), makeRun('b')])
    expect((await store().listRuns(t, { facts: [] }, { limit: 2 })).next).toBeUndefined()
    expect((await store().listRuns(t, { facts: [] }, { limit: 1 })).next).toBeTypeOf('string')
    expect(await store().listRuns(tenant(), { facts: [] }, { limit: 2 })).toEqual({ items: [], next: undefined })
  })

  it('gives every run that was there once, also while others come', async () => {
    const t = tenant()
    const before = Array.from({ length: 25 }, (_, index) => `run ${index}`)
    const startOf = (index: number) => new Date(Date.parse('2025-01-01T00:00:00Z') + (index % 7) * 1000).toISOString()
    await store().insertRuns(
      t,
      before.map((id, index) => makeRun(id, { startedAt: startOf(index) })),
    )
    const seen: string[] = []
    let after: string | undefined
    for (let page = 0; ; page++) {
      const found = await store().listRuns(t, { facts: [] }, after === undefined ? { limit: 4 } : { limit: 4, after })
      seen.push(...found.items.map(({ id }) => id))
      await store().insertRuns(
        t,
        [0, 3, 6].map((at) => makeRun(`late ${page} ${at}`, { startedAt: startOf(at) })),
      )
      if (found.next === undefined || page > 50) break
      after = found.next
    }
    const old = seen.filter((id) => before.includes(id))
    expect(old.toSorted()).toEqual(before.toSorted())
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('selects by all facts that are asked for, and by time', async () => {
    const t = tenant()
    const tags = (...values: string[]): Fact[] => values.map((value) => ({ kind: 'tag', value }))
    await store().insertRuns(t, [
      makeRun('a', { facts: tags('x', 'y'), startedAt: '2025-01-01T00:00:00Z' }),
      makeRun('b', { facts: tags('x'), startedAt: '2025-01-02T00:00:00Z' }),
      makeRun('c', { facts: tags('x', 'y', 'x'), startedAt: '2025-01-03T00:00:00Z', agent: 'other' }),
    ])
    const list = (filter: RunFilter) => listAll(store(), t, filter, 1)
    expect(await list({ facts: tags('x') })).toEqual(['c', 'b', 'a'])
    expect(await list({ facts: tags('x', 'y', 'y') })).toEqual(['c', 'a'])
    expect(await list({ facts: [...tags('x', 'y'), { kind: 'agent_id', value: 'agent' }] })).toEqual(['a'])
    expect(await list({ facts: tags('z') })).toEqual([])
    expect(await list({ facts: [{ kind: 'tool', value: 'x' }] })).toEqual([])
    const [since, until] = [sortInstant('2025-01-02T00:00:00Z'), sortInstant('2025-01-03T00:00:00Z')]
    expect(await list({ facts: [], since })).toEqual(['c', 'b'])
    expect(await list({ facts: [], until })).toEqual(['b', 'a'])
    expect(await list({ facts: tags('x'), since, until })).toEqual(['b'])
  })

  it('finds a sealed run by its record hash', async () => {
    const t = tenant()
    const run = makeRun('a', { sealed: true })
    await store().insertRuns(t, [run, makeRun('b', { sealed: true })])
    expect(await listAll(store(), t, { facts: [{ kind: 'record_hash', value: run.recordHash! }] }, 9)).toEqual(['a'])
  })

  it('counts no further than it is asked to', async () => {
    const t = tenant()
    await store().insertRuns(
      t,
      Array.from({ length: 12 }, (_, index) => makeRun(`${index}`, { agent: index < 5 ? 'few' : 'many' })),
    )
    const few: RunFilter = { facts: [{ kind: 'agent_id', value: 'few' }] }
    expect(await store().countRuns(t, few, 100)).toBe(5)
    expect(await store().countRuns(t, few, 3)).toBe(3)
    expect(await store().countRuns(t, { facts: [] }, 100)).toBe(12)
    const both: RunFilter = { facts: [...few.facts, { kind: 'status', value: 'completed' }] }
    expect(await store().countRuns(t, both, 100)).toBe(5)
    expect(await store().countRuns(tenant(), few, 100)).toBe(0)
  })

  it('lists the values of a kind of fact with the newest run of each', async () => {
    const t = tenant()
    const servers = ['gamma', 'alpha', 'é', 'Zeta', 'alpha', 'gamma']
    await store().insertRuns(
      t,
      servers.map((value, index) =>
        makeRun(`run ${index}`, {
          facts: [{ kind: 'mcp_server', value }],
          startedAt: `2025-01-0${6 - index}T00:00:00Z`,
        }),
      ),
    )
    const first = await store().listFactValues(t, 'mcp_server', { limit: 3 })
    expect(first.items.map(({ value, lastRunId }) => [value, lastRunId])).toEqual([
      ['Zeta', 'run 3'],
      ['alpha', 'run 1'],
      ['gamma', 'run 0'],
    ])
    expect(first.items[1]?.lastAt).toBe(sortInstant('2025-01-05T00:00:00Z'))
    const second = await store().listFactValues(t, 'mcp_server', { limit: 3, after: first.next! })
    expect(second).toMatchObject({ items: [{ value: 'é' }], next: undefined })
    expect((await store().listFactValues(t, 'tool', { limit: 3 })).items).toEqual([])
    expect((await store().listFactValues(tenant(), 'mcp_server', { limit: 3 })).items).toEqual([])
  })

  it('tells what was received before a moment, oldest first', async () => {
    const t = tenant()
    for (const id of ['a', 'b', 'c']) {
      clock.advance(1000)
      await store().insertRuns(t, [makeRun(id)])
    }
    const now = clock.now()
    clock.advance(1)
    expect(await store().listReceivedBefore(t, now, 9)).toEqual(['a', 'b'])
    expect(await store().listReceivedBefore(t, clock.now(), 9)).toEqual(['a', 'b', 'c'])
    expect(await store().listReceivedBefore(t, now, 1)).toEqual(['a'])
    await store().eraseRun(t, 'a', { scope: 'record', tombstone: undefined }, {})
    expect(await store().listReceivedBefore(t, now, 9)).toEqual(['b'])
    expect(await store().listReceivedBefore(tenant(), now, 9)).toEqual([])
  })
}
