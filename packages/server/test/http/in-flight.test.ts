import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAnswer, type RawAnswer, sendRaw } from './raw.ts'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
let port: number
let key: string
const MB = 1024 * 1024
const open: Stalled[] = []

beforeAll(async () => {
  server = await startServer({ limits: { in_flight_octets: 4 * MB } })
  key = await server.key()
  port = (await server.listen()).port
})
afterAll(() => {
  for (const stalled of open) stalled.end()
  return server.stop()
})

const head = (length: number, path = '/api/v1/runs', type = 'application/json'): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`
const record = (octets: number): Buffer => Buffer.from(JSON.stringify({ ...quickStart(), notes: 'x'.repeat(octets) }))

interface Stalled {
  end(): void
}

/** Sends most of a body and then nothing more; again if another request was there first and this one is refused. */
const stall = (octets: number, path?: string, type?: string): Stalled => {
  let socket: Socket
  const begin = (): void => {
    socket = connect({ port, host: '127.0.0.1' })
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.destroy()
      begin()
    })
    socket.write(head(octets + 1, path, type))
    socket.write(Buffer.alloc(octets, 0x20))
  }
  begin()
  const stalled = { end: (): unknown => socket.destroy() }
  open.push(stalled)
  return stalled
}
const post = async (octets: number): Promise<RawAnswer> => {
  const body = record(octets)
  return parseAnswer(await sendRaw(port, [head(body.length), body]))
}
const until = async (octets: number, status: number): Promise<RawAnswer> => {
  for (;;) {
    const answer = await post(octets)
    if (answer.status === status) return answer
    await new Promise((next) => setTimeout(next, 20))
  }
}
const release = async (stalled: readonly Stalled[]): Promise<void> => {
  for (const each of stalled) each.end()
  // More than the bound: it passes when nothing is held any more.
  await until(6 * MB, 201)
}

describe('what all bodies hold together has a bound', () => {
  test('beyond it a large one is 503 with Retry-After, a small one passes, and it ends with those that hold it', async () => {
    const stalled = [stall(2 * MB - 1024), stall(2 * MB - 1024)]
    const refused = await until(MB, 503)
    expect(JSON.parse(refused.body).code).toBe('server.busy')
    expect([refused.headers['retry-after'], refused.headers['content-type']]).toEqual(['1', 'application/problem+json'])
    expect((await post(10_000)).status).toBe(201)
    await release(stalled)
  })

  test('the lines of a batch that wait for their end count as well', async () => {
    const stalled = [1, 2].map(() => stall(2 * MB, '/api/v1/runs:batch', 'application/x-ndjson'))
    expect(JSON.parse((await until(MB, 503)).body).code).toBe('server.busy')
    await release(stalled)
  })

  test('one that is alone passes, however large, time after time', async () => {
    for (let n = 0; n < 3; n++) expect((await post(6 * MB)).status).toBe(201)
  })

  test('what is answered with an error is let go', async () => {
    for (let n = 0; n < 6; n++) {
      const body = Buffer.alloc(MB, 0x20)
      expect(parseAnswer(await sendRaw(port, [head(body.length), body])).status).toBe(400)
    }
    expect((await Promise.all([post(MB), post(MB), post(MB)])).map(({ status }) => status)).toEqual([201, 201, 201])
  })
})
