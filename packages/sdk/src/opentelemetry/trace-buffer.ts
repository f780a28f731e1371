import type { Span } from '../adapters/otel-genai/span.ts'
import { isUnitLike, parentIdOf, type SdkSpan, snapshotOf } from './sdk-span.ts'

/** Spans that belong together and are complete, or as complete as they will get. */
export interface Batch {
  readonly spans: readonly Span[]
  /** False if spans above or among them never ended. */
  readonly isWhole: boolean
}

/** Bounds of what is kept. */
export interface BufferLimits {
  /** Most spans, of all traces together. */
  readonly spans: number
  /** Milliseconds without a sign of life after which a trace is given up. */
  readonly age: number
}

interface Entry {
  readonly parentId: string | undefined
  /** The span itself while it goes on. */
  readonly live: SdkSpan | undefined
  /** What it said when it ended. */
  readonly span: Span | undefined
  /** Whether it was seen to be an agent's when it ended. */
  readonly isUnit: boolean
}

interface Trace {
  readonly entries: Map<string, Entry>
  touched: number
}

/** Most traces that are remembered as given up, so that what comes late is not taken for something new. */
const mostGivenUp = 1000

/** Keeps the spans of open traces, in bounded memory, and hands them over when what they are part of has ended. */
export class TraceBuffer {
  /** The one that was touched last stands last. */
  readonly #traces = new Map<string, Trace>()
  readonly #givenUp = new Set<string>()
  readonly #limits: BufferLimits
  readonly #deliver: (batch: Batch) => void
  #count = 0

  constructor(limits: BufferLimits, deliver: (batch: Batch) => void) {
    this.#limits = limits
    this.#deliver = deliver
  }

  /** A span began. @returns false if its trace was given up */
  begin(span: SdkSpan, now: number): boolean {
    return this.#put(span, { parentId: parentIdOf(span), live: span, span: undefined, isUnit: false }, now)
  }

  /** A span ended. @returns false if its trace was given up */
  end(span: SdkSpan, now: number): boolean {
    const entry = { parentId: parentIdOf(span), live: undefined, span: snapshotOf(span), isUnit: isUnitLike(span) }
    if (!this.#put(span, entry, now)) return false
    const { traceId, spanId } = span.spanContext()
    const trace = this.#traces.get(traceId)
    if (trace) this.#settle(traceId, trace, spanId)
    return true
  }

  /** Gives up what is too old or too much. @returns how many traces */
  trim(now: number): number {
    let count = 0
    for (const [id, trace] of this.#traces) {
      const isOld = now - trace.touched > this.#limits.age
      if (!isOld && this.#count <= this.#limits.spans) break
      this.#giveUp(id, trace)
      count++
    }
    return count
  }

  /** Hands over everything there is, ended or not. */
  drain(): void {
    for (const [id, trace] of this.#traces) this.#take(id, trace, [...trace.entries.keys()])
  }

  #put(span: SdkSpan, entry: Entry, now: number): boolean {
    const { traceId, spanId } = span.spanContext()
    if (this.#givenUp.has(traceId)) return false
    const trace = this.#traces.get(traceId) ?? { entries: new Map(), touched: now }
    if (!trace.entries.has(spanId)) this.#count++
    trace.entries.set(spanId, entry)
    trace.touched = now
    this.#traces.delete(traceId)
    this.#traces.set(traceId, trace)
    return true
  }

  #giveUp(id: string, trace: Trace): void {
    this.#givenUp.add(id)
    const [oldest] = this.#givenUp
    if (this.#givenUp.size > mostGivenUp && oldest !== undefined) this.#givenUp.delete(oldest)
    this.#take(id, trace, [...trace.entries.keys()])
  }

  /** After the end of a span: the highest agent above it, or else the highest span, is complete when nothing under it is open. */
  #settle(traceId: string, { entries }: Trace, spanId: string): void {
    const line = lineOf(entries, spanId)
    const root = line.findLast((id) => isUnit(entries.get(id))) ?? line.at(-1)
    if (root === undefined || entries.get(root)?.live) return
    const under: string[] = []
    for (const [id, { live }] of entries) {
      if (!lineOf(entries, id).includes(root)) continue
      if (live) return
      under.push(id)
    }
    const trace = this.#traces.get(traceId)
    if (trace) this.#take(traceId, trace, under)
  }

  #take(traceId: string, trace: Trace, ids: readonly string[]): void {
    const spans: Span[] = []
    let isWhole = true
    for (const id of ids) {
      const entry = trace.entries.get(id)
      if (!entry) continue
      if (entry.live) isWhole = false
      const span = entry.span ?? (entry.live && snapshotOf(entry.live))
      if (span) spans.push(span)
      trace.entries.delete(id)
      this.#count--
    }
    if (trace.entries.size === 0) this.#traces.delete(traceId)
    if (spans.length > 0) this.#deliver({ spans, isWhole })
  }
}

const isUnit = (entry: Entry | undefined): boolean =>
  entry !== undefined && (entry.live ? isUnitLike(entry.live) : entry.isUnit)

/** A span and those above it that are kept, upwards. */
function lineOf(entries: ReadonlyMap<string, Entry>, spanId: string): string[] {
  const line: string[] = []
  const seen = new Set<string>()
  for (let id: string | undefined = spanId; id !== undefined && !seen.has(id); id = entries.get(id)?.parentId) {
    if (!entries.has(id)) break
    seen.add(id)
    line.push(id)
  }
  return line
}
