import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { unwrap } from '../../conversion/json-text.ts'
import { type Moment, readTimeOrUtc } from '../../conversion/time.ts'

/** An observation and where it stands. */
export interface Observation {
  readonly json: Json
  readonly id: string
  /** Number in the export, from 1. */
  readonly number: number
  readonly type: string
  readonly start: Moment | undefined
  readonly end: Moment | undefined
  parent: Observation | undefined
  readonly children: Observation[]
}

/** A trace and its observations. */
export interface Trace {
  readonly json: Json
  readonly observations: readonly unknown[]
}

/** The trace that a value is: with its observations inside, or beside it. */
export function traceOf(value: unknown): Trace | undefined {
  const json = asObject(value)
  const trace = asObject(json?.trace) ?? json
  const observations = asArray(json?.observations) ?? asArray(trace?.observations)
  return trace && observations ? { json: trace, observations } : undefined
}

/** Observations as a tree, those that begin first before the others; one whose parent is not there stands at the top. */
export function arrange(values: readonly unknown[]): { all: Observation[]; copies: number[]; malformed: number[] } {
  const byId = new Map<string, Observation>()
  const copies: number[] = []
  const malformed: number[] = []
  for (const [index, value] of values.entries()) {
    const json = asObject(value)
    const id = asString(json?.id)
    if (!json || !id) malformed.push(index + 1)
    else if (byId.has(id)) copies.push(index + 1)
    else
      byId.set(id, {
        json,
        id,
        number: index + 1,
        type: asString(json.type)?.toUpperCase() ?? 'SPAN',
        start: readTimeOrUtc(json.startTime),
        end: readTimeOrUtc(json.endTime),
        parent: undefined,
        children: [],
      })
  }
  for (const observation of byId.values()) {
    const parent = byId.get(asString(observation.json.parentObservationId) ?? '')
    if (!parent || isAbove(observation, parent)) continue
    observation.parent = parent
    parent.children.push(observation)
  }
  const all = [...byId.values()].sort(
    (a, b) => (a.start?.ms ?? 0) - (b.start?.ms ?? 0) || depth(a) - depth(b) || a.number - b.number,
  )
  return { all, copies, malformed }
}

function isAbove(above: Observation, from: Observation): boolean {
  for (let next: Observation | undefined = from; next; next = next.parent) if (next === above) return true
  return false
}

const depth = (observation: Observation): number => {
  let levels = 0
  for (let next = observation.parent; next; next = next.parent) levels++
  return levels
}

/** What an observation is by what it says: LangGraph writes calls of tools as spans whose output is a tool message. */
export function kindOf({ type, json, children }: Observation): string {
  if (type !== 'SPAN' && type !== 'CHAIN') return type
  const output = children.length === 0 ? asObject(unwrap(json.output)) : undefined
  return output?.type === 'tool' && asString(output.tool_call_id) ? 'TOOL' : type
}

/** True for what is a request to a model. */
export const isModelCall = (kind: string): boolean => kind === 'GENERATION' || kind === 'EMBEDDING'
