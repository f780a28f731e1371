import type { AgentRun } from '@agent-run/types'
import { runsOfTraces } from '../adapters/otel-genai/runs.ts'
import { arrangeTraces, withoutCopies } from '../adapters/otel-genai/traces.ts'
import { createPreviewer } from '../preview/index.ts'
import type { PriceList } from '../prices/price-list.ts'
import { createRecordWriter, type WriterOptions } from './record-writer.ts'
import type { SdkSpan } from './sdk-span.ts'
import { type Batch, TraceBuffer } from './trace-buffer.ts'

/** How runs are recorded from spans. Everything has a default. */
export interface SpanProcessorOptions extends WriterOptions {
  /** Replace secrets of known shapes; true by default. */
  readonly redact?: boolean
  /** Computes prices of model calls whose price no span says. */
  readonly prices?: PriceList
  /**
   * Which runs are kept: a share from 0 to 1, the same for all runs of a trace, or a function that sees the run before it
   * is sealed. All by default. Spans that the tracer's own sampler dropped are never seen.
   */
  readonly sample?: number | ((run: AgentRun) => boolean)
  /** Most spans that are kept while what they belong to goes on; 50,000 by default. */
  readonly maxSpans?: number
  /** Milliseconds without a sign of life after which an unfinished trace is written as far as it is known; an hour by default. */
  readonly maxAge?: number
  /** Is given every record once it is written. */
  readonly onRecord?: (record: AgentRun) => void
}

/** A span processor as the OpenTelemetry SDK takes it (`spanProcessors` of a tracer provider). None of its functions throws. */
export interface AgentRunSpanProcessor {
  onStart(span: SdkSpan, parentContext?: unknown): void
  onEnd(span: SdkSpan): void
  /** Resolves when every run that is over is written and was sent, if it can be. Runs that go on are left alone. */
  forceFlush(): Promise<void>
  /** The same, after runs that go on were written as `interrupted`. Later spans are not recorded. */
  shutdown(): Promise<void>
  /** How often each fault has occurred. */
  readonly faults: ReadonlyMap<string, number>
}

/** What this writes, as `source.adapter`. */
const adapter = '@agent-run/sdk/opentelemetry'

const usual = { spans: 50_000, age: 3_600_000 }

/**
 * Records the runs of agents from their spans, in this process: one record for each call of an agent, made by the mapping
 * of the adapter `otel-genai` when the outermost span of an agent has ended. Records go to `.agent-run/`, sealed if there
 * is a `signer`, and to a server if one is named. What has not ended when the process is killed is not recorded; use
 * `createRecorder` where that matters.
 *
 * ```ts
 * new NodeTracerProvider({ spanProcessors: [createSpanProcessor({ signer })] }).register()
 * ```
 */
export function createSpanProcessor(options: SpanProcessorOptions = {}): AgentRunSpanProcessor {
  const { redact = true, prices, sample = 1, maxSpans, maxAge, onRecord, ...rest } = options
  // An application is never to fail because it is recorded.
  const recordWriter = createRecordWriter({ ...rest, strict: false })
  const { clock, faults } = recordWriter
  const previewer = createPreviewer(redact !== false)
  const limits = { spans: positive(maxSpans) ?? usual.spans, age: positive(maxAge) ?? usual.age }
  let writing: Promise<void> = Promise.resolve()
  let isDown = false
  const buffer = new TraceBuffer(limits, (batch) => {
    const isLast = isDown
    // The application that ended the span does not wait for the record of its run.
    writing = writing.then(async () => {
      const runs = faults.guard('recorder.event_failed', 'the run cannot be made of its spans', () =>
        runsOf(batch, isLast),
      )
      const kept = (runs ?? []).filter(isKept)
      if (kept.length > 0) await recordWriter.write(kept, (record) => onRecord?.(record))
    })
  })

  const runsOf = ({ spans, isWhole }: Batch, isLast: boolean): AgentRun[] => {
    const { runs } = runsOfTraces(arrangeTraces(withoutCopies(spans).spans), { previewer, prices })
    return runs.map((run) => {
      const { provenance } = run
      const status = !isWhole && isLast && run.status === 'unknown' ? 'interrupted' : run.status
      // A trace that was given up is not whole, and the record says so.
      const known = isWhole || isLast ? {} : { metadata: { recorder_faults: { 'recorder.spans_dropped': 1 } } }
      return {
        ...run,
        status,
        provenance: { ...provenance, ...known },
        ...(run.source ? { source: { ...run.source, adapter } } : {}),
      }
    })
  }
  const isKept = (run: AgentRun): boolean => {
    if (typeof sample === 'number') return share(run) < sample
    if (typeof sample !== 'function') return true
    return faults.guard('recorder.source_failed', 'the function that chooses runs failed', () => sample(run)) !== false
  }
  const notice = (isTaken: boolean): void => {
    if (!isTaken) faults.report('recorder.too_late', 'a span of a trace that was given up is not recorded')
    const dropped = buffer.trim(clock.milliseconds())
    if (dropped > 0)
      faults.report('recorder.spans_dropped', `${dropped} traces without an end were written as far as they are known`)
  }
  const settled = async (): Promise<void> => {
    // What is written meanwhile may add to it.
    for (let seen: Promise<void> | undefined; seen !== writing; ) {
      seen = writing
      await seen
    }
    await recordWriter.flush()
  }

  return {
    faults: faults.counts,
    onStart(span) {
      if (isDown) return
      faults.guard('recorder.event_failed', 'the beginning of a span cannot be recorded', () =>
        notice(buffer.begin(span, clock.milliseconds())),
      )
    },
    onEnd(span) {
      if (isDown) return
      faults.guard('recorder.event_failed', 'the end of a span cannot be recorded', () =>
        notice(buffer.end(span, clock.milliseconds())),
      )
    },
    forceFlush: settled,
    async shutdown() {
      isDown = true
      faults.guard('recorder.event_failed', 'the runs that go on cannot be recorded', () => buffer.drain())
      await settled()
    },
  }
}

const positive = (given: number | undefined): number | undefined =>
  typeof given === 'number' && given > 0 ? given : undefined

/** A number from 0 to 1 that follows from the trace, so that all of it is kept or nothing. */
function share({ links }: AgentRun): number {
  const digits = links?.trace_id?.slice(-8)
  return digits === undefined ? 0 : Number.parseInt(digits, 16) / 0x1_0000_0000
}
