import { asArray, asObject } from '../../conversion/json.ts'

/** Deepest nesting that is read; what lies deeper is left out. */
const deepest = 128

/**
 * What an OTLP AnyValue says, as JSON: 64-bit integers that no double holds stay texts, bytes stay base64, an empty value
 * is `null`. `undefined` for what is no AnyValue.
 */
export function readAnyValue(value: unknown, depth = 0): unknown {
  const any = asObject(value)
  if (!any || depth > deepest) return undefined
  const has = (...names: readonly string[]): unknown => {
    for (const name of names) if (Object.hasOwn(any, name)) return any[name]
    return undefined
  }
  const text = has('stringValue', 'string_value')
  if (text !== undefined) return typeof text === 'string' ? text : undefined
  const flag = has('boolValue', 'bool_value')
  if (flag !== undefined) return typeof flag === 'boolean' ? flag : undefined
  const whole = has('intValue', 'int_value')
  if (whole !== undefined) return readInteger(whole)
  const double = has('doubleValue', 'double_value')
  if (double !== undefined) return typeof double === 'number' ? double : undefined
  const list = has('arrayValue', 'array_value')
  if (list !== undefined)
    return (asArray(asObject(list)?.values) ?? []).map((item) => readAnyValue(item, depth + 1) ?? null)
  const pairs = has('kvlistValue', 'kvlist_value')
  if (pairs !== undefined) return Object.fromEntries(readKeyValues(asObject(pairs)?.values, depth + 1))
  const bytes = has('bytesValue', 'bytes_value')
  if (bytes !== undefined) return typeof bytes === 'string' ? bytes : undefined
  return Object.keys(any).length === 0 ? null : undefined
}

/** A whole number that JSON may spell as a text; as a text where it is too large for a double. */
function readInteger(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return undefined
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** The members of an OTLP list of key and value; of a key that stands there twice the first counts. */
export function readKeyValues(list: unknown, depth = 0): Map<string, unknown> {
  const members = new Map<string, unknown>()
  for (const entry of asArray(list) ?? []) {
    const { key, value } = asObject(entry) ?? {}
    if (typeof key !== 'string' || members.has(key)) continue
    const read = value === null || value === undefined ? null : readAnyValue(value, depth)
    if (read !== undefined) members.set(key, read)
  }
  return members
}
