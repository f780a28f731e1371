import { isObject } from '../semantics/object.ts'
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

/**
 * The first place at which two JSON values differ; `undefined` if they are equal. Members are compared in the order of their
 * names by UTF-16 code units, items in their order; a member or item that only one of them has differs at its own place.
 */
export const firstDifference = (expected: unknown, found: unknown, path = ''): Difference | undefined => {
  if (Array.isArray(expected) && Array.isArray(found)) {
    const length = Math.max(expected.length, found.length)
    for (let i = 0; i < length; i++) {
      const difference = firstDifference(expected[i], found[i], `${path}/${i}`)
      if (difference) return difference
    }
    return undefined
  }
  if (isObject(expected) && isObject(found)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
    for (const name of names) {
      const [a, b] = [member(expected, name), member(found, name)]
      const difference = firstDifference(a, b, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      if (difference) return difference
    }
    return undefined
  }
  // −0 and 0 are one number.
  return expected === found ? undefined : describeBoth(path, expected, found)
}

// A value that was put on Object.prototype is no member.
const member = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined
