import { expect, it } from 'vitest'
import { createClient } from '../../src/client/index.ts'
import { readEventStream } from '../../src/client/server-sent-events.ts'
import { problem, type Reply, scripted } from './scripted-server.ts'

const clientOf = (url: string) => createClient({ url, wait: async () => undefined, random: () => 0 })
const event = (id: string, run: string): string =>
  `id: ${id}\nevent: run.created\ndata: ${JSON.stringify({ type: 'run.created', run_id: run, run: { id: run } })}\n\n`
/** Sends this much of a stream and breaks off. */
const stream =
  (text: string): Reply =>
  (_asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text)
    setTimeout(() => response.socket?.destroy(), 20)
    return undefined
  }
const firstEvents = async (url: string, count: number, after?: string): Promise<string[]> => {
  const found: string[] = []
  for await (const { event_id, run_id } of clientOf(url).stream(after === undefined ? {} : { after })) {
    found.push(`${event_id} ${run_id}`)
    if (found.length === count) break
  }
  return found
}

it('goes on after the last event when the connection breaks, even in the middle of one', async () => {
  const cut = event('2', 'b').slice(0, -1)
  const { url, asked } = await scripted(
    stream(`: hello\n\n${event('1', 'a')}${cut}`),
    problem(503, 'store.unavailable'),
    stream(event('2', 'b') + event('3', 'c')),
  )
  expect(await firstEvents(url, 3)).toEqual(['1 a', '2 b', '3 c'])
  expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1', '1'])
  expect(asked[0]?.headers.accept).toBe('text/event-stream')
})

it('goes on where the server said it was, even if nothing had happened before the break', async () => {
  const { url, asked } = await scripted(stream('id: 41\n\n'), stream(event('42', 'a')))
  expect(await firstEvents(url, 1)).toEqual(['42 a'])
  expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '41'])
})

it('begins after an event that the caller names, and says if the server does not know it', async () => {
  const { url, asked } = await scripted(problem(400, 'event.unknown'))
  await expect(firstEvents(url, 1, 'mine')).rejects.toMatchObject({ code: 'event.unknown' })
  expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual(['mine'])
})

it('ends quietly when its signal says so', async () => {
  const { url } = await scripted((_asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(event('1', 'a'))
    return undefined
  })
  const controller = new AbortController()
  const found: string[] = []
  const onOpen = () => void found.push('open')
  for await (const { run_id } of clientOf(url).stream({ signal: controller.signal, onOpen })) {
    found.push(run_id)
    controller.abort()
  }
  expect(found).toEqual(['open', 'a'])
})

it.each([1, 2, 3, 7, 1000])('reads events in pieces of %i octets, with any line ends', async (size) => {
  const text =
    'retry: 10\r\ndata: ä\r\ndata:  b\nid: 7\r\revent: x\ndata\n: quiet\n\nid: 8\n\nid: bad\0\ndata: c\n\ndata: torn'
  const octets = new TextEncoder().encode(text)
  async function* pieces() {
    for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size)
  }
  const parts: unknown[] = []
  for await (const part of readEventStream(pieces(), '', 1000)) parts.push(part)
  expect(parts).toEqual([
    { retry: 10 },
    { event: { type: 'message', data: 'ä\n b', id: '7' } },
    { event: { type: 'x', data: '', id: '7' } },
    { id: '8' },
    { event: { type: 'message', data: 'c', id: '8' } },
  ])
})
