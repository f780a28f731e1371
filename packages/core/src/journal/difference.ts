import { type PrivateKind, privateMembers } from '../hash/index.ts'
import { nestedLists } from '../hash/public-form.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import type { Difference } from './finding.ts'

const DIGEST = /^(?:sha256:)?[0-9a-f]{64}$/

/** What stands at a place, without its content unless it can be no payload. */
const describe = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return DIGEST.test(value) ? value : 'a text'
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
}

const describeBoth = (path: string, expected: unknown, found: unknown): Difference => {
  const [a, b] = [describe(expected), describe(found)]
  return { path, expected: a, found: a === b ? `another one` : b }
}

/** Of private content only whether it is there: a number or a digest in it could be a secret, or be guessed from one. */
const describeHidden = (path: string, expected: unknown, found: unknown): Difference => ({
  path,
  expected: expected === undefined ? 'nothing' : 'a private value',
  found: found === undefined ? 'nothing' : expected === undefined ? 'a private value' : 'another one',
})

/**
 * The first place at which two JSON values differ; `undefined` if they are equal. Members are compared in the order of their
 * names by UTF-16 code units, items in their order; a member or item that only one of them has differs at its own place.
 * @param kind what both are, if they can have private members: such a member differs as a whole, since the names and
 *   values in it are as private as it is
 */
export const firstDifference = (
  expected: unknown,
  found: unknown,
  kind?: PrivateKind,
  path = '',
): Difference | undefined => {
  if (Array.isArray(expected) && Array.isArray(found)) return inLists(expected, found, kind, path)
  if (isObject(expected) && isObject(found)) return inObjects(expected, found, kind, path)
  // −0 and 0 are one number.
  return expected === found ? undefined : describeBoth(path, expected, found)
}

const inLists = (
  expected: readonly unknown[],
  found: readonly unknown[],
  kind: PrivateKind | undefined,
  path: string,
): Difference | undefined => {
  const length = Math.max(expected.length, found.length)
  for (let i = 0; i < length; i++) {
    const difference = firstDifference(expected[i], found[i], kind, `${path}/${i}`)
    if (difference) return difference
  }
  return undefined
}

const inObjects = (
  expected: JsonObject,
  found: JsonObject,
  kind: PrivateKind | undefined,
  path: string,
): Difference | undefined => {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  for (const name of names) {
    const [a, b] = [member(expected, name), member(found, name)]
    const place = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const difference = firstDifference(a, b, kindIn(kind, name), place)
    if (difference === undefined) continue
    return isPrivate(kind, name) ? describeHidden(place, a, b) : difference
  }
  return undefined
}

const kindIn = (kind: PrivateKind | undefined, name: string): PrivateKind | undefined =>
  kind && nestedLists[kind].find(([list]) => list === name)?.[1]

const isPrivate = (kind: PrivateKind | undefined, name: string): boolean =>
  kind !== undefined && (name === 'salt' || privateMembers[kind].includes(name))

// A value that was put on Object.prototype is no member.
const member = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined)
