import { hash, type PrivateKind, privateMembers, publicForm } from '../hash/index.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import type { PrivateLine } from './line.ts'

/** Whether a private line is what its `private` says: hash of kind `private` over all the rest of it (AR-PRIV-002). */
export const isWholeLine = ({ private: privateHash, ...covered }: PrivateLine): boolean =>
  hash('private', covered) === privateHash

/** Adds every `private_hash` that stands anywhere in a value. */
export const collectPrivateHashes = (value: unknown, into: Set<string>): void => {
  if (Array.isArray(value)) for (const item of value) collectPrivateHashes(item, into)
  else if (isObject(value))
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'object') collectPrivateHashes(member, into)
      else if (name === 'private_hash' && typeof member === 'string') into.add(member)
    }
}

/**
 * An object in public form and the private lines that make it whole again, those of its side effects last.
 * @throws {TypeError} if a private_hash does not fit what stands beside it
 */
export const splitPrivate = (
  kind: PrivateKind,
  object: JsonObject,
): { readonly form: JsonObject; readonly lines: PrivateLine[] } => {
  const lines = [...ownPrivateLine(kind, object)]
  if (kind === 'step' && Array.isArray(object.side_effects))
    for (const effect of object.side_effects) if (isObject(effect)) lines.push(...ownPrivateLine('side_effect', effect))
  return { form: publicForm(kind, object), lines }
}

const ownPrivateLine = (kind: PrivateKind, object: JsonObject): PrivateLine[] => {
  const { private_hash, salt } = object
  if (typeof private_hash !== 'string') return []
  const members = Object.entries(object).filter(([name]) => privateMembers[kind].includes(name))
  if (salt === undefined && members.length === 0) return []
  const line = { private: private_hash, salt: String(salt), ...Object.fromEntries(members) }
  if (!isWholeLine(line)) throw new TypeError(`private_hash of the ${kind} is not the hash of its private members`)
  return [line]
}

/** The object with its private members put back; erased, as it is, where their line is gone. */
export const joinPrivate = (
  kind: PrivateKind,
  object: JsonObject,
  lines: ReadonlyMap<string, PrivateLine>,
): JsonObject => {
  const effects = kind === 'step' ? object.side_effects : undefined
  const whole = Array.isArray(effects)
    ? { ...object, side_effects: effects.map((e) => (isObject(e) ? joinPrivate('side_effect', e, lines) : e)) }
    : object
  const line = typeof whole.private_hash === 'string' ? lines.get(whole.private_hash) : undefined
  if (line === undefined) return whole
  const { private: _, ...members } = line
  // Only what this kind of object keeps private may come from outside the chain.
  const belongs = Object.keys(members).every((name) => name === 'salt' || privateMembers[kind].includes(name))
  return belongs ? { ...whole, ...members } : whole
}
