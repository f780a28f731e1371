import { type PrivateKind, privateMembers } from '@agent-run/core'
import { objectMembers } from '../generated/object-members.ts'

/** Never shown, though no erasing removes them: what makes digests unguessable, and what nobody can read anyway. */
const NEVER = new Set(['salt', 'signature'])

/**
 * Whether what a member holds may stand in a code frame: the standard has the member in this kind of object (the name
 * of a schema) and does not call it private there. Everything else is masked.
 */
export function isPublic(kind: string | undefined, member: string): boolean {
  return heldIn(kind, member) !== undefined && !NEVER.has(member) && !privateIn(kind).includes(member)
}

/** Kind of the object or objects a member holds; empty for a value or list of values; undefined where nobody knows. */
export function heldIn(kind: string | undefined, member: string): string | undefined {
  const members = kind === undefined || !Object.hasOwn(objectMembers, kind) ? undefined : objectMembers[kind]
  return members && Object.hasOwn(members, member) ? members[member] : undefined
}

/** Whether any object of the standard has a member of this name. */
export function isKnownName(name: string): boolean {
  known ??= new Set(Object.values(objectMembers).flatMap((members) => Object.keys(members)))
  return known.has(name)
}

let known: Set<string> | undefined

const privateIn = (kind: string | undefined): readonly string[] => {
  const name = kind === 'agent-run' ? 'run' : (kind ?? '').replaceAll('-', '_')
  return Object.hasOwn(privateMembers, name) ? privateMembers[name as PrivateKind] : []
}
