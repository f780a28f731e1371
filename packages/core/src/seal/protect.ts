import type { AgentRun } from '@agent-run/types'
import { AgentRunError } from '../errors.ts'
import { type PrivateKind, privateHash } from '../hash/index.ts'
import type { JsonObject } from '../semantics/object.ts'
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
 * A copy of a record in which every object with private members, or with a salt, has a `private_hash`. Objects that have
 * one are kept as they are, and so are approval events that are signed already: their signature covers what they say.
 * @throws {AgentRunError} `seal.already_sealed`
 */
export const protect = (run: AgentRun, options: { readonly random?: RandomBytes } = {}): AgentRun => {
  if (isSealed(run))
    throw new AgentRunError('seal.already_sealed', 'found a sealed record; expected one that may change')
  const form = mapPrivateObjects(run as unknown as JsonObject, (kind, object) => {
    const hasNothing = object.salt === undefined && privateMembersOf(kind, object).length === 0
    return hasNothing || isSignedItself(kind, object) ? object : protectObject(kind, object, options.random)
  })
  return form as unknown as AgentRun
}
