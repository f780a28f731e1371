import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { quickStart } from '../http/start-app.ts'
import { createDatabase } from '../postgres/database.mjs'
import { afterTest, type Client, startClient } from './setup.ts'

const inMemory = async (): Promise<Store> => openStore('sqlite::memory:')
const inPostgres = async (): Promise<Store> => {
  const { url, drop } = await createDatabase()
  afterTest(drop)
  return openStore(url)
}

const post = async (client: Client, run: object): Promise<void> =>
  expect((await client.send('POST', '/runs', run)).status).toBe(201)

describe.each([
  { engine: 'SQLite', open: inMemory, skip: false },
  { engine: 'PostgreSQL', open: inPostgres, skip: !tool('postgres') },
])('U+0000, which no id and no column of $engine may have', ({ open, skip }) => {
  it.skipIf(skip)('is refused where an id of a run is asked for, and selects nothing elsewhere', async () => {
    const client = await startClient({ store: await open() })
    await post(client, quickStart('x'))
    for (const [path, parameter] of [
      ['/artifacts?run_id=%00', 'run_id'],
      ['/artifacts?turn_id=t&run_id=a%00b', 'run_id'],
      ['/approvals?run_id=%00', 'run_id'],
      ['/runs/x/diff?against=%00', 'against'],
    ] as const) {
      const { status, json } = await client.send('GET', path)
      expect([path, status, json.code, json.errors[0].parameter]).toEqual([path, 400, 'query.invalid_value', parameter])
    }
    for (const path of ['/artifacts?digest=%00', '/artifacts?turn_id=%00', '/runs?task_id=%00', '/runs?artifact=%00']) {
      const { status, json } = await client.send('GET', path)
      expect([path, status, json.artifacts ?? json.runs]).toEqual([path, 200, []])
    }
    expect((await client.send('GET', '/runs/%00')).status).toBe(422)
    expect((await client.send('GET', '/runs/x/steps/%00')).status).toBeLessThan(500)
  })

  it.skipIf(skip)('in an id that a stored record names is the id of no run', async () => {
    const client = await startClient({ store: await open() })
    const step = { id: 's', type: 'tool_call', started_at: null, child_run_id: 'c\0', status: 'succeeded' }
    await post(client, {
      ...quickStart('y'),
      turn_id: 't\0',
      parent_run_id: 'p\0',
      steps: [step],
      related: [{ relation: 'baseline', run_id: 'b\0' }],
    })
    expect((await client.send('GET', '/runs/y/diff?against=last_good')).json).toMatchObject({ against: null })
    const { status, json } = await client.send('GET', '/runs?turn_id=t%00&parent_run_id=p%00')
    expect([status, json.runs.length]).toEqual([200, 1])
    expect((await client.send('GET', '/artifacts?turn_id=t%00')).status).toBe(200)
  })

  it.skipIf(skip)('is no fault of the store itself', async () => {
    const store = await open()
    afterTest(() => store.close())
    const fact = { kind: 'task_id', value: 'a\0' } as const
    expect(await store.readRun('a', '\0')).toBeUndefined()
    expect(await store.listRuns('a', { facts: [fact] }, { limit: 1 })).toEqual({ items: [], next: undefined })
    expect(await store.countRuns('a', { facts: [fact] }, 9)).toBe(0)
    expect(await store.readDocuments('a', 'x\0', 'eval')).toEqual([])
    expect(await store.readJournal('a', 'x\0', { after: -1, afterSeq: 1, limit: 1 })).toEqual([])
  })
})
