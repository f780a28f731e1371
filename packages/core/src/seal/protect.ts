import type { AgentRun } from '@agent-run/types'
import { AgentRunError } from '../errors.ts'
import { type PrivateKind, privateHash } from '../hash/index.ts'
import { type JsonObject, placesOf } from '../semantics/object.ts'
import { isSignedItself, mapPrivateObjects, privateMembersOf } from './private-objects.ts'
import { type RandomBytes, randomHex } from './random-hex.ts'
import { isSealed } from './sealed.ts'

const SALT_BYTES = 32

/**
 * A copy of an object with `salt` and `private_hash`, so that its private members can be erased later without breaking a
 * seal (AR-SEAL-008). A salt that is there is kept: a step's was chosen before the request and is part of its
 * `arguments_hash`. An object that has a `private_hash` already is returned as it is.
 * @param random source of the salt's 32 bytes; the platform's generator unless given
 */
export const protectObject = <T extends object>(kind: PrivateKind, object: T, random?: RandomBytes): T => {
  const { private_hash, salt } = object as JsonObject
  if (private_hash !== undefined) return object
  const salted = { ...object, salt: salt ?? randomHex(SALT_BYTES, random) }
  return { ...salted, private_hash: privateHash(kind, salted) }
}

/**
 * A copy of a record in which every object with private members, or with a salt, has a `private_hash`. Left as they are:
 * objects that have one; signed approval events, whose signature covers what they say; the events that a signed decision
 * under the same approval_id may name by `request_hash`; and handoff steps, whose leaf the child may name.
 * @throws {AgentRunError} `seal.already_sealed`
 */
export const protect = (run: AgentRun, options: { readonly random?: RandomBytes } = {}): AgentRun => {
  if (isSealed(run))
    throw new AgentRunError('seal.already_sealed', 'found a sealed record; expected one that may change')
  const record = run as unknown as JsonObject
  const decided = new Set(
    placesOf(record, 'approvals', '').flatMap(({ value }) =>
      isSignedItself('approval', value) ? [value.approval_id] : [],
    ),
  )
  const handoffs = new Set(
    placesOf(record, 'steps', '').flatMap(({ value, path }) => (value.type === 'handoff' ? [path] : [])),
  )
  const isFixed = (kind: PrivateKind, object: JsonObject): boolean =>
    (kind === 'approval' && (isSignedItself(kind, object) || decided.has(object.approval_id))) ||
    (kind === 'step' && object.type === 'handoff')
  const form = mapPrivateObjects(record, (kind, object, path) => {
    const hasNothing = object.salt === undefined && privateMembersOf(kind, object).length === 0
    // The side effects of a handoff are part of its leaf.
    const isInHandoff = kind === 'side_effect' && handoffs.has(path.slice(0, path.indexOf('/side_effects/')))
    return hasNothing || isInHandoff || isFixed(kind, object) ? object : protectObject(kind, object, options.random)
  })
  return form as unknown as AgentRun
}
