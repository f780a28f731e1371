import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { keepArrivals } from '../../src/run/arrivals.ts'

/** A server that takes everything, or nothing, and what is kept of what it is sent. */
const serve = async (most: number, status: number) => {
  const server = createServer((request, response) =>
    request.resume().once('end', () => response.writeHead(status).end()),
  )
  const arrivals = keepArrivals(server, most, () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (body: Uint8Array, headers = {}) =>
    fetch(`${url}/runs`, { method: 'POST', body: body as BodyInit, headers })
  /** Takes no more, and waits until every answer is through. */
  const close = async (): Promise<void> => {
    server.close()
    server.closeIdleConnections()
    await once(server, 'close')
  }
  return { arrivals, post, close }
}
const kept = (all: readonly { octets: Uint8Array }[]): number => all.reduce((sum, { octets }) => sum + octets.length, 0)
const gzip = { 'content-encoding': 'gzip' }

it('keeps what was sent, and inflates it', async () => {
  const { arrivals, post, close } = await serve(1e6, 200)
  await post(Buffer.from('as it is'))
  await post(gzipSync('small'), gzip)
  await close()
  expect(arrivals.all.length).toBe(2)
  expect(arrivals.all.map(({ octets }) => Buffer.from(octets).toString())).toEqual(['as it is', 'small'])
})

it('keeps no more than it may of what inflates to much', async () => {
  const { arrivals, post, close } = await serve(1e6, 200)
  const bomb = gzipSync(Buffer.alloc(400_000))
  for (let n = 0; n < 10; n++) await post(bomb, gzip)
  await close()
  expect(arrivals.all.length).toBe(10)
  expect(kept(arrivals.all)).toBe(800_000)
  expect(arrivals.total).toBeGreaterThan(800_000)
})

it('counts each request, and keeps nothing of those that were refused', async () => {
  const { arrivals, post, close } = await serve(1e6, 400)
  for (let n = 0; n < 10; n++) await post(Buffer.from('x'))
  await close()
  expect(arrivals.all.length).toBe(10)
  expect(kept(arrivals.all)).toBe(0)
  expect(arrivals.total).toBeGreaterThan(10 * 256)
})
