/** An OTLP AnyValue in its JSON form: 64-bit integers are texts, an empty object is null. */
export type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }
  | { readonly kvlistValue: { readonly values: readonly KeyValue[] } }
  | Readonly<Record<string, never>>

/** A member of a list of attributes. */
export interface KeyValue {
  readonly key: string
  readonly value: AnyValue
}

/** A JSON value as an AnyValue; `undefined` is null. */
export function anyValue(value: unknown): AnyValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: value.toFixed(0) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  if (typeof value === 'object' && value !== null) return { kvlistValue: { values: keyValues(Object.entries(value)) } }
  return {}
}

/** Attributes of names and values; those that are `undefined` are left out. */
export const keyValues = (members: Iterable<readonly [string, unknown]>): KeyValue[] =>
  [...members].flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: anyValue(value) }]))
