import type { JsonValue } from '@agent-run/core'

type JsonObject = { readonly [name: string]: JsonValue }

/** Whether a JSON value is an object. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Applies a merge patch (RFC 7396) to a JSON value. Members that the patch does not name are the same values as before.
 */
export const mergePatch = (target: JsonValue | undefined, patch: JsonValue): JsonValue => {
  if (!isJsonObject(patch)) return patch
  const members = new Map(isJsonObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) members.delete(name)
    else members.set(name, mergePatch(members.get(name), value))
  }
  // Not by assignment: a name may be that of a setter.
  return Object.fromEntries(members)
}
