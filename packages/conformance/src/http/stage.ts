import type { Json } from '../bytes/json.ts'
import { nowhere, valueAt } from '../bytes/json.ts'
import { requestOctets } from './body.ts'
import type { BodySpec, ExchangeSpec, RequestSpec } from './case.ts'
import { curlLine } from './curl.ts'
import { type Answer, type Bounds, exchange, type Outcome, type Sent } from './exchange.ts'
import { encodePathText, expandText } from './expand.ts'
import { judge, readBody } from './judge.ts'
import type { Room } from './room.ts'
import type { Schemas } from './schemas.ts'

/** Where one case is played: it sends, judges and keeps what later exchanges refer to. */
export class Stage {
  readonly room: Room
  readonly bounds: Bounds
  readonly schemas: Schemas
  /** Command line of the last request. */
  curl: string | undefined
  /** Whether the last request got an answer at all. */
  answered = true

  constructor(room: Room, bounds: Bounds, schemas: Schemas) {
    this.room = room
    this.bounds = bounds
    this.schemas = schemas
  }

  /** A request as it goes over the wire; its body is kept under the name. */
  prepare(request: RequestSpec, name?: string): Sent {
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

  /** Sends a request, and again when it is told to come back in a moment. */
  async send(request: RequestSpec, name?: string): Promise<Outcome> {
    for (let time = 1; ; time++) {
      const outcome = await this.once(request, name)
      const pause = 'answer' in outcome ? pauseOf(outcome.answer) : undefined
      if (pause === undefined || time === TIMES) return outcome
      await new Promise((resolve) => setTimeout(resolve, pause * 1000))
    }
  }

  /** Sends a request once. */
  async once(request: RequestSpec, name?: string): Promise<Outcome> {
    const sent = this.prepare(request, name)
    this.curl = curlLine(this.room.subject.url, sent, request.key ?? 'main', request.bearer === true)
    const outcome = await exchange(this.room.subject.url, sent, this.bounds)
    this.answered = 'answer' in outcome
    return outcome
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

/** How often a request is sent to a server that limits its clients, and how long the suite waits for it, in seconds. */
const TIMES = 4
const LONGEST_PAUSE = 20

/** Seconds that a server asks to wait for, after a 429 that does so. */
const pauseOf = ({ status, headers }: Answer): number | undefined => {
  const seconds = headers['retry-after']
  if (status !== 429 || seconds === undefined || !/^[0-9]+$/.test(seconds)) return undefined
  return Number(seconds) <= LONGEST_PAUSE ? Number(seconds) : undefined
}

/** What had to be in place for a test could not be put there. */
export class Unprepared extends Error {}

const contentType = (body: BodySpec | undefined): string | undefined => {
  if (body === undefined) return undefined
  return 'lines' in body || 'journal' in body ? 'application/x-ndjson' : 'application/json'
}
