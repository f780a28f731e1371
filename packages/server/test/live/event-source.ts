import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { RunEvent } from '@agent-run/types'
import { afterTest } from './setup.ts'

/** An event as it came. */
export interface Received {
  readonly id: string
  readonly type: string
  readonly data: RunEvent
}

/** A reader of server-sent events over a real socket. */
export interface EventSource {
  readonly response: IncomingMessage
  readonly events: readonly Received[]
  /** Id of the last block, also of one without an event. */
  readonly lastId: string
  /** Number of comments. */
  readonly comments: number
  /** Resolves with the events once there are so many. */
  until(count: number): Promise<readonly Received[]>
  /** Resolves when the other side has ended it. */
  readonly ended: Promise<void>
  close(): void
}

/** Opens a stream of a listening server. Resolves with its headers. */
export const openEvents = (
  url: string,
  key: string,
  lastEventId?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventSource> =>
  new Promise((resolve, reject) => {
    const sent: ClientRequest = request(
      `${url}/api/v1/runs/stream`,
      {
        agent: false,
        headers: {
          accept: 'text/event-stream',
          'x-api-key': key,
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
          ...headers,
        },
      },
      (response) => resolve(read(sent, response)),
    )
    sent.on('error', reject)
    sent.end()
    afterTest(() => sent.destroy())
  })

const read = (sent: ClientRequest, response: IncomingMessage): EventSource => {
  const events: Received[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  let lastId = ''
  let comments = 0
  const take = (block: string): void => {
    const fields: Record<string, string> = {}
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
      if (name === '') comments++
      else fields[name] = value
    }
    if (fields.id !== undefined) lastId = fields.id
    if (fields.data !== undefined)
      events.push({ id: lastId, type: fields.event ?? 'message', data: JSON.parse(fields.data) as RunEvent })
  }
  response.setEncoding('utf8')
  response.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) take(block)
    for (const wake of waiting) wake()
  })
  const ended = new Promise<void>((resolve) => response.on('close', resolve))
  response.on('error', () => undefined)
  return {
    response,
    events,
    get lastId() {
      return lastId
    },
    get comments() {
      return comments
    },
    ended,
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (events.length < count) return
          waiting.delete(look)
          resolve(events)
        }
        waiting.add(look)
        look()
      }),
    close: () => void sent.destroy(),
  }
}
