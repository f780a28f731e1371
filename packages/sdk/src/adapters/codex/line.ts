import { asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, readTime } from '../../conversion/time.ts'

/** One line of a rollout. */
export interface RolloutLine {
  readonly number: number
  /** `session_meta`, `response_item`, `event_msg`, `turn_context`, `compacted`, or one that is not known. */
  readonly type: string
  readonly payload: Json
  readonly time: Moment | undefined
  /** Written by a version before 0.32: items of the model without time, and no events. */
  readonly bare: boolean
}

/** Items of the Responses API, which the oldest versions wrote bare. */
const itemTypes = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'local_shell_call',
  'custom_tool_call',
  'custom_tool_call_output',
  'web_search_call',
])

/** What a line is; a text says why it cannot be read. */
export function readLine(json: Json, number: number): RolloutLine | string {
  const type = asString(json.type)
  const time = readTime(json.timestamp)
  const payload = asObject(json.payload)
  if (type !== undefined && payload) return { number, type, payload, time, bare: false }
  if (json.record_type !== undefined)
    return { number, type: `record_type ${typeof json.record_type}`, payload: json, time, bare: true }
  if (type !== undefined && itemTypes.has(type))
    return { number, type: 'response_item', payload: json, time: undefined, bare: true }
  if (type === undefined && isBareHeader(json)) return { number, type: 'session_meta', payload: json, time, bare: true }
  return type === undefined ? 'line without a type' : 'line without a payload'
}

/** The first line of versions before 0.32. */
export const isBareHeader = (json: Json): boolean =>
  asString(json.id) !== undefined && readTime(json.timestamp) !== undefined && 'instructions' in json
