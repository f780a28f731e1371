import type { AgentRun } from '@agent-run/types'
import { AgentRunError } from '../errors.ts'
import { type PrivateKind, privateMembers } from '../hash/index.ts'
import type { JsonObject } from '../semantics/object.ts'
import { mapPrivateObjects, privateMembersOf, privateState } from './private-objects.ts'

/** Which objects to erase: their JSON Pointers (`''` is the run itself, `/steps/3`, `/steps/3/side_effects/0`, `/approvals/1`), or a question asked of every object that has something private. */
export type Erased =
  | Iterable<string>
  | ((place: { readonly kind: PrivateKind; readonly path: string; readonly object: JsonObject }) => boolean)

/** What {@link erase} returns. */
export interface Erasure {
  /** The record without what was erased. */
  readonly run: AgentRun
  /** `private_hash` of every object chosen, in document order: what a tombstone names. */
  readonly private_hashes: readonly string[]
}

/**
 * Removes `salt` and all private members of the objects chosen, and nothing else. `record_hash`, `steps_root` and all
 * signatures stay as they are and stay right (AR-SEAL-016). An object that is erased already stays so.
 * @throws {AgentRunError} `erase.not_found` where a pointer names no object that can be erased, `erase.unprotected` for
 * private members without `private_hash`, `erase.broken` for an object whose `private_hash` does not match: erasing it
 * would hide that it was changed
 */
export const erase = (run: AgentRun, chosen: Erased): Erasure => {
  const pointers = typeof chosen === 'function' ? undefined : new Set(chosen)
  const found = new Map<string, string>()
  const erased = mapPrivateObjects(run as unknown as JsonObject, (kind, object, path) => {
    const isChosen =
      typeof chosen === 'function' ? hasPrivate(kind, object) && chosen({ kind, path, object }) : pointers!.delete(path)
    if (!isChosen) return object
    const form = eraseObject(kind, object, path)
    found.set(path, form.private_hash as string)
    return form
  })
  const missing = pointers?.values().next()
  if (missing?.done === false)
    throw new AgentRunError(
      'erase.not_found',
      `found no object at one of the places to erase; expected the run ('') or one in steps, side_effects, approvals, policy_decisions or artifacts`,
      missing.value,
    )
  return { run: erased as unknown as AgentRun, private_hashes: inDocumentOrder(found) }
}

const hasPrivate = (kind: PrivateKind, object: JsonObject): boolean =>
  object.private_hash !== undefined || privateMembersOf(kind, object).length > 0

const eraseObject = (kind: PrivateKind, object: JsonObject, path: string): JsonObject => {
  const state = privateState(kind, object)
  if (state === undefined)
    throw new AgentRunError(
      'erase.unprotected',
      `found no private_hash at ${path || 'the run'}; expected one, set before sealing`,
    )
  if (state === 'broken')
    throw new AgentRunError(
      'erase.broken',
      `found private members that private_hash does not match at ${path || 'the run'}; expected an object that was not changed`,
    )
  const gone = new Set(['salt', ...privateMembers[kind]])
  return Object.fromEntries(Object.entries(object).filter(([member]) => !gone.has(member)))
}

// The run comes last in the walk, as its lists are replaced before it is; in a document it comes first.
const inDocumentOrder = (found: ReadonlyMap<string, string>): string[] => {
  const own = found.get('')
  const others = [...found].filter(([path]) => path !== '').map(([, hash]) => hash)
  return own === undefined ? others : [own, ...others]
}
