import { isObject, type Json } from './json.ts'

/**
 * The canonical form of a JSON value by RFC 8785. Written for this suite alone, so that a fault of the library that is
 * tested cannot hide in both.
 * @throws {TypeError} for a number that is not finite
 */
export const canonicalize = (value: Json): string => {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError('a number that is not finite is not JSON')
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalize(value[name]!)}`).join(',')}}`
}

/** Whether two values are equal in canonical form. */
export const equal = (one: Json, other: Json): boolean => canonicalize(one) === canonicalize(other)
