/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** A JSON object. */
export type JsonObject = { readonly [name: string]: Json }

/** Whether a value is a JSON object, and not null or an array. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Stands for a place that a value does not have; JSON has no value for it. */
export const nowhere: unique symbol = Symbol('nowhere')

/** The value at a JSON Pointer (RFC 6901), or {@link nowhere}. */
export const valueAt = (value: Json | undefined, pointer: string): Json | typeof nowhere => {
  if (value === undefined) return nowhere
  let place: Json = value
  for (const name of namesOf(pointer)) {
    if (Array.isArray(place)) {
      const item: Json | undefined = /^(0|[1-9][0-9]*)$/.test(name)
        ? (place as readonly Json[])[Number(name)]
        : undefined
      if (item === undefined) return nowhere
      place = item
    } else if (isObject(place) && Object.hasOwn(place, name)) {
      place = place[name]!
    } else return nowhere
  }
  return place
}

/** A copy of a value without the member or item at a JSON Pointer; the value itself where it has none there. */
export const without = (value: Json, pointer: string): Json => {
  const names = namesOf(pointer)
  const last = names.pop()
  if (last === undefined || valueAt(value, pointer) === nowhere) return value
  const copy = structuredClone(value) as Json
  const parent = valueAt(copy, pointer.slice(0, pointer.lastIndexOf('/'))) as Record<string, Json> | Json[]
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else delete parent[last]
  return copy
}

const namesOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
