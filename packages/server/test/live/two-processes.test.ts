import { join } from 'node:path'
import { canonicalize } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { openStore } from '../../src/store/open-store.ts'
import { quickStart, startServer } from '../http/start-app.ts'
import { createDatabase } from '../postgres/database.mjs'
import { openEvents } from './event-source.ts'
import {
  afterTest,
  bodyOf,
  type Client,
  clientOf,
  meant,
  recordRun,
  scopes,
  serverKey,
  temporaryFolder,
} from './setup.ts'

const engines: Readonly<Record<string, () => Promise<string>>> = {
  SQLite: async () => `sqlite:${join(temporaryFolder(), 'store.db')}`,
  ...(tool('postgres')
    ? {
        PostgreSQL: async () => {
          const database = await createDatabase()
          afterTest(() => database.drop())
          return database.url
        },
      }
    : {}),
}

/** Two servers over one store, each with connections and a memory of its own. */
const startTwo = async (place: () => Promise<string>): Promise<readonly [Client, Client]> => {
  const url = await place()
  const one = await startServer({ store: await openStore(url), serverKey })
  afterTest(() => one.stop())
  const two = await startServer({ store: await openStore(url), serverKey })
  afterTest(() => two.stop())
  const key = await one.key({ scopes })
  return [clientOf(one, key), clientOf(two, key)]
}

describe.each(Object.keys(engines))('two processes on one %s', (engine) => {
  const start = () => startTwo(engines[engine] as () => Promise<string>)

  it('take turns with the lines of a journal', async () => {
    const clients = await start()
    const { record, lines } = await recordRun()
    for (const [n, line] of lines.entries())
      expect((await (clients[n % 2] as Client).send('POST', `/runs/${record.id}/events`, `${line}\n`)).status).toBe(200)
    for (const client of clients) {
      expect((await client.send('GET', `/runs/${record.id}`)).text).toBe(canonicalize(record))
      expect((await client.send('GET', `/runs/${record.id}/events`)).text).toBe(bodyOf(lines))
    }
  })

  it('tell every event once and in one order, to whoever listens wherever', async () => {
    const [one, two] = await start()
    const urls = [(await one.server.listen()).url, (await two.server.listen()).url] as const
    const sources = await Promise.all(urls.map((url) => openEvents(url, one.key)))
    const runs = Array.from({ length: 30 }, (_, n) => ({ ...quickStart(`${n}`), status: 'running' }))
    await Promise.all(runs.map((run, n) => (n % 2 === 0 ? one : two).send('POST', '/runs', run)))
    await Promise.all(
      runs.map(async ({ id }, n) => {
        const client = n % 3 === 0 ? one : two
        const path = `/runs/${id}`
        await client.send('PATCH', path, { status: 'completed' }, await meant(client, path))
      }),
    )
    const [first, second] = (await Promise.all(sources.map((source) => source.until(60)))).map((events) =>
      events.map(({ id, type, data }) => `${id} ${type} ${data.run_id}`),
    )
    expect(first).toEqual(second)
    expect(new Set(first).size).toBe(60)
    // On the other process, from the middle on.
    const middle = sources[0]?.events[29]?.id
    const rest = await openEvents(urls[1], one.key, middle)
    expect((await rest.until(30)).map(({ id, type, data }) => `${id} ${type} ${data.run_id}`)).toEqual(first?.slice(30))
  })

  it('let one of two writers win', async () => {
    const [one, two] = await start()
    const { record, lines } = await recordRun()
    const path = `/runs/${record.id}/events`
    const both = await Promise.all([one.send('POST', path, bodyOf(lines)), two.send('POST', path, bodyOf(lines))])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(both[0]?.json.received).toEqual(both[1]?.json.received)
    expect((await one.send('GET', path)).text).toBe(bodyOf(lines))
    await one.send('POST', '/runs', { ...quickStart('p'), status: 'running' })
    const etag = String((await two.send('GET', '/runs/p')).headers.etag)
    const patches = await Promise.all(
      [one, two, one, two].map((client, n) =>
        client.send('PATCH', '/runs/p', { duration_ms: n }, { 'if-match': etag }),
      ),
    )
    expect(patches.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
    const evals = await Promise.all(
      [one, two, one].map((client, n) => client.send('PUT', '/runs/p/eval', { pass: true, score: n })),
    )
    expect(evals.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await two.send('GET', '/runs/p/evals')).json.evals.length).toBe(3)
  })

  it('erase for each other', async () => {
    const [one, two] = await start()
    const { record, lines } = await recordRun()
    await one.send('POST', `/runs/${record.id}/events`, bodyOf(lines))
    expect((await two.send('DELETE', `/runs/${record.id}?scope=private`)).status).toBe(200)
    expect((await one.send('GET', `/runs/${record.id}/events`)).text).not.toContain('"private"')
    expect(
      (await one.send('GET', `/runs/${record.id}/verify`)).json.checks.filter(
        ({ result }: { result: string }) => result === 'fail',
      ),
    ).toEqual([])
    expect((await one.send('DELETE', `/runs/${record.id}?scope=record`)).status).toBe(200)
    expect((await two.send('GET', `/runs/${record.id}`)).status).toBe(410)
  })
})
