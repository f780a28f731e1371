import { canonicalize, equal } from '../bytes/canonical.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import type { VerifierLevel } from './operations.ts'
import { showDifference, showValue } from './show-value.ts'

/** The checks of a verdict that a level judges; `accountable` judges all of them. */
const CHECKS = {
  recorded: ['schema', 'semantics'],
  sealed: ['schema', 'semantics', 'run_hash', 'steps', 'record', 'signature'],
} as const

/**
 * What of a verdict differs from the expected one, in the parts that verifiers of a level have to agree on
 * (`conformance/harness.md`, verify).
 * @param asked the level that the verifier was asked for
 */
export const compareVerdict = (expect: Json, result: Json, level: VerifierLevel, asked: Json): readonly string[] => {
  if (!isObject(expect) || !isObject(result)) return [`expected a verdict, found ${showValue(result)}`]
  const expected = comparable(expect, expect, level, asked)
  const found = comparable(result, expect, level, asked)
  return [...expected.keys(), ...[...found.keys()].filter((part) => !expected.has(part))].flatMap((part) => {
    const [one, other] = [expected.get(part), found.get(part)]
    if (one !== undefined && other !== undefined && equal(one, other)) return []
    return part.startsWith('check ')
      ? [`${part}: expected ${showCheck(one)}, found ${showCheck(other)}`]
      : [`${part}: ${showDifference(one, other)}`]
  })
}

/** The parts of a verdict that are compared, by name. Which those are is known from the expected one. */
const comparable = (
  verdict: JsonObject,
  expect: JsonObject,
  level: VerifierLevel,
  asked: Json,
): ReadonlyMap<string, Json> => {
  const parts = new Map<string, Json>()
  const add = (name: string, value: Json | undefined): void => {
    if (value !== undefined) parts.set(name, value)
  }
  const names: readonly string[] = level === 'accountable' ? namesOf(expect) : CHECKS[level]
  for (const name of names) add(`check ${name}`, checkOf(verdict, name))
  const first = verdict.first_failure
  if (level === 'accountable' || (typeof first === 'string' && names.includes(first))) add('first_failure', first)
  if (level === 'recorded') {
    add('level', verdict.level === 'none' ? 'none' : 'recorded_or_higher')
    return parts
  }
  if (level === 'sealed') {
    const isDecided = checksOf(expect).every(({ check, result }) => result !== 'fail' || names.includes(String(check)))
    if (isDecided) add('level', verdict.level === 'accountable' ? 'sealed' : verdict.level)
    if (isDecided && asked !== 'accountable') add('ok', verdict.ok)
    return parts
  }
  for (const name of ['ok', 'level', 'by', 'completeness', 'time']) add(name, verdict[name])
  if (verdict.self_asserted !== false) add('self_asserted', verdict.self_asserted)
  if (expect.missing !== undefined) add('missing', codesOf(verdict.missing))
  const edges = Array.isArray(verdict.edges) ? (verdict.edges as readonly Json[]) : []
  for (const [index, edge] of edges.slice(0, 100).entries())
    add(`edge ${index + 1}`, isObject(edge) ? pick(edge, ['path', 'state', 'code']) : edge)
  return parts
}

const checksOf = (verdict: JsonObject): readonly JsonObject[] =>
  Array.isArray(verdict.checks) ? (verdict.checks as readonly Json[]).filter(isObject) : []

const namesOf = (verdict: JsonObject): readonly string[] => checksOf(verdict).map(({ check }) => String(check))

const checkOf = (verdict: JsonObject, name: string): Json | undefined => {
  const check = checksOf(verdict).find((each) => each.check === name)
  if (check === undefined) return undefined
  const isExplained = check.result === 'fail' || check.result === 'unknown'
  return pick(check, isExplained ? ['result', 'code', 'path'] : ['result'])
}

const showCheck = (check: Json | undefined): string => {
  if (!isObject(check)) return 'none'
  const { result, code, path } = check
  const place = path === '' ? 'the whole record' : showValue(path)
  return `${showValue(result)}${code === undefined ? '' : ` ${showValue(code)}`}${path === undefined ? '' : ` at ${place}`}`
}

/** The distinct codes of a list of shortfalls, sorted; each may be the code alone. */
const codesOf = (missing: Json | undefined): Json | undefined => {
  if (!Array.isArray(missing)) return missing
  const codes = (missing as readonly Json[])
    .map((each) => (isObject(each) ? (each.code ?? null) : each))
    .map((code) => (typeof code === 'string' ? code : canonicalize(code)))
  return [...new Set(codes)].sort()
}

const pick = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => (Object.hasOwn(object, name) ? [[name, object[name]!]] : [])))
