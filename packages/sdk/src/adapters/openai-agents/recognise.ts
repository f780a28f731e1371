import type { Head } from '../../conversion/head.ts'
import { asArray, asObject, type Json } from '../../conversion/json.ts'

/** Whether a value is the state of a run: `RunState.toString()`, or `to_json()` in Python. */
export const isRunState = (json: Json): boolean =>
  typeof json.$schemaVersion === 'string' &&
  [json.model_responses, json.modelResponses, json.generated_items, json.generatedItems].some(Array.isArray)

/** Whether a value is a trace, or a span of one. */
export const isTraceItem = (json: Json): boolean =>
  json.object === 'trace'
    ? typeof json.id === 'string' && 'workflow_name' in json
    : json.object === 'trace.span' && typeof json.trace_id === 'string' && asObject(json.span_data) !== undefined

/** What a document or a line holds: itself, a list, or what the ingest endpoint takes, `{"data": [...]}`. */
export function entriesOf(value: unknown): readonly unknown[] {
  const data = asArray(asObject(value)?.data)
  return data ?? asArray(value) ?? [value]
}

/** Whether a file begins as a trace or a run state does. */
export function recognises({ objects, document, text }: Head): boolean {
  const begun = document === undefined ? objects[0] : document
  const known = entriesOf(begun).some((entry) => {
    const json = asObject(entry)
    return json !== undefined && (isRunState(json) || isTraceItem(json))
  })
  // A document that is longer than what is looked at.
  return known || (document === undefined && /^\s*[[{]/.test(text) && (stateText(text) || traceText(text)))
}

const stateText = (text: string): boolean =>
  /^\s*\{\s*"\$schemaVersion"\s*:\s*"1\.\d+"/.test(text) && /"(?:original_input|originalInput)"\s*:/.test(text)

const traceText = (text: string): boolean =>
  /^\s*(?:\{\s*"data"\s*:\s*)?\[?\s*\{\s*"object"\s*:\s*"trace(?:\.span)?"\s*,\s*"id"\s*:/.test(text)

/**
 * Files that belong together: those that name the same trace, since an exporter writes in batches, and all run states,
 * since several may be of one run.
 */
export function groupKeys({ text }: Head): readonly string[] {
  if (/"\$schemaVersion"\s*:/.test(text)) return ['run-states']
  const ids = [...text.matchAll(/"(?:trace_)?id"\s*:\s*"(trace_[^"\\]{1,100})"/g)].map((match) => match[1] ?? '')
  return [...new Set(ids)].slice(0, 1000)
}
