import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { Moment } from '../../conversion/time.ts'
import { readKeyValues } from './any-value.ts'
import { fromMicroseconds, readInstant } from './instant.ts'
import type { Attributes, Span, SpanEvent, SpanLink } from './span.ts'

/** What surrounds spans in OTLP. */
export interface Surroundings {
  readonly resource: Attributes
  readonly scope: Span['scope']
}

const nothing: Surroundings = { resource: new Map(), scope: { name: undefined, version: undefined } }

/**
 * Reads a span as OTLP/JSON, the JavaScript SDK or the Python SDK writes it. `undefined` for an object that has neither ids
 * nor times of a span.
 */
export function readSpan(json: Json, around: Surroundings = nothing): Span | undefined {
  const context = asObject(json.spanContext) ?? asObject(json.context) ?? json
  const traceId = readId(first(context, 'traceId', 'trace_id'), 32)
  const spanId = readId(first(context, 'spanId', 'span_id') ?? (context === json ? json.id : undefined), 16)
  if (traceId === '' || spanId === '') return undefined
  const parent = asObject(json.parentSpanContext)
  const parentId = readId(
    first(json, 'parentSpanId', 'parent_span_id', 'parentId', 'parent_id') ?? parent?.spanId ?? parent?.span_id,
    16,
  )
  const { start, end } = readTimes(json)
  const { status, message } = readStatus(json)
  const resource = asObject(json.resource)
  const scope = asObject(json.instrumentationScope) ?? asObject(json.instrumentationLibrary) ?? asObject(json.scope)
  return {
    traceId,
    spanId,
    parentId: parentId === '' ? undefined : parentId,
    name: asString(json.name) ?? '',
    start,
    end,
    attributes: readAttributes(json.attributes),
    events: (asArray(json.events) ?? []).flatMap(readEvent),
    links: (asArray(json.links) ?? []).flatMap(readLink),
    status,
    statusMessage: message,
    resource: resource ? readAttributes(resource.attributes) : around.resource,
    scope: scope ? readScope(scope) : around.scope,
  }
}

/** A span of which nothing is known but its attributes. */
export const spanOfAttributes = (attributes: Attributes, id: string): Span => ({
  traceId: '',
  spanId: id,
  parentId: undefined,
  name: '',
  start: undefined,
  end: undefined,
  attributes,
  events: [],
  links: [],
  status: 'unset',
  statusMessage: undefined,
  ...nothing,
})

/** Attributes as a list of key and value, or as an object. */
export function readAttributes(value: unknown): Attributes {
  if (Array.isArray(value)) return readKeyValues(value)
  const object = asObject(value)
  return new Map(object ? Object.entries(object).filter(([, member]) => member !== undefined) : [])
}

/** Name and version of what made spans. */
export const readScope = (value: unknown): Span['scope'] => {
  const scope = asObject(value)
  return { name: asString(scope?.name), version: asString(scope?.version) }
}

function first(json: Json, ...names: readonly string[]): unknown {
  for (const name of names) if (Object.hasOwn(json, name)) return json[name]
  return undefined
}

/** An id as lower-case hexadecimal digits: written so, with `0x` before it, or as base64. Only zeros are no id. */
function readId(value: unknown, digits: 16 | 32): string {
  if (typeof value !== 'string' || value === '') return ''
  const hex = value.replace(/^0x/i, '').toLowerCase()
  const id =
    hex.length === digits && /^[0-9a-f]+$/.test(hex) ? hex : (fromBase64(value, digits) ?? value.toWellFormed())
  return /^0+$/.test(id) ? '' : id.slice(0, 256)
}

function fromBase64(value: string, digits: number): string | undefined {
  if (value.length !== Math.ceil(digits / 6) * 4 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined
  try {
    const bytes = atob(value.replaceAll('-', '+').replaceAll('_', '/'))
    const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
    return hex.length === digits ? hex : undefined
  } catch {
    return undefined
  }
}

function readTimes(json: Json): { start: Moment | undefined; end: Moment | undefined } {
  if (Object.hasOwn(json, 'timestamp') && Object.hasOwn(json, 'duration')) {
    const start = fromMicroseconds(json.timestamp)
    const { timestamp, duration } = json
    const isOver = typeof timestamp === 'number' && typeof duration === 'number' && duration >= 0
    return { start, end: isOver ? fromMicroseconds(timestamp + duration) : undefined }
  }
  return {
    start: readInstant(first(json, 'startTimeUnixNano', 'start_time_unix_nano', 'startTime', 'start_time')),
    end: readInstant(first(json, 'endTimeUnixNano', 'end_time_unix_nano', 'endTime', 'end_time')),
  }
}

function readStatus(json: Json): { status: Span['status']; message: string | undefined } {
  const given = asObject(json.status)
  const code = given ? first(given, 'code', 'status_code', 'statusCode') : (json.status ?? json.status_code)
  const words = typeof code === 'string' ? code.toUpperCase().replace('STATUS_CODE_', '') : code
  return {
    status: words === 2 || words === 'ERROR' ? 'error' : words === 1 || words === 'OK' ? 'ok' : 'unset',
    message: asString(given?.message) ?? asString(given?.description) ?? asString(json.status_message),
  }
}

function readEvent(value: unknown): SpanEvent[] {
  const event = asObject(value)
  if (!event) return []
  return [
    {
      name: asString(event.name) ?? '',
      at: readInstant(first(event, 'timeUnixNano', 'time_unix_nano', 'time', 'timestamp')),
      attributes: readAttributes(event.attributes),
    },
  ]
}

function readLink(value: unknown): SpanLink[] {
  const link = asObject(value)
  const context = asObject(link?.context) ?? asObject(link?.spanContext) ?? link
  if (!context) return []
  const traceId = readId(first(context, 'traceId', 'trace_id'), 32)
  const spanId = readId(first(context, 'spanId', 'span_id'), 16)
  return traceId === '' || spanId === '' ? [] : [{ traceId, spanId }]
}
