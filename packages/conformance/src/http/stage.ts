import type { Json } from '../bytes/json.ts'
import { nowhere, valueAt } from '../bytes/json.ts'
import { requestOctets } from './body.ts'
import type { BodySpec, ExchangeSpec, RequestSpec } from './case.ts'
import { curlLine } from './curl.ts'
import { type EventStream, openEvents } from './event-stream.ts'
import { type Answer, type Bounds, exchange, type Outcome, type Sent } from './exchange.ts'
import { encodePathText, expandText } from './expand.ts'
import { judge, readBody } from './judge.ts'
import type { Pace } from './pace.ts'
import { Missing, type Room } from './room.ts'
import type { Schemas } from './schemas.ts'

/** Where one case is played: it sends, judges and keeps what later exchanges refer to. */
export class Stage {
  readonly room: Room
  readonly bounds: Bounds
  readonly schemas: Schemas
  readonly pace: Pace
  /** Command line of the last request. */
  curl: string | undefined
  /** Requests so far; one that is sent again because the server asks for it counts once. */
  requests = 0
  /** Whether the last request was met with silence: nobody listens, no answer in time, or never anything but "later". */
  silent = false

  constructor(room: Room, bounds: Bounds, schemas: Schemas, pace: Pace) {
    this.room = room
    this.bounds = bounds
    this.schemas = schemas
    this.pace = pace
  }

  /** A request as it goes over the wire; its body is kept under the name. */
  prepare(request: RequestSpec, name?: string): Sent {
    this.requests++
    const { room } = this
    const headers: Record<string, string> = {}
    const type = contentType(request.body)
    if (type !== undefined) headers['content-type'] = type
    if (request.gzip) headers['content-encoding'] = 'gzip'
    const key = room.key(request.key ?? 'main')
    if (key !== undefined)
      headers[request.bearer ? 'authorization' : 'x-api-key'] = request.bearer ? `Bearer ${key}` : key
    for (const [name, value] of Object.entries(request.headers ?? {})) {
      if (value === null) delete headers[name.toLowerCase()]
      else headers[name.toLowerCase()] = expandText(room, value)
    }
    const path = expandText(room, request.path, encodePathText)
    return {
      method: request.method,
      path,
      headers,
      octets: requestOctets(room, request, name),
      chunked: request.chunked === true,
    }
  }

  /**
   * Sends a request, and again when it is told to come back in a moment.
   * @throws {Limited} if it is told so for longer than the suite waits
   */
  async send(request: RequestSpec, name?: string): Promise<Outcome> {
    // Prepared once: lines of a journal follow one another, and what is sent again is the same.
    const sent = this.prepare(request, name)
    return this.#patiently(
      () => this.#exchange(request, sent),
      (outcome) => ('answer' in outcome ? pauseOf(outcome.answer) : undefined),
    )
  }

  /** Opens a stream, likewise; undefined if it sends no headers in that many seconds. */
  async open(request: RequestSpec, seconds: number): Promise<EventStream | undefined> {
    const sent = this.#announce(request, this.prepare(request))
    return this.#patiently(
      () => openEvents(this.room.subject.url, sent, seconds),
      (stream) => {
        const pause = stream === undefined ? undefined : pauseOf(stream)
        if (pause !== undefined) stream?.close()
        return pause
      },
    )
  }

  async #patiently<T>(act: () => Promise<T>, pauseAfter: (result: T) => Pause | undefined): Promise<T> {
    for (let time = 0; ; time++) {
      await this.pace.ready()
      const result = await act()
      const pause = pauseAfter(result)
      if (pause === undefined) return result
      if (time < TIMES && this.pace.hold(Math.max(pause.seconds, FIRST_PAUSE * 2 ** time))) continue
      if (!pause.limited) return result
      this.silent = true
      throw new Missing('the server limits its clients to less than this suite needs')
    }
  }

  /** Sends a request once. */
  async once(request: RequestSpec, name?: string): Promise<Outcome> {
    return this.#exchange(request, this.prepare(request, name))
  }

  async #exchange(request: RequestSpec, sent: Sent): Promise<Outcome> {
    const outcome = await exchange(this.room.subject.url, this.#announce(request, sent), this.bounds)
    this.silent = 'failure' in outcome && outcome.closed === undefined
    return outcome
  }

  #announce(request: RequestSpec, sent: Sent): Sent {
    this.curl = curlLine(this.room.subject.url, sent, request.key ?? 'main', request.bearer === true)
    return sent
  }

  /** Sends a request that has to be answered with one of these statuses. @throws {Unprepared} if it is not */
  async need(request: RequestSpec, ...statuses: readonly number[]): Promise<Answer> {
    const outcome = await this.send(request)
    if ('failure' in outcome) throw new Unprepared(outcome.failure)
    if (statuses.includes(outcome.answer.status)) return outcome.answer
    throw new Unprepared(`answered ${outcome.answer.status}, expected ${statuses.join(' or ')}`)
  }

  #judge({ expect }: ExchangeSpec, answer: Answer): string[] {
    try {
      return judge(this.room, this.schemas, expect, answer)
    } catch (error) {
      // The call stack is the only limit that a body of our size can pass.
      if (error instanceof RangeError) return ['the body is nested too deeply to be looked at']
      throw error
    }
  }

  /** Plays one exchange of a case and says what is wrong with its answer. */
  async play(spec: ExchangeSpec): Promise<string[]> {
    const { room } = this
    const outcome = await this.send(spec.request, spec.name)
    if ('failure' in outcome) return [outcome.failure]
    const { answer } = outcome
    if (spec.name !== undefined) room.answers.set(spec.name, answer)
    const faults = this.#judge(spec, answer)
    if (faults.length > 0) return faults
    return Object.entries(spec.capture ?? {}).flatMap(([name, source]) => {
      const value =
        'header' in source
          ? (answer.headers[source.header.toLowerCase()] ?? nowhere)
          : valueAt(readBody(answer.octets, source.read), source.at)
      if (value === nowhere)
        return ['header' in source ? `the header ${source.header} is not there` : `${source.at} is not there`]
      room.captured.set(name, value as Json)
      return []
    })
  }
}

/** How often a request is sent again to a server that limits its clients, and the first pause if it names none, in seconds. */
const TIMES = 7
const FIRST_PAUSE = 0.05

interface Pause {
  readonly seconds: number
  /** Whether it is the client that is limited, and not the server that is busy. */
  readonly limited: boolean
}

/** A 429 asks to come back, and a 503 that says when, as it comes where there is no memory for another large body. */
const pauseOf = ({ status, headers }: Pick<Answer, 'status'> & Pick<EventStream, 'headers'>): Pause | undefined => {
  const after = headers['retry-after']
  const seconds = typeof after === 'string' && /^[0-9]{1,6}$/.test(after) ? Number(after) : undefined
  if (status === 429) return { seconds: seconds ?? 0, limited: true }
  return status === 503 && seconds !== undefined ? { seconds, limited: false } : undefined
}

/** What had to be in place for a test could not be put there. */
export class Unprepared extends Error {}

const contentType = (body: BodySpec | undefined): string | undefined => {
  if (body === undefined) return undefined
  return 'lines' in body || 'journal' in body ? 'application/x-ndjson' : 'application/json'
}
