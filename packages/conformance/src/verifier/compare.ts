import { equal } from '../bytes/canonical.ts'
import { isObject, type Json } from '../bytes/json.ts'
import { printable } from '../http/show.ts'
import { compareVerdict } from './compare-verdict.ts'
import type { VerifierLevel } from './operations.ts'
import { showDifference, showValue } from './show-value.ts'
import type { Vector } from './vector.ts'

/** Most messages about one case. */
const MOST = 6

/** What is wrong with the result of a vector, one sentence each; empty if it is the expected one. */
export const compareResult = (vector: Vector, result: Json, level: VerifierLevel): readonly string[] => {
  const found = faults(vector, result, level)
  return found.length > MOST ? [...found.slice(0, MOST), `and ${found.length - MOST} more`] : found
}

const faults = ({ compare, input, expect }: Vector, result: Json, level: VerifierLevel): readonly string[] => {
  if (compare === 'verdict') {
    const { options } = input
    return compareVerdict(expect, result, level, isObject(options) ? (options.level ?? null) : null)
  }
  if (compare === 'findings') return compareFindings(expect, result)
  if (equal(expect, result)) return []
  const place = firstDifference(expect, result, '')
  return [`${place.path === '' ? '' : `${printable(place.path)}: `}${showDifference(place.expected, place.found)}`]
}

interface Difference {
  readonly path: string
  readonly expected: Json | undefined
  readonly found: Json | undefined
}

/** The first place where two unequal values differ. Only names that are expected stand in the path. */
const firstDifference = (expected: Json, found: Json | undefined, path: string): Difference => {
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
    const at = (expected as readonly Json[]).findIndex((item, index) => !equal(item, found[index]!))
    return firstDifference(expected[at]!, found[at], `${path}/${at}`)
  }
  if (isObject(expected) && isObject(found)) {
    const name = Object.keys(expected).find(
      (each) => !Object.hasOwn(found, each) || !equal(expected[each]!, found[each]!),
    )
    if (name !== undefined) {
      const pointer = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      return firstDifference(expected[name]!, Object.hasOwn(found, name) ? found[name] : undefined, pointer)
    }
  }
  return { path, expected, found }
}

const compareFindings = (expect: Json, result: Json): readonly string[] => {
  if (!Array.isArray(result)) return [`expected a list of findings, found ${showValue(result)}`]
  const found = new Map<string, string>()
  for (const each of result as readonly Json[]) {
    if (!isObject(each) || typeof each.code !== 'string' || typeof each.path !== 'string')
      return ['expected of each finding a code and a path']
    found.set(JSON.stringify([each.code, each.path]), showFinding(each.code, each.path))
  }
  const missing: string[] = []
  for (const { code, path } of expect as unknown as readonly { code: string; path: string }[])
    if (!found.delete(JSON.stringify([code, path]))) missing.push(`expected the finding ${showFinding(code, path)}`)
  return [...missing, ...[...found.values()].map((finding) => `found ${finding}, which is not expected`)]
}

const showFinding = (code: string, path: string): string =>
  `${showValue(code)} at ${path === '' ? 'the whole record' : showValue(path)}`
