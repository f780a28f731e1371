import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { createEventHub } from '../../src/stream/event-hub.ts'
import { quickStart, startServer, type TestServer } from '../http/start-app.ts'
import { openEvents } from './event-source.ts'
import { afterTest, bodyOf, type Client, exampleLines, meant, startClient, temporaryFolder } from './setup.ts'

const listening = async (): Promise<{ client: Client; url: string }> => {
  const client = await startClient()
  const { url } = await client.server.listen()
  return { client, url }
}

const kinds = (events: readonly { type: string; data: { run_id: string } }[]): string[] =>
  events.map(({ type, data }) => `${type} ${data.run_id}`)

describe('the stream of events', () => {
  it('sends its headers at once, then what happens to the runs of this tenant', async () => {
    const { client, url } = await listening()
    const source = await openEvents(url, client.key)
    expect(source.response.statusCode).toBe(200)
    expect(source.response.headers).toMatchObject({
      'x-agent-run-protocol': '1.0.0',
      'content-type': expect.stringContaining('text/event-stream') as unknown,
    })
    const other = await client.as({ tenant: 'b' })
    await other.send('POST', '/runs', quickStart('foreign'))
    const posted = await client.send('POST', '/runs', { ...quickStart('1'), status: 'running' })
    await client.send('PATCH', '/runs/1', { outcome: 'success' }, { 'if-match': `"${posted.json.etag}"` })
    await client.send('PATCH', '/runs/1', { status: 'completed' }, await meant(client, '/runs/1'))
    await client.send('PUT', '/runs/1/eval', { pass: true, score: 1 })
    const events = await source.until(4)
    expect(kinds(events)).toEqual(['run.created 1', 'run.updated 1', 'run.completed 1', 'run.eval_attached 1'])
    expect(new Set(events.map(({ id }) => id)).size).toBe(4)
    expect(events[2]?.data.run).toMatchObject({ id: '1', status: 'completed', outcome: 'success' })
  })

  it.each(['completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'])(
    'tells once that a run is %s',
    async (status) => {
      const { client, url } = await listening()
      const source = await openEvents(url, client.key)
      await client.send('POST', '/runs', { ...quickStart('whole'), status })
      await client.send('POST', '/runs', { ...quickStart('patched'), status: 'running' })
      await client.send('PATCH', '/runs/patched', { status }, await meant(client, '/runs/patched'))
      await client.send('PATCH', '/runs/patched', { status, outcome: 'partial' }, await meant(client, '/runs/patched'))
      const events = await source.until(5)
      expect(kinds(events)).toEqual([
        'run.created whole',
        'run.completed whole',
        'run.created patched',
        'run.completed patched',
        'run.updated patched',
      ])
    },
  )

  it('tells of a live run as it goes on, and once that it is over', async () => {
    const { client, url } = await listening()
    const source = await openEvents(url, client.key)
    for (const line of exampleLines()) await client.send('POST', '/runs/run_2300/events', `${line}\n`)
    await client.send('POST', '/runs/run_2300/events', bodyOf(exampleLines()))
    const events = await source.until(exampleLines().length)
    const completed = kinds(events).filter((each) => each === 'run.completed run_2300')
    expect([kinds(events)[0], completed.length]).toEqual(['run.created run_2300', 1])
    expect(events.at(-1)?.data.run).toMatchObject({ live: false, sealed: true, status: 'completed' })
  })

  it('goes on exactly after the last event, nothing lost and nothing twice', async () => {
    const { client, url } = await listening()
    const first = await openEvents(url, client.key)
    for (let n = 0; n < 5; n++) await client.send('POST', '/runs', quickStart(`${n}`))
    const events = await first.until(10)
    first.close()
    for (let n = 5; n < 8; n++) await client.send('POST', '/runs', quickStart(`${n}`))
    const all = [...Array(8).keys()].flatMap((n) => [`run.created ${n}`, `run.completed ${n}`])
    for (const at of [0, 3, 9]) {
      const source = await openEvents(url, client.key, events[at]?.id)
      expect(kinds(await source.until(15 - at))).toEqual(all.slice(at + 1))
      source.close()
    }
  })

  it('gives a place to go on from before the first event', async () => {
    const { client, url } = await listening()
    await client.send('POST', '/runs', quickStart('before'))
    const first = await openEvents(url, client.key)
    while (first.lastId === '') await new Promise((resolve) => setImmediate(resolve))
    first.close()
    await client.send('POST', '/runs', quickStart('after'))
    const second = await openEvents(url, client.key, first.lastId)
    expect(kinds(await second.until(2))).toEqual(['run.created after', 'run.completed after'])
  })

  it('goes on after a restart of the server', async () => {
    const url = `sqlite:${join(temporaryFolder(), 'store.db')}`
    const start = async (): Promise<TestServer> => startServer({ store: await openStore(url) })
    const one = await start()
    const key = await one.key()
    const before = await openEvents((await one.listen()).url, key)
    const post = (server: TestServer, id: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/runs',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        payload: JSON.stringify(quickStart(id)),
      })
    await post(one, '1')
    const [event] = await before.until(2)
    await one.stop()
    await before.ended
    const two = await start()
    afterTest(() => two.stop())
    await post(two, '2')
    const after = await openEvents((await two.listen()).url, key, event?.id)
    expect(kinds(await after.until(3))).toEqual(['run.completed 1', 'run.created 2', 'run.completed 2'])
  })

  it('tells what another process has written', async () => {
    const url = `sqlite:${join(temporaryFolder(), 'store.db')}`
    const one = await startServer({ store: await openStore(url) })
    const two = await startServer({ store: await openStore(url) })
    afterTest(() => Promise.all([one.stop(), two.stop()]))
    const key = await one.key()
    const source = await openEvents((await one.listen()).url, key)
    for (const id of ['1', '2'])
      await two.app.inject({
        method: 'POST',
        url: '/api/v1/runs',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        payload: JSON.stringify(quickStart(id)),
      })
    expect(kinds(await source.until(4))).toEqual([
      'run.created 1',
      'run.completed 1',
      'run.created 2',
      'run.completed 2',
    ])
  })

  it('refuses ids that this server did not give to this tenant', async () => {
    const { client, url } = await listening()
    await client.send('POST', '/runs', quickStart('1'))
    const source = await openEvents(url, client.key, undefined)
    await client.send('POST', '/runs', quickStart('2'))
    const [event] = await source.until(1)
    const other = await client.as({ tenant: 'b' })
    for (const [key, id] of [
      [other.key, event?.id],
      [client.key, '1'],
      [client.key, 'abc'],
      [client.key, `${event?.id}A`],
      [client.key, client.server.app.prefix],
    ] as const) {
      const answer = await client.send('GET', '/runs/stream', undefined, {
        accept: 'text/event-stream',
        'last-event-id': id ?? '',
        'x-api-key': key,
      })
      expect([answer.status, answer.json.code]).toEqual([400, 'event.unknown'])
    }
  })

  it('says so when the events after an id are kept no longer', async () => {
    const { client, url } = await listening()
    const source = await openEvents(url, client.key)
    await client.send('POST', '/runs', quickStart('1'))
    const [first] = await source.until(2)
    await client.send('POST', '/runs', quickStart('2'))
    for (const id of ['3', '4']) {
      await client.server.store.forgetEvents('2999-01-01T00:00:00.000Z')
      const answer = await client.send('GET', '/runs/stream', undefined, {
        accept: 'text/event-stream',
        'last-event-id': first?.id ?? '',
      })
      expect([answer.status, answer.json.code]).toEqual([400, 'event.unknown'])
      await client.send('POST', '/runs', quickStart(id))
    }
  })

  it('is the run called "stream" for whoever accepts no events', async () => {
    const client = await startClient()
    expect((await client.send('GET', '/runs/stream')).json.code).toBe('run.unknown')
    await client.send('POST', '/runs', quickStart('stream'))
    expect((await client.send('GET', '/runs/stream', undefined, { accept: 'application/json' })).json.id).toBe('stream')
    expect((await client.send('GET', '/runs/stream/verify')).status).toBe(200)
    expect(
      (await client.send('PATCH', '/runs/stream', { outcome: 'success' }, await meant(client, '/runs/stream'))).json
        .outcome,
    ).toBe('success')
  })

  it('tells nothing of a run that was erased', async () => {
    const { client, url } = await listening()
    const first = await openEvents(url, client.key)
    await client.send('POST', '/runs', quickStart('1'))
    await client.send('POST', '/runs', quickStart('2'))
    const events = await first.until(4)
    await client.send('DELETE', '/runs/1?scope=record')
    await client.send('POST', '/runs', quickStart('3'))
    const second = await openEvents(url, client.key, events[0]?.id)
    expect(kinds(await second.until(4))).toEqual([
      'run.created 2',
      'run.completed 2',
      'run.created 3',
      'run.completed 3',
    ])
  })

  it('answers HEAD with headers alone', async () => {
    const client = await startClient()
    const answer = await client.send('HEAD', '/runs/stream', undefined, { accept: 'text/event-stream' })
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers['content-type']).toContain('text/event-stream')
  })

  it('ends when the server stops', async () => {
    const server = await startServer()
    const key = await server.key()
    const source = await openEvents((await server.listen()).url, key)
    await server.stop()
    await source.ended
    expect(source.response.complete).toBe(true)
  })

  it('needs a key that may read', async () => {
    const { client, url } = await listening()
    const writer = await client.as({ scopes: ['runs:write'] })
    expect((await openEvents(url, writer.key)).response.statusCode).toBe(403)
    expect((await openEvents(url, 'none')).response.statusCode).toBe(401)
  })
})

describe('the hub', () => {
  it('asks for other processes’ events only while somebody listens', async () => {
    let asked = 0
    let newest = 0
    let told: ((tenant: string) => void) | undefined
    const hub = createEventHub(
      {
        eventRange: async () => {
          asked++
          return { oldest: 0, newest }
        },
        onEvents: (listener) => {
          told = listener
          return () => {
            told = undefined
          }
        },
      },
      1,
    )
    const wait = () => new Promise((resolve) => setTimeout(resolve, 20))
    let woken = 0
    const stop = hub.listen('a', () => woken++)
    await wait()
    const before = woken
    newest = 5
    await wait()
    expect(woken).toBe(before + 1)
    told?.('b')
    expect(woken).toBe(before + 1)
    told?.('a')
    expect(woken).toBe(before + 2)
    stop()
    expect(told).toBeUndefined()
    await wait()
    const last = asked
    await wait()
    expect(asked).toBe(last)
  })
})
