import type { Finding } from '../finding.ts'
import type { JsonType, SchemaNode } from './schema-node.ts'
import { suggestValue } from './suggestion.ts'

/** The pattern of `spec_version`. */
const VERSION = '^1\\.(0|[1-9][0-9]*)$'

/** What the patterns of the schemas ask for, in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$':
    'a time like 2026-11-20T14:02:11.480Z',
  '^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*)?$': 'a lower-case name like rate_limited, or vendor:name',
  '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?(:[a-z0-9][a-z0-9_.-]*)?$': 'a lower-case name like step.ended, or vendor:name',
  '^sha256:[0-9a-f]{64}$': '"sha256:" and 64 lower-case hexadecimal digits',
  '^[0-9a-f]{16}$': '16 lower-case hexadecimal digits',
  '^[0-9a-f]{32}$': '32 lower-case hexadecimal digits',
  '^[0-9a-f]{64}$': '64 lower-case hexadecimal digits',
  '^[0-9a-f]{32,128}$': '32 to 128 lower-case hexadecimal digits',
  '^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$': 'an Ed25519 key written did:key:z6Mk…',
  '^[A-Za-z0-9+/]{85}[AQgw]==$': 'an Ed25519 signature in 88 characters of padded base64',
  [VERSION]: 'a version like 1.0',
}

/** Text that cannot do harm in a terminal and is too short and too plain to be a payload. */
const PLAIN = /^[A-Za-z0-9_ .:+-]{1,32}$/

/** What a pattern asks for. */
export const patternWords = (pattern: string): string => PATTERNS[pattern] ?? `a string that matches ${pattern}`

/** That a string lacks the form a pattern asks for. Only a version is quoted. (AR-VER-001) */
export function patternDetails(value: string, pattern: string): Details {
  const isPlain = pattern === VERSION && /^[0-9]{1,6}(\.[0-9]{1,6}){0,2}$/.test(value)
  if (isPlain && Number.parseInt(value, 10) > 1) {
    return { message: `version ${value} is newer than this validator, which reads 1.x` }
  }
  return { message: `found ${isPlain ? `"${value}"` : describe(value)}, expected ${patternWords(pattern)}` }
}

/** What was found, without its content. */
export function describe(value: unknown): string {
  if (value === null) return 'null'
  if (value === '') return 'an empty string'
  if (typeof value === 'string') return `a string of ${plural(codePoints(value), 'character')}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${plural(value.length, 'item')}`
  if (typeof value === 'object') return 'an object'
  return typeof value === 'number' && !Number.isInteger(value) ? 'a number with a fraction' : `a ${typeof value}`
}

/** Length in code points, a lone surrogate counted as one. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** "1 item", "3 items". */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const TYPES: Readonly<Record<JsonType, string>> = {
  null: 'null',
  boolean: 'a boolean',
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  array: 'an array',
  object: 'an object',
}

/** The types a schema admits: "a string or null". */
export const typeWords = (type: NonNullable<SchemaNode['type']>): string =>
  [type]
    .flat()
    .map((name) => TYPES[name as JsonType])
    .join(' or ')

/** What a finding says beyond its code and place. */
export type Details = Pick<Finding, 'message' | 'allowed' | 'suggestion'>

/** That a value is none of a closed vocabulary; the value is shown only if it can be no payload. */
export function valueDetails(value: unknown, values: NonNullable<SchemaNode['enum']>): Details {
  const words = values.map(String).join(', ')
  const allowed = values.filter((allow): allow is string => typeof allow === 'string')
  if (typeof value !== 'string') return { message: `found ${describe(value)}, expected one of ${words}`, allowed }
  const suggestion = suggestValue(value, allowed)
  return {
    message: PLAIN.test(value)
      ? `"${value}" is not one of ${words}`
      : `found ${describe(value)}, expected one of ${words}`,
    allowed,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}
