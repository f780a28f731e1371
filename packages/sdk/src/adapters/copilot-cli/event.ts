import { asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTime } from '../../conversion/time.ts'

/** One event of a log. */
export interface LogEvent {
  readonly line: number
  readonly type: string
  readonly id: string | undefined
  readonly data: Json
  readonly time: Moment | undefined
  /** Call of the sub-agent that the event is part of, or its id. */
  readonly agent: string | undefined
}

/** Reads a line; a text says why it cannot be read. */
export function readEvent(json: Json, line: number): LogEvent | string {
  const type = asString(json.type)
  if (type === undefined) return 'line without a type'
  const data = asObject(json.data)
  if (!data) return type.includes('.') || type === 'abort' ? 'event without data' : 'line that is no event'
  return {
    line,
    type,
    id: asString(json.id),
    data,
    time: readTime(json.timestamp) ?? readTime(json.ts),
    agent: asString(data.parentToolCallId) ?? asString(json.agentId),
  }
}
