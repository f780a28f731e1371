import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTime } from '../../conversion/time.ts'

/** One event of a session. */
export interface SessionEvent {
  readonly line: number
  readonly type: string
  readonly id: string | undefined
  readonly json: Json
  readonly time: Moment | undefined
}

/** What one line holds. */
export interface Entry {
  /** The session as it was created or fetched. */
  readonly session?: Json
  readonly events: readonly Json[]
  /** What the client sent: the stream repeats it, with ids and times. */
  readonly sent?: boolean
}

const eventType = /^(?:agent|session|span|user|system)\.[a-z_]+$/

/**
 * What a line holds: a call of the client library with its result (`["client.beta.sessions.events.stream", event]`), an
 * event, a page of events, or a session. `undefined` for anything else.
 */
export function readEntry(value: unknown): Entry | undefined {
  const list = asArray(value)
  if (list) {
    const name = asString(list[0])
    if (name?.startsWith('client.beta.sessions.') !== true) return undefined
    if (name.endsWith('.send')) return { events: [], sent: true }
    return name.includes('.events.') ? eventsIn(list[1]) : sessionIn(list[1])
  }
  return eventsIn(value) ?? sessionIn(value)
}

function eventsIn(value: unknown): Entry | undefined {
  const json = asObject(value)
  const type = asString(json?.type)
  if (json && type !== undefined && eventType.test(type)) return { events: [json] }
  const page = (asArray(json?.data) ?? asArray(value))?.map(asObject)
  if (!page || page.length === 0) return undefined
  const events = page.filter((event): event is Json => eventType.test(asString(event?.type) ?? ''))
  return events.length > 0 ? { events } : undefined
}

function sessionIn(value: unknown): Entry | undefined {
  const json = asObject(value)
  return json?.type === 'session' && asObject(json.agent) ? { events: [], session: json } : undefined
}

/** An event with its place. */
export const placed = (json: Json, line: number): SessionEvent => ({
  line,
  type: asString(json.type) ?? '',
  id: asString(json.id),
  json,
  time: readTime(json.processed_at),
})

/** The text of content blocks. */
export const textOf = (content: unknown): string | undefined => {
  if (typeof content === 'string') return asString(content)
  const texts = (asArray(content) ?? []).flatMap((block): string[] => {
    const json = asObject(block)
    const text = asString(json?.text) ?? asString(json?.title)
    const inside = json?.type === 'search_result' ? textOf(json.content) : undefined
    return [...(text === undefined ? [] : [text]), ...(inside === undefined ? [] : [inside])]
  })
  return texts.length > 0 ? texts.join('\n') : undefined
}
