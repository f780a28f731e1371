import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AgentRunError, digest } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import type { RequestError } from '../../src/client/index.ts'
import { createJournalFeed, type JournalFeedOptions } from '../../src/spool/index.ts'
import { describeJournal, portion, sendJournal } from '../../src/spool/journal-sender.ts'
import { temporaryFolder } from '../recorder/setup.ts'
import { down, refused } from './fake-client.ts'

const started = '{"seq":0,"data":{"id":"r-1"}}\n'
const line = (seq: number, length = 0): string => `{"seq":${seq},"data":{"x":"${'x'.repeat(length)}"}}\n`

/** A server that keeps the octets it is sent; it takes what begins at the beginning or at the end of what it has. */
const setUp = (content: string, options: Partial<JournalFeedOptions> = {}) => {
  const path = join(temporaryFolder(), 'r-1.journal')
  writeFileSync(path, content)
  const server = {
    has: '',
    requests: [] as number[],
    fail: (): RequestError | undefined => undefined,
    async appendEvents(id: string, given: unknown) {
      expect(id).toBe('r-1')
      const text = Buffer.from(given as Uint8Array).toString()
      server.requests.push(text.length)
      const failure = server.fail()
      if (failure !== undefined) throw failure
      server.has =
        text.startsWith(started) && server.has.startsWith(text)
          ? server.has
          : `${text.startsWith(started) ? '' : server.has}${text}`
      const last = server.has.trimEnd().split('\n').at(-1) ?? ''
      return { run_id: id, seq: 0, head: digest(last), status: 'running' as const }
    },
  }
  const faults: AgentRunError[] = []
  const feed = createJournalFeed({
    client: server,
    runId: 'r-1',
    path,
    onRefused: (error) => void faults.push(error),
    ...options,
  })
  return { feed, server, faults, path }
}

describe('a feed', () => {
  it('sends whole lines as they come, from where it was', async () => {
    const { feed, server, path } = setUp(`${started}${line(1)}{"seq":2`)
    expect(await feed.settle()).toMatchObject({ state: 'acknowledged', ack: { run_id: 'r-1' } })
    expect(server.has).toBe(started + line(1))
    appendFileSync(path, ',"data":{}}\n')
    await feed.settle()
    expect(server.has).toBe(readFileSync(path, 'utf8'))
    expect(server.requests).toEqual([(started + line(1)).length, '{"seq":2,"data":{}}\n'.length])
  })

  it('sends by itself soon after it was told that there is more, many lines together', async () => {
    const waits: number[] = []
    let go = (): void => undefined
    const wait = (time: number) => {
      waits.push(time)
      return new Promise<void>((resolve) => {
        go = resolve
      })
    }
    const { feed, server, path } = setUp(started, { wait })
    for (let seq = 1; seq < 50; seq++) {
      appendFileSync(path, line(seq))
      feed.poke()
    }
    expect([server.requests.length, waits.length]).toEqual([0, 1])
    go()
    while (server.has !== readFileSync(path, 'utf8')) await new Promise((resolve) => setTimeout(resolve, 2))
    expect(server.requests.length).toBe(1)
    feed.stop()
  })

  it('sends portions, and a line that is longer than one', async () => {
    const { feed, server, path } = setUp(started + line(1, portion - 100) + line(2, 3 * portion) + line(3))
    await feed.settle()
    expect(server.has === readFileSync(path, 'utf8')).toBe(true)
    expect(server.requests.length).toBe(3)
  })

  it('is behind while the server is away, and goes on afterwards', async () => {
    const { feed, server, faults } = setUp(started)
    server.fail = () => down
    expect(await feed.settle()).toEqual({ state: 'behind', error: down })
    server.fail = () => undefined
    expect(await feed.settle()).toMatchObject({ state: 'acknowledged' })
    expect([server.has, faults]).toEqual([started, []])
  })

  it('sends from the beginning when the server is somewhere else, and believes it the third time', async () => {
    const { feed, server, faults, path } = setUp(started)
    await feed.settle()
    appendFileSync(path, line(1))
    server.fail = () => (server.requests.length === 2 ? refused(409, 'journal.fork') : undefined)
    expect(await feed.settle()).toMatchObject({ state: 'acknowledged' })
    expect(server.requests.length).toBe(3)
    appendFileSync(path, line(2))
    server.fail = () => refused(409, 'journal.fork')
    expect(await feed.settle()).toMatchObject({ state: 'refused', error: { code: 'journal.fork' } })
    expect(faults.map(({ code }) => code)).toEqual(['journal.fork'])
  })

  it.each([
    [422, 'journal.invalid'],
    [404, 'http.not_found'],
  ])('gives up when the server says %i, and says so once', async (status, code) => {
    const { feed, server, faults } = setUp(started)
    server.fail = () => refused(status, code)
    feed.poke()
    expect(await feed.settle()).toMatchObject({ state: 'refused' })
    expect(await feed.settle()).toMatchObject({ state: 'refused' })
    expect([faults.length, server.requests.length]).toEqual([1, 1])
  })
})

describe('a journal that is sent whole', () => {
  it('is named by its first line, its head is its last chained one', () => {
    const text = `${started}{"private":"sha256:1"}\n${line(1)}{"private":"sha256:2"}\n{"torn`
    expect(describeJournal(new TextEncoder().encode(text))).toEqual({ runId: 'r-1', head: digest(line(1).trimEnd()) })
  })

  it.each(['', '\n', '{"seq":0}\n', 'x\n', '{"private":"x"}\n', started.trimEnd()])('is none in %j', (text) => {
    expect(() => describeJournal(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'spool.unreadable' }),
    )
  })

  it('is acknowledged by its head', async () => {
    const { server } = setUp('')
    const octets = new TextEncoder().encode(started + line(1))
    expect(await sendJournal(server, octets)).toMatchObject({ head: digest(line(1).trimEnd()) })
    const other = {
      appendEvents: async () => ({ run_id: 'r-1', seq: 1, head: digest('x'), status: 'running' as const }),
    }
    await expect(sendJournal(other, octets)).rejects.toMatchObject({ code: 'client.digest' })
  })
})
