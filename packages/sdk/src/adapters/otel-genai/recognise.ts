import type { Head } from '../../conversion/head.ts'
import { asArray, asObject, type Json } from '../../conversion/json.ts'
import { conventionOf } from './conventions.ts'
import { readAttributes, readSpan } from './read-span.ts'

const otlp = /"(?:resourceSpans|resource_spans)"\s*:\s*\[/
const listOfSpans = /"(?:spanContext|instrumentationScope)"\s*:\s*\{/
const traceIds = /"trace_?[iI]d"\s*:\s*"(?:0x)?([0-9A-Fa-f]{32}|[A-Za-z0-9+/]{22}==)"/g

/** Most traces of a beginning that are looked for. */
const mostTraces = 1000

/** Whether a file holds spans: by the shape of OTLP or of a span, or by attributes that only an agent's spans have. */
export function recognises({ text, objects, document }: Head): boolean {
  const value = document === undefined ? objects[0] : document
  if (value !== undefined) return isOfSpans(value, 0)
  // A document that is longer than its beginning.
  const start = text.slice(0, 4096)
  return otlp.test(start) || (/^\s*[[{]/.test(start) && listOfSpans.test(text) && !otlpLogs.test(start))
}

const otlpLogs = /"(?:resourceLogs|resourceMetrics)"\s*:/

function isOfSpans(value: unknown, depth: number): boolean {
  if (depth > 3) return false
  const list = asArray(value)
  if (list) return list.length > 0 && list.slice(0, 8).some((item) => isOfSpans(item, depth + 1))
  const json = asObject(value)
  if (!json) return false
  if (asArray(json.resourceSpans) ?? asArray(json.resource_spans)) return true
  if (isSpan(json)) return true
  const keys = Object.keys(json)
  if (keys.some((key) => key.includes('.')) && conventionOf({ attributes: readAttributes(json), name: '' })) return true
  // Lists of spans under names, and nothing else.
  return (
    depth < 2 && keys.length > 0 && keys.every((key) => asArray(json[key])) && isOfSpans(json[keys[0] ?? ''], depth + 1)
  )
}

/** A span as an SDK or a collector writes it: ids, and times or attributes. */
const isSpan = (json: Json): boolean =>
  readSpan(json) !== undefined &&
  (asObject(json.spanContext) !== undefined ||
    asObject(json.context) !== undefined ||
    Object.hasOwn(json, 'startTimeUnixNano') ||
    Object.hasOwn(json, 'instrumentationScope'))

/** The traces that the beginning of a file names: files of one trace belong together. */
export function groupKeys({ text }: Head): readonly string[] {
  const keys = new Set<string>()
  for (const [, id] of text.matchAll(traceIds)) {
    if (id !== undefined) keys.add(id.toLowerCase())
    if (keys.size >= mostTraces) break
  }
  return [...keys]
}
