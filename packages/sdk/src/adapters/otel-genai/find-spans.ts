import { canonicalize, digest } from '@agent-run/core'
import { asArray, asObject, type Json } from '../../conversion/json.ts'
import { conventionOf } from './conventions.ts'
import { readAttributes, readScope, readSpan, type Surroundings, spanOfAttributes } from './read-span.ts'
import type { Span } from './span.ts'

/** Deepest nesting of lists and objects around spans. */
const deepest = 6

/**
 * Every span of a JSON value: an OTLP request, a list of spans, lists of spans under names, or the attributes of one span.
 * `undefined` stands for an entry in the place of a span that is none.
 */
export function findSpans(value: unknown): (Span | undefined)[] {
  const found: (Span | undefined)[] = []
  collect(value, 0, found)
  return found
}

function collect(value: unknown, depth: number, found: (Span | undefined)[]): void {
  if (depth > deepest) return
  if (Array.isArray(value)) {
    for (const item of value) {
      if (asObject(item) || Array.isArray(item)) collect(item, depth + 1, found)
      else found.push(undefined)
    }
    return
  }
  const json = asObject(value)
  if (!json) return
  const groups = asArray(json.resourceSpans ?? json.resource_spans ?? json.batches)
  if (groups) {
    for (const group of groups) collectResource(asObject(group), found)
    return
  }
  if (asArray(json.scopeSpans)) {
    collectResource(json, found)
    return
  }
  const span = readSpan(json)
  if (span) {
    found.push(span)
    return
  }
  const attributes = readAttributes(json)
  if (conventionOf({ attributes, name: '' }) !== undefined) {
    found.push(spanOfAttributes(attributes, idOfAttributes(json)))
    return
  }
  const inner = asObject(json.attributes)
  if (inner || Array.isArray(json.attributes)) {
    const own = readAttributes(json.attributes)
    found.push(
      conventionOf({ attributes: own, name: '' }) === undefined
        ? undefined
        : spanOfAttributes(own, idOfAttributes(json)),
    )
    return
  }
  for (const member of Object.values(json))
    if (Array.isArray(member) || asObject(member)) collect(member, depth + 1, found)
}

function collectResource(group: Json | undefined, found: (Span | undefined)[]): void {
  const resource = readAttributes(asObject(group?.resource)?.attributes)
  const scopes = asArray(group?.scopeSpans ?? group?.scope_spans ?? group?.instrumentationLibrarySpans)
  for (const entry of scopes ?? []) {
    const json = asObject(entry)
    const around: Surroundings = { resource, scope: readScope(json?.scope ?? json?.instrumentationLibrary) }
    for (const item of asArray(json?.spans) ?? []) {
      const span = asObject(item)
      found.push(span && readSpan(span, around))
    }
  }
}

/** An id for a span without one, derived from what it says. */
function idOfAttributes(json: Json): string {
  let text: string
  try {
    text = canonicalize(json)
  } catch {
    // Lone surrogates, or nested too deep: any stable spelling will do.
    text = JSON.stringify(Object.keys(json))
  }
  return `span-${digest(text).slice('sha256:'.length, 'sha256:'.length + 16)}`
}
