import type { SchemaName } from '../generated/schema-table.ts'
import { pointerOf } from '../read/pointer.ts'

/**
 * Where a walk stands, as a chain up to the root: spelled out only when there is something to say, since most of a
 * record is right.
 */
export interface Place {
  /** The object or array that holds this place; undefined for the root. */
  readonly parent: Place | undefined
  /** Member name or index in the parent. */
  readonly key: string | number
  /** Set where the schema of another file takes over, and at the root. */
  readonly schema: SchemaName | undefined
}

/** JSON Pointer into the record. */
export const pathOf = (place: Place): string => pointerOf(keysOf(place))

/** Name of the schema file in force at a place. */
export function schemaOf(place: Place): SchemaName {
  let at = place
  while (at.schema === undefined) at = at.parent!
  return at.schema
}

/** The schema in force at a place, as `file#pointer`. */
export function schemaPlaceOf(place: Place): string {
  if (place.schema !== undefined) return `${place.schema}.json#`
  return `${schemaPlaceOf(place.parent!)}${typeof place.key === 'number' ? '/items' : `/properties/${place.key}`}`
}

function keysOf(place: Place): (string | number)[] {
  const keys = []
  for (let at = place; at.parent !== undefined; at = at.parent) keys.push(at.key)
  return keys.reverse()
}
