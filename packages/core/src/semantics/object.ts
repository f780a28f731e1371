/** An object of a record whose members may hold anything. */
export type JsonObject = Readonly<Record<string, unknown>>

/** An object and its place in the record, a JSON Pointer. */
export interface Place {
  readonly value: JsonObject
  readonly path: string
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether the member is there and not `null`. */
export const isGiven = (object: JsonObject, member: string): boolean => {
  const value = object[member]
  return value !== undefined && value !== null
}

/** The member's value if it is a string, else `undefined`. */
export const textOf = (object: JsonObject, member: string): string | undefined => {
  const value = object[member]
  return typeof value === 'string' ? value : undefined
}

/** The member's value if it is a number, else `undefined`: absent, `null` and anything else are unknown. */
export const numberOf = (object: JsonObject, member: string): number | undefined => {
  const value = object[member]
  return typeof value === 'number' ? value : undefined
}

/** The member's value if it is an object, else `undefined`. */
export const objectOf = (object: JsonObject, member: string): JsonObject | undefined => {
  const value = object[member]
  return isObject(value) ? value : undefined
}

/** The member's items if it is a list, else none. */
export const listOf = (object: JsonObject, member: string): readonly unknown[] => {
  const value = object[member]
  return Array.isArray(value) ? value : nothing
}

const nothing: readonly never[] = []

/** The objects in a list, each with its place; `path` is the place of `object`. */
export const placesOf = (object: JsonObject, member: string, path: string): Place[] => {
  const places: Place[] = []
  const list = listOf(object, member)
  for (let index = 0; index < list.length; index++) {
    const value = list[index]
    if (isObject(value)) places.push({ value, path: `${path}/${member}/${index}` })
  }
  return places
}
