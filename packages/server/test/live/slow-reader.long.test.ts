import { expect, it } from 'vitest'
import { type ServerProcess, startServer } from '../client/server-process.ts'
import { quickStart } from '../http/start-app.ts'
import { openEvents } from './event-source.ts'

const READERS = 20
const BATCHES = 60
const RUNS = 100
/** Octets of an event: with its summary a few kilobytes. */
const tags = Array.from({ length: 40 }, (_, n) => `tag-${n}-${'x'.repeat(60)}`)

const memoryOf = async (server: ServerProcess): Promise<number> => {
  const text = await (await fetch(`${server.url}/metrics`, { headers: { 'x-api-key': server.key } })).text()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1])
}

const post = async (server: ServerProcess, batch: number): Promise<void> => {
  const lines = Array.from({ length: RUNS }, (_, n) => JSON.stringify({ ...quickStart(`${batch}-${n}`), tags }))
  const answer = await fetch(`${server.url}/api/v1/runs:batch`, {
    method: 'POST',
    headers: { 'x-api-key': server.key, 'content-type': 'application/x-ndjson' },
    body: `${lines.join('\n')}\n`,
  })
  await answer.text()
  expect(answer.status).toBe(200)
}

it('readers that take nothing cost no memory, and get everything when they go on', async () => {
  const server = await startServer(undefined, '--rate', '0')
  const sources = await Promise.all(Array.from({ length: READERS }, () => openEvents(server.url, server.key)))
  for (const { response } of sources) response.pause()
  for (let batch = 0; batch < BATCHES / 3; batch++) await post(server, batch)
  const before = await memoryOf(server)
  for (let batch = BATCHES / 3; batch < BATCHES; batch++) await post(server, batch)
  const after = await memoryOf(server)
  const untold = READERS * RUNS * 2 * (BATCHES - BATCHES / 3) * tags.join().length
  console.log(
    `${READERS} readers behind by ${Math.round(untold / 2 ** 20)} MiB: ${Math.round(before / 2 ** 20)} → ${Math.round(after / 2 ** 20)} MiB`,
  )
  expect(untold).toBeGreaterThan(2 ** 28)
  expect(after - before).toBeLessThan(2 ** 26)
  const [source] = sources
  source?.response.resume()
  const got: string[] = []
  for (let reader = source; reader !== undefined && got.length < RUNS * 2 * BATCHES; ) {
    // A reader that took nothing for half a minute was cut off; it comes back with its last event.
    await Promise.race([reader.until(RUNS * 2 * BATCHES - got.length), reader.ended])
    got.push(...reader.events.map(({ type, data }) => `${type} ${data.run_id}`))
    if (got.length < RUNS * 2 * BATCHES) reader = await openEvents(server.url, server.key, reader.lastId)
  }
  const all = Array.from({ length: BATCHES * RUNS }, (_, n) => `${Math.floor(n / RUNS)}-${n % RUNS}`)
  expect(got).toEqual(all.flatMap((id) => [`run.created ${id}`, `run.completed ${id}`]))
})
