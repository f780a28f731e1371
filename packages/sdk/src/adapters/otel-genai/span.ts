import type { Moment } from '../../conversion/time.ts'

/** Attributes by name. */
export type Attributes = ReadonlyMap<string, unknown>

/** Something that happened during a span. */
export interface SpanEvent {
  readonly name: string
  readonly at: Moment | undefined
  readonly attributes: Attributes
}

/** A span, whoever wrote it. */
export interface Span {
  /** 32 hexadecimal digits, or what the source has in their place; empty if it says nothing. */
  readonly traceId: string
  /** 16 hexadecimal digits, or what the source has in their place; empty if it says nothing. */
  readonly spanId: string
  readonly parentId: string | undefined
  readonly name: string
  readonly start: Moment | undefined
  /** Absent while it has not ended. */
  readonly end: Moment | undefined
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  /** Spans that it is linked to. */
  readonly links: readonly SpanLink[]
  readonly status: 'unset' | 'ok' | 'error'
  /** What the status says in words. */
  readonly statusMessage: string | undefined
  /** Of the program: `service.name` and so on. */
  readonly resource: Attributes
  /** What made the span. */
  readonly scope: { readonly name: string | undefined; readonly version: string | undefined }
}

/** A span that another one is linked to. */
export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
}

/** The text of the first attribute that has one. */
export function textOf({ attributes }: Pick<Span, 'attributes'>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name)
    if (typeof value === 'string' && value !== '') return value.toWellFormed()
  }
  return undefined
}

/** The number of the first attribute that has one; texts of whole numbers count. */
export function numberOf({ attributes }: Pick<Span, 'attributes'>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes.get(name)
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value)
  }
  return undefined
}

/** The value of the first attribute that is there and not null. */
export function attributeOf({ attributes }: Pick<Span, 'attributes'>, names: readonly string[]): unknown {
  for (const name of names) {
    const value = attributes.get(name)
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}
