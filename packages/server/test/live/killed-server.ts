import { canonicalize } from '@agent-run/core'
import { expect } from 'vitest'
import { type ServerProcess, startServer } from '../client/server-process.ts'
import { type EventSource, openEvents } from './event-source.ts'
import { recordRun } from './setup.ts'

/** What came of it. */
export interface KillReport {
  readonly kills: number
  readonly lines: number
  readonly events: number
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Sends whole recorder runs line by line while the server is killed again and again; whoever gets no answer sends the line
 * once more. A reader of events follows, and goes on after its last one each time. At the end every record is that of its
 * file, and every event came once.
 */
export const surviveKills = async (runs: number, killEvery: number): Promise<KillReport> => {
  const server = await startServer()
  const journals = await Promise.all(Array.from({ length: runs }, () => recordRun()))
  const seen: string[] = []
  let kills = 0
  let sent = 0
  let isOver = false

  const follow = async (): Promise<void> => {
    for (let lastId: string | undefined; !isOver; ) {
      const source = await openEvents(server.url, server.key, lastId).catch(() => undefined)
      current = source
      if (source === undefined) {
        await wait(20)
        continue
      }
      expect(source.response.statusCode).toBe(200)
      if (lastId === undefined) {
        while (source.lastId === '') await wait(1)
        started()
      }
      await source.ended
      for (const { type, data } of source.events) seen.push(`${type} ${data.run_id}`)
      current = undefined
      lastId = source.lastId === '' ? lastId : source.lastId
    }
  }
  let current: EventSource | undefined
  let started: () => void = () => undefined
  const isFollowed = new Promise<void>((resolve) => {
    started = resolve
  })
  const following = follow()
  await isFollowed

  const append = async (id: string, line: string): Promise<void> => {
    for (;;) {
      const answer = await post(server, id, line)
      if (answer === 200) return
      expect(answer).toBeUndefined()
      await wait(10)
    }
  }
  const feed = async ({ record, lines }: (typeof journals)[number]): Promise<void> => {
    for (const line of lines) {
      await append(record.id, line)
      sent++
    }
  }
  let isFed = false
  const feeding = Promise.all(journals.map(feed)).finally(() => {
    isFed = true
  })
  for (let next = killEvery; !isFed; await wait(2)) {
    if (sent < next) continue
    await server.kill()
    kills++
    await server.start()
    next = sent + killEvery
  }
  await feeding
  for (const { record, lines } of journals) {
    const headers = { 'x-api-key': server.key }
    const url = `${server.url}/api/v1/runs/${record.id}`
    expect(await (await fetch(url, { headers })).text()).toBe(canonicalize(record))
    expect((await (await fetch(`${url}/events`, { headers })).text()).trim().split('\n')).toEqual(lines)
  }
  // The reader has everything that was acknowledged, a moment later; what comes twice comes before the last one.
  const lines = journals.reduce((sum, each) => sum + each.lines.length, 0)
  while (seen.length + (current?.events.length ?? 0) < lines) await wait(20)
  isOver = true
  await server.kill()
  await following
  for (const { record, lines } of journals) {
    const own = seen.filter((each) => each.endsWith(` ${record.id}`)).map((each) => each.split(' ')[0])
    expect(own.filter((type) => type === 'run.created').length).toBe(1)
    expect(own.filter((type) => type === 'run.completed').length).toBe(1)
    expect(own.length).toBe(lines.length)
  }
  return { kills, lines: sent, events: seen.length }
}

/** Status of the answer; undefined if there was none. */
const post = async (server: ServerProcess, id: string, line: string): Promise<number | undefined> => {
  try {
    const answer = await fetch(`${server.url}/api/v1/runs/${id}/events`, {
      method: 'POST',
      headers: { 'x-api-key': server.key, 'content-type': 'application/x-ndjson' },
      body: `${line}\n`,
    })
    await answer.text()
    return answer.status
  } catch {
    return undefined
  }
}
