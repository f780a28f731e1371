import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, momentAt, readTime } from '../../conversion/time.ts'

/** One event that Claude Code sent to OpenTelemetry, whatever it was written down as. */
export interface TelemetryEvent {
  /** Without `claude_code.`: `tool_decision`, `tool_result`, `api_request` … */
  readonly name: string
  readonly session: string
  readonly at: Moment | undefined
  readonly attributes: ReadonlyMap<string, string>
}

const prefix = 'claude_code.'

/**
 * Reads a line of a telemetry log: an OTLP/JSON request with log records (`resourceLogs`), or one log record with its
 * attributes, as exporters and back ends write it. `undefined` for any other line, and for telemetry of other programs.
 */
export function readTelemetry(json: Json): TelemetryEvent[] | undefined {
  const requests = asArray(json.resourceLogs)
  if (!requests) {
    const event = json.attributes === undefined ? undefined : readRecord(json, new Map())
    return event && [event]
  }
  const events = requests.flatMap((value) => {
    const resource = asObject(value)
    const shared = readAttributes(asObject(resource?.resource)?.attributes)
    const scopes = asArray(resource?.scopeLogs) ?? []
    return scopes
      .flatMap((scope) => asArray(asObject(scope)?.logRecords) ?? [])
      .flatMap((record) => readRecord(asObject(record) ?? {}, shared) ?? [])
  })
  return events.length > 0 ? events : undefined
}

function readRecord(record: Json, shared: ReadonlyMap<string, string>): TelemetryEvent | undefined {
  const attributes = new Map([...shared, ...readAttributes(record.attributes)])
  const body = asString(record.body) ?? asString(asObject(record.body)?.stringValue)
  const names = [body, asString(record.eventName), asString(record.name), attributes.get('event.name')]
  const name = names.find((candidate) => candidate?.startsWith(prefix))
  if (name === undefined) return undefined
  return {
    name: name.slice(prefix.length),
    session: attributes.get('session.id') ?? '',
    at: readTime(attributes.get('event.timestamp')) ?? timeOf(record),
    attributes,
  }
}

/** Attributes as text: a list of keys and values as OTLP has it, or an object. */
function readAttributes(given: unknown): Map<string, string> {
  const attributes = new Map<string, string>()
  const put = (key: string | undefined, value: unknown): void => {
    if (key !== undefined && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'))
      attributes.set(key, String(value).toWellFormed())
  }
  for (const item of asArray(given) ?? []) {
    const { key, value } = asObject(item) ?? {}
    const typed = asObject(value)
    put(asString(key), typed?.stringValue ?? typed?.intValue ?? typed?.doubleValue ?? typed?.boolValue)
  }
  for (const [key, value] of Object.entries(asObject(given) ?? {})) put(key, value)
  return attributes
}

/** The time of a record: text, or a number of which the size tells the unit (nano-, micro- or milliseconds). */
function timeOf(record: Json): Moment | undefined {
  for (const value of [record.timeUnixNano, record.observedTimeUnixNano, record.timestamp]) {
    const text = readTime(value)
    if (text) return text
    const count = typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : value
    if (typeof count !== 'number' || !(count > 0)) continue
    return momentAt(count > 1e17 ? count / 1e6 : count > 1e14 ? count / 1e3 : count)
  }
  return undefined
}

/** A whole number among the attributes; a fraction is rounded. */
export const numberOf = (attributes: ReadonlyMap<string, string>, name: string): number | undefined => {
  const text = attributes.get(name)
  const value = text !== undefined && /^\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined
  return value === undefined ? undefined : asCount(Math.round(value))
}
