import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Sent } from './exchange.ts'

/** One event of a stream (text/event-stream), or a comment, whose `type` is ':'. */
export interface StreamEvent {
  readonly type: string
  readonly id: string | undefined
  readonly data: string
}

/** An answer that goes on. */
export interface EventStream {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** The next event that is meant; undefined when there is none within that many seconds, or the stream has ended. */
  next(seconds: number, meant: (event: StreamEvent) => boolean): Promise<StreamEvent | undefined>
  /** All events up to and with the one that is meant, or up to the end of the time. */
  until(seconds: number, meant: (event: StreamEvent) => boolean): Promise<readonly StreamEvent[]>
  close(): void
}

/** Octets of one event, and events that wait to be read: more than that ends the stream. */
const MOST_OCTETS = 4 * 1024 * 1024
const MOST_EVENTS = 10_000

/** Opens a stream; undefined if no headers came within that many seconds. */
export const openEvents = (url: URL, sent: Sent, seconds: number): Promise<EventStream | undefined> =>
  new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      method: sent.method,
      path: url.pathname.replace(/\/$/, '') + sent.path,
      headers: sent.headers,
      agent: false,
    })
    const timer = setTimeout(() => {
      request.destroy()
      resolve(undefined)
    }, seconds * 1000)
    request.on('error', () => {
      clearTimeout(timer)
      resolve(undefined)
    })
    request.on('response', (response) => {
      clearTimeout(timer)
      resolve(readEvents(response, () => request.destroy()))
    })
    request.end()
  })

const readEvents = (response: IncomingMessage, close: () => void): EventStream => {
  const waiting: StreamEvent[] = []
  let wake = (): void => {}
  let ended = false
  const end = (): void => {
    ended = true
    wake()
  }
  const take = createParser((event) => {
    waiting.push(event)
    if (waiting.length > MOST_EVENTS) close()
    wake()
  })
  response.setEncoding('utf8')
  response.on('data', (text: string) => {
    if (!take(text)) close()
  })
  for (const name of ['end', 'close', 'error']) response.on(name, end)

  const until: EventStream['until'] = async (seconds, meant) => {
    const deadline = Date.now() + seconds * 1000
    const seen: StreamEvent[] = []
    for (;;) {
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
        seen.push(event)
        if (meant(event)) return seen
      }
      const left = deadline - Date.now()
      if (ended || left <= 0) return seen
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    until,
    next: async (seconds, meant) => {
      const last = (await until(seconds, meant)).at(-1)
      return last !== undefined && meant(last) ? last : undefined
    },
    close,
  }
}

/** Takes text piece by piece and tells events; answers false when one gets too long. */
const createParser = (tell: (event: StreamEvent) => void): ((text: string) => boolean) => {
  let rest = ''
  let type = ''
  let id: string | undefined
  let data: string[] = []
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith(':')) tell({ type: ':', id: undefined, data: line.slice(1).trim() })
      else if (line === '') {
        if (data.length > 0) tell({ type: type || 'message', id, data: data.join('\n') })
        type = ''
        data = []
      } else {
        const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
        if (name === 'event') type = value ?? ''
        if (name === 'id') id = value
        if (name === 'data') data.push(value ?? '')
      }
    }
    return rest.length + data.reduce((sum, each) => sum + each.length, 0) <= MOST_OCTETS
  }
}
