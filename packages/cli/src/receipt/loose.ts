/** A JSON object that nobody vouches for: a record is shown even if it is invalid, so every member may be anything. */
export type Loose = { readonly [member: string]: unknown }

export const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object member; an empty one where there is none. */
export function objectAt(object: Loose, member: string): Loose {
  const value = own(object, member)
  return isLoose(value) ? value : {}
}

/** The objects in a list member. */
export function listAt(object: Loose, member: string): Loose[] {
  const value = own(object, member)
  return Array.isArray(value) ? value.filter(isLoose) : []
}

/** The strings in a list member. */
export function textsAt(object: Loose, member: string): string[] {
  const value = own(object, member)
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** A string member that says something. */
export function textAt(object: Loose, member: string): string | undefined {
  const value = own(object, member)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number member. */
export function numberAt(object: Loose, member: string): number | undefined {
  const value = own(object, member)
  return typeof value === 'number' ? value : undefined
}

/** Whether a member is there, even as null. */
export const has = (object: Loose, member: string): boolean => Object.hasOwn(object, member)

/** A member of the object itself, never one that every object inherits. */
const own = (object: Loose, member: string): unknown => (Object.hasOwn(object, member) ? object[member] : undefined)
