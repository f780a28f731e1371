import { conventionOf } from '../adapters/otel-genai/conventions.ts'
import { readSpan } from '../adapters/otel-genai/read-span.ts'
import type { Span } from '../adapters/otel-genai/span.ts'

/** A span context of the OpenTelemetry API, as far as it is needed. */
export interface SdkSpanContext {
  readonly traceId: string
  readonly spanId: string
  /** True for a parent in another process. */
  readonly isRemote?: boolean
}

/** A span of the OpenTelemetry SDK (1.x or 2.x), as far as it is needed: nothing of OpenTelemetry is imported. */
export interface SdkSpan {
  readonly name: string
  spanContext(): SdkSpanContext
  readonly parentSpanContext?: SdkSpanContext | undefined
  /** In place of `parentSpanContext`, in 1.x. */
  readonly parentSpanId?: string | undefined
  readonly startTime: readonly [number, number]
  readonly endTime: readonly [number, number]
  readonly ended: boolean
  readonly status: { readonly code: number; readonly message?: string | undefined }
  readonly attributes: Readonly<Record<string, unknown>>
  readonly events: readonly {
    readonly name: string
    readonly time: readonly [number, number]
    readonly attributes?: Readonly<Record<string, unknown>> | undefined
  }[]
  readonly links: readonly { readonly context: SdkSpanContext }[]
  readonly resource: { readonly attributes: Readonly<Record<string, unknown>> }
  readonly instrumentationScope?: { readonly name: string; readonly version?: string | undefined } | undefined
}

/** Id of the span above. */
export const parentIdOf = (span: SdkSpan): string | undefined => span.parentSpanContext?.spanId ?? span.parentSpanId

/** What a span says, as it is now. Of one that is none of an agent's only its place is kept, and how it ended. */
export function snapshotOf(span: SdkSpan): Span | undefined {
  const isOfAgent =
    conventionOf({ name: span.name, attributes: new Map(Object.entries(span.attributes)) }) !== undefined
  return readSpan({
    name: isOfAgent ? span.name : '',
    spanContext: span.spanContext(),
    parentSpanId: parentIdOf(span),
    startTime: span.startTime,
    endTime: span.ended ? span.endTime : undefined,
    status: span.status,
    attributes: isOfAgent ? span.attributes : {},
    events: isOfAgent ? span.events : [],
    links: isOfAgent ? span.links : [],
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
  })
}

/** Whether a span is above steps of a run: an agent's, a workflow's or that of a call of the AI SDK. */
export function isUnitLike(span: Pick<SdkSpan, 'name' | 'attributes'>): boolean {
  const role = conventionOf({ name: span.name, attributes: new Map(Object.entries(span.attributes)) })?.role
  return role === 'agent' || role === 'workflow' || role === 'call'
}
