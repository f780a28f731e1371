import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions } from '../../conversion/adapter.ts'
import { asString, type Json } from '../../conversion/json.ts'
import type { Previewer } from '../../preview/index.ts'
import { readSpan, type Span } from './spans.ts'
import { makeTraceRun } from './trace-run.ts'

/** A trace, put together from its parts. */
export interface Trace {
  readonly id: string
  /** What is said of it as a whole; it may be missing. */
  head: Json | undefined
  readonly spans: Map<string, Span>
  /** Places in the source. */
  readonly lines: number[]
  /** SHA-256 of the input; `undefined` if there are several. */
  digest: string | undefined
}

/** Traces under construction: their parts come in any order, and from several inputs. */
export class Traces {
  readonly #traces = new Map<string, Trace>()
  /** Steps whose recorded times contradict each other, once `finish` was called. */
  contradictions = 0

  /** Adds a trace or a span; `false` if it was there before. */
  add(
    json: Json,
    { line, read }: { readonly line: number; readonly read: { readonly digest: string | undefined } },
  ): boolean {
    const isSpan = json.object === 'trace.span'
    const id = asString(isSpan ? json.trace_id : json.id) ?? 'unknown'
    const trace: Trace = this.#traces.get(id) ?? {
      id,
      head: undefined,
      spans: new Map(),
      lines: [],
      digest: read.digest,
    }
    this.#traces.set(id, trace)
    if (trace.digest !== read.digest) trace.digest = undefined
    if (!isSpan) {
      if (trace.head) return false
      trace.head = json
    } else {
      const span = readSpan(json, line)
      if (trace.spans.has(span.id)) return false
      trace.spans.set(span.id, span)
    }
    trace.lines.push(line)
    return true
  }

  /** The run of each trace, in the order in which they began in the source. */
  finish(options: ConvertOptions, previewer: Previewer): AgentRun[] {
    return [...this.#traces.values()].map((trace) => {
      const { run, contradictions } = makeTraceRun(trace, options, previewer)
      this.contradictions += contradictions
      return run
    })
  }
}
