import { argumentsHash, readJson, textArgumentsHash } from '@agent-run/core'

/** Arguments of a call at one moment: later changes of the object they were read from do not reach them. */
export type Snapshot = Exact | Inexact

/** Plain JSON data: what is hashed, shown and run is one frozen copy. */
export interface Exact {
  readonly isExact: true
  /** Their `arguments_hash` with the step's salt. */
  readonly hash: string
  /** Frozen all the way down. */
  readonly copy: unknown
}

/** Something else, which no hash could tell from all others. */
export interface Inexact {
  readonly isExact: false
  /** What was found in the arguments, without quoting them. */
  readonly found: string
}

/** Deepest nesting of arguments, and most values in them: a bound for what a hostile object may cost. */
const deepest = 120
const most = 1_000_000

/**
 * Takes the arguments of a call as they are now: plain objects and lists of texts, finite numbers, booleans and `null`.
 * No getter and no `toJSON` is called. A call without arguments is hashed as `null`; what is not JSON of the record
 * profile – a lone surrogate, a number beyond 2^53 − 1 – is hashed as text (spec/bytes.md).
 */
export function snapshot(args: unknown, salt: string): Snapshot {
  try {
    const copy = freezeCopy(args ?? null)
    return { isExact: true, hash: hashOf(copy, salt), copy: args === undefined ? undefined : copy }
  } catch (error) {
    return { isExact: false, found: error instanceof NotPlain ? error.message : 'an object that cannot be read' }
  }
}

/** A fresh frozen copy of plain JSON data. */
export const freshCopy = (data: unknown): unknown => (data === undefined ? undefined : freezeCopy(data))

class NotPlain extends Error {}

const hashOf = (copy: unknown, salt: string): string => {
  const json = JSON.stringify(copy)
  const read = readJson(json)
  return read.ok ? argumentsHash(read.value, salt) : textArgumentsHash(json, salt)
}

function freezeCopy(whole: unknown): unknown {
  let left = most
  const copyOf = (value: unknown, above: readonly object[]): unknown => {
    if (left-- <= 0) throw new NotPlain(`more than ${most} values`)
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new NotPlain('a number that is not finite')
      // JSON has one zero.
      return value === 0 ? 0 : value
    }
    if (typeof value !== 'object') throw new NotPlain(value === undefined ? 'undefined' : `a ${typeof value}`)
    if (above.includes(value)) throw new NotPlain('a cycle')
    if (above.length >= deepest) throw new NotPlain(`more than ${deepest} levels`)
    const within = [...above, value]
    return Object.freeze(Array.isArray(value) ? listOf(value, within) : objectOf(value, within))
  }
  const listOf = (list: readonly unknown[], within: readonly object[]): unknown[] => {
    const { length } = list
    if (Reflect.ownKeys(list).length !== length + 1) throw new NotPlain('a list with holes or members of its own')
    return Array.from({ length }, (_, index) => copyOf(dataOf(list, String(index)), within))
  }
  const objectOf = (object: object, within: readonly object[]): object => {
    const prototype: unknown = Object.getPrototypeOf(object)
    // Another realm's plain object has another Object.prototype, which has no prototype either.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
      throw new NotPlain('an object that is not plain')
    const members = Reflect.ownKeys(object).map((name): [string, unknown] => {
      if (typeof name === 'symbol') throw new NotPlain('a member named by a symbol')
      return [name, copyOf(dataOf(object, name), within)]
    })
    // Unlike assignment this makes a member of the name __proto__ what it is in JSON.
    return Object.fromEntries(members)
  }
  return copyOf(whole, [])
}

/** The value of a member that is plain data: not computed, not hidden. */
const dataOf = (object: object, name: string): unknown => {
  const member = Object.getOwnPropertyDescriptor(object, name)
  if (member === undefined || !('value' in member)) throw new NotPlain('a member with a getter or setter')
  if (member.enumerable !== true) throw new NotPlain('a member that is not enumerable')
  return member.value
}
