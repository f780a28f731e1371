import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { openStore } from '../../src/store/open-store.ts'
import { connectionOf, createPool } from '../../src/store/postgres/connection.ts'
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts'
import type { Store } from '../../src/store/store.ts'
import { makeRun } from '../store/suite/runs.ts'
import { type Cluster, createCluster } from './cluster.mjs'
import { createDatabase, execute, openClient } from './database.mjs'

/** What an insert into a table of a store is answered with, for as long as `while` holds. */
const raiseOn = (table: string, code: string, condition = 'true'): string => `
  CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN IF ${condition} THEN RAISE EXCEPTION 'as a test wants it' USING ERRCODE = '${code}'; END IF; RETURN NEW; END $$;
  CREATE TRIGGER fail BEFORE INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION fail()`

const withStore = async (work: (store: Store, url: string) => Promise<void>): Promise<void> => {
  const { url, drop } = await createDatabase()
  const store = await openStore(url)
  try {
    await work(store, url)
  } finally {
    await store.close()
    await drop()
  }
}

describe.skipIf(!tool('postgres'))('a store in PostgreSQL', () => {
  it.each([
    ['53100', 'store.full'],
    ['25006', 'store.read_only'],
    ['57014', 'store.busy'],
    ['XX001', 'store.corrupt'],
    ['58030', 'store.unavailable'],
  ])('says of error %s that it is %s, and goes on when that is over', async (code, fault) => {
    await withStore(async (store, url) => {
      await execute(url, raiseOn('bodies', code))
      const runs = ['a', 'b', 'c'].map((id) => store.insertRuns('t', [makeRun(id)]))
      for (const run of runs) await expect(run).rejects.toMatchObject({ code: fault })
      expect(await store.readRun('t', 'a')).toBeUndefined()
      await execute(url, 'DROP FUNCTION fail CASCADE')
      expect(await store.insertRuns('t', [makeRun('a')])).toMatchObject([{ outcome: 'created' }])
      expect(await store.eventRange('t')).toEqual({ oldest: 1, newest: 1 })
    })
  })

  it('is not ready again before a full disk has room, although a small row fits', async () => {
    await withStore(async (store, url) => {
      const isLarge = 'octet_length(NEW.value) > 1000'
      await execute(url, raiseOn('bodies', '53100'))
      await execute(
        url,
        raiseOn('store_values', '53100', isLarge).replaceAll('fail', 'fail_large').replace('STATEMENT', 'ROW'),
      )
      await store.probe()
      await expect(store.insertRuns('t', [makeRun('a')])).rejects.toMatchObject({ code: 'store.full' })
      await expect(store.probe()).rejects.toMatchObject({ code: 'store.full' })
      await expect(store.probe()).rejects.toMatchObject({ code: 'store.full' })
      await execute(url, 'DROP FUNCTION fail CASCADE; DROP FUNCTION fail_large CASCADE')
      await store.probe()
      expect(await execute(url, "SELECT name FROM store_values WHERE name = 'large_probe'")).toEqual([])
    })
  })

  it.each(['40001', '40P01'])('tries again after conflict %s, and stores once', async (code) => {
    await withStore(async (store, url) => {
      await execute(url, `CREATE SEQUENCE tries; ${raiseOn('bodies', code, "nextval('tries') < 4")}`)
      expect(await store.insertRuns('t', [makeRun('a')])).toMatchObject([{ outcome: 'created' }])
      expect(await execute(url, "SELECT nextval('tries')::int AS tries")).toEqual([{ tries: 5 }])
      expect(await store.eventRange('t')).toEqual({ oldest: 1, newest: 1 })
    })
  })

  it('gives up on a conflict that does not end', async () => {
    await withStore(async (store, url) => {
      await execute(url, raiseOn('bodies', '40001'))
      await expect(store.insertRuns('t', [makeRun('a')])).rejects.toMatchObject({ code: 'store.busy' })
    })
  })

  it('stores what came together with something that cannot be stored', async () => {
    await withStore(async (store) => {
      const wrong = store.insertRuns('t', [makeRun('b'), makeRun('c')], {
        idempotency: { key: 'k', requestDigest: 'd' },
      })
      const others = ['a', 'd', 'e'].map((id) => store.insertRuns('t', [makeRun(id)]))
      await expect(wrong).rejects.toThrow(TypeError)
      for (const other of others) expect(await other).toMatchObject([{ outcome: 'created' }])
      expect(await store.readRun('t', 'b')).toBeUndefined()
    })
  })

  it('waits for the disk also where commits need not', async () => {
    const { url, drop } = await createDatabase()
    await execute(
      url,
      `ALTER ROLE CURRENT_USER IN DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`,
    )
    const pool = createPool({ url, connections: 1, statementMs: 10_000 })
    try {
      expect(await connectionOf(pool).all('SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
      expect(await execute(url, 'SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'off' }])
    } finally {
      await pool.end()
      await drop()
    }
  })

  it('waits for a writer that does not end only so long', async () => {
    const { url, drop } = await createDatabase()
    const own = await openStore(url)
    const pool = (): ReturnType<typeof createPool> => createPool({ url, connections: 1, statementMs: 2_000 })
    const store = createPostgresStore({ readers: pool(), writers: pool() }, () => new Date().toISOString())
    const other = await openClient(url)
    try {
      await store.insertRuns('t', [makeRun('a')])
      await other.query("BEGIN; SELECT * FROM tenants WHERE tenant = 't' FOR UPDATE")
      await expect(store.insertRuns('t', [makeRun('b')])).rejects.toMatchObject({ code: 'store.busy' })
      expect(await store.readRun('t', 'a')).toMatchObject({ id: 'a' })
      await other.query('ROLLBACK')
      expect(await store.insertRuns('t', [makeRun('b')])).toMatchObject([{ outcome: 'created' }])
    } finally {
      await other.end()
      await store.close()
      await own.close()
      await drop()
    }
  })

  it('migrates whole steps or nothing, and goes on where that failed', async () => {
    const { url, drop } = await createDatabase()
    // In the way of the last table but one.
    await execute(url, 'CREATE TABLE api_keys (stranger text)')
    const store = await openStore(url)
    try {
      expect((await store.migrations()).applied).toEqual([])
      await expect(store.migrate()).rejects.toMatchObject({ code: '42P07' })
      expect((await store.migrations()).applied).toEqual([])
      expect(await execute(url, "SELECT to_regclass('runs') AS runs")).toEqual([{ runs: null }])
      await expect(store.insertRuns('t', [makeRun('a')])).rejects.toMatchObject({ code: 'store.read_only' })
      await execute(url, 'DROP TABLE api_keys')
      await Promise.all([store.migrate(), store.migrate()])
      expect(await store.insertRuns('t', [makeRun('a')])).toMatchObject([{ outcome: 'created' }])
    } finally {
      await store.close()
      await drop()
    }
  })

  it('refuses a database that cannot hold every character', async () => {
    const { url, drop } = await createDatabase({ encoding: 'LATIN1' })
    try {
      await expect(openStore(url)).rejects.toThrow('LATIN1')
    } finally {
      await drop()
    }
  })

  it('gets its tables once, however many open it at the same time', async () => {
    const { url, drop } = await createDatabase()
    const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(url)))
    try {
      const secrets = await Promise.all(stores.map((store) => store.secret()))
      expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1)
      expect(secrets[0]?.length).toBe(32)
      expect(await execute(url, 'SELECT count(*)::int AS count FROM migrations')).toEqual([{ count: 1 }])
    } finally {
      await Promise.all(stores.map((store) => store.close()))
      await drop()
    }
  })

  it('keeps positions without gaps while many processes write for many tenants', async () => {
    await withStore(async (store, url) => {
      const others = await Promise.all([openStore(url), openStore(url), openStore(url)])
      const stores = [store, ...others]
      try {
        const writes = Array.from({ length: 400 }, (_, n) => ({ n, tenant: `t${n % 5}`, store: stores[n % 4]! }))
        // Half of the ids are sent twice, by different processes.
        const results = await Promise.all(
          writes.map(({ n, tenant, store }) => store.insertRuns(tenant, [makeRun(`run ${n % 300}`)])),
        )
        expect(results.filter(([result]) => result?.outcome === 'created').length).toBe(300)
        expect(results.filter(([result]) => result?.outcome === 'same').length).toBe(100)
        for (let t = 0; t < 5; t++) {
          const positions = (await store.readEvents(`t${t}`, 0, 1_000)).map(({ position }) => position)
          expect(positions).toEqual(Array.from({ length: 60 }, (_, n) => n + 1))
        }
      } finally {
        await Promise.all(others.map((other) => other.close()))
      }
    })
  })
})

describe.skipIf(!tool('initdb'))('a store in a PostgreSQL that goes away', () => {
  let cluster: Cluster
  let store: Store
  beforeAll(async () => {
    cluster = await createCluster({ durable: true })
    store = await openStore(cluster.url())
  })
  afterAll(async () => {
    await store?.close()
    await cluster?.destroy()
  })

  it('works again after a restart that it did not notice', async () => {
    await store.insertRuns('t', [makeRun('a')])
    await cluster.stop('fast')
    await cluster.start()
    expect(await store.insertRuns('t', [makeRun('b')])).toMatchObject([{ outcome: 'created' }])
    expect(await store.readRun('t', 'a')).toMatchObject({ id: 'a' })
  })

  it('says that it is unavailable as long as that is so, and works by itself afterwards', async () => {
    await cluster.stop('immediate')
    await expect(store.insertRuns('t', [makeRun('c')])).rejects.toMatchObject({ code: 'store.unavailable' })
    await expect(store.readRun('t', 'a')).rejects.toMatchObject({ code: 'store.unavailable' })
    await expect(store.probe()).rejects.toMatchObject({ code: 'store.unavailable' })
    await cluster.start()
    await store.probe()
    expect(await store.insertRuns('t', [makeRun('c')])).toMatchObject([{ outcome: 'created' }])
  })

  it('acknowledges nothing that a crash takes away', async () => {
    const acknowledged: string[] = []
    let isOver = false
    const writing = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; !isOver; n++) {
        const id = `crash ${writer} ${n}`
        const stored = await store.insertRuns('t', [makeRun(id)]).catch(() => undefined)
        if (stored !== undefined) acknowledged.push(id)
        else await sleep(20)
      }
    })
    const more = async (): Promise<void> => {
      for (const wanted = acknowledged.length + 20; acknowledged.length < wanted; ) await sleep(5)
    }
    for (let crash = 0; crash < 2; crash++) {
      await more()
      await cluster.stop('immediate')
      await cluster.start()
    }
    await more()
    isOver = true
    await Promise.all(writing)
    for (const id of acknowledged) expect(await store.readRun('t', id)).toMatchObject({ id })
    const { oldest, newest } = await store.eventRange('t')
    expect((await store.readEvents('t', 0, 1_000_000)).length).toBe(newest - oldest + 1)
  })
})
