import { equal } from '../bytes/canonical.ts'
import { digest } from '../bytes/digest.ts'
import { isObject, type Json, nowhere, valueAt } from '../bytes/json.ts'
import { bodyOctets } from './body.ts'
import type { Expectation, HeaderRule, Likeness, Reading } from './case.ts'
import type { Answer } from './exchange.ts'
import { expand, expandText } from './expand.ts'
import { jsonFault } from './json-fault.ts'
import type { Room } from './room.ts'
import { ruleFaults } from './rules.ts'
import type { Schemas } from './schemas.ts'
import { describe, describeHeader, printable, show } from './show.ts'

/** What of an answer is not as expected, one sentence each; empty if all is. */
export const judge = (room: Room, schemas: Schemas, expect: Expectation, answer: Answer): string[] => {
  const statuses = [expect.status].flat()
  const family = `${Math.floor(answer.status / 100)}xx`
  if (!statuses.some((each) => each === answer.status || each === family))
    return [`answered ${answer.status}, expected ${statuses.join(' or ')}`]
  const faults = Object.entries(expect.headers ?? {}).flatMap(([name, rule]) => headerFaults(room, name, rule, answer))
  if (expect.etag && answer.headers.etag !== `"${digest(answer.octets)}"`) {
    faults.push('the header ETag is not the digest of the octets of the answer')
  }
  if (expect.octets && !Buffer.from(bodyOctets(room, expect.octets)).equals(answer.octets)) {
    faults.push('the octets of the body are not the expected ones')
  }
  if (expect.like) faults.push(...likenessFaults(room, expect.like, answer))
  return [...faults, ...bodyFaults(room, schemas, expect, answer)]
}

/** The JSON value of a body, or the values of its lines; undefined where it is none. */
export const readBody = (octets: Uint8Array, reading: Reading = 'json'): Json | undefined => {
  const text = Buffer.from(octets).toString('utf8')
  try {
    if (reading === 'json') return JSON.parse(text) as Json
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Json)
  } catch {
    return undefined
  }
}

const headerFaults = (room: Room, name: string, rule: HeaderRule, { headers }: Answer): string[] => {
  const value = headers[name.toLowerCase()]
  if (rule.absent) return value === undefined ? [] : [`the header ${name} is there, expected none`]
  if (value === undefined) return [`the header ${name} is not there`]
  const faults: string[] = []
  const wanted = rule.equals === undefined ? undefined : expandText(room, rule.equals)
  if (wanted !== undefined && value !== wanted)
    faults.push(`the header ${name} is ${describeHeader(value)}, expected ${show(wanted)}`)
  const pattern = rule.matches === undefined ? undefined : expandText(room, rule.matches)
  if (pattern !== undefined && !new RegExp(pattern, 'iu').test(value)) {
    faults.push(`the header ${name} is ${describeHeader(value)}, expected a value that matches ${pattern}`)
  }
  const tokens = value.split(',').map((token) => token.trim())
  for (const token of rule.tokens ?? []) {
    if (!tokens.includes(token)) faults.push(`the header ${name} is ${describeHeader(value)}, expected ${token} in it`)
  }
  return faults
}

const bodyFaults = (room: Room, schemas: Schemas, expect: Expectation, { octets }: Answer): string[] => {
  const { problem, errors = [], body = [], read } = expect
  if (problem === undefined && errors.length === 0 && body.length === 0) return []
  const value = readBody(octets, read)
  if (value === undefined) {
    const why = jsonFault(octets, read)
    return [`the body is not ${read === 'ndjson' ? 'NDJSON' : 'JSON'}${why === undefined ? '' : `: ${why}`}`]
  }
  const faults: string[] = []
  const code = isObject(value) ? value.code : undefined
  if (problem !== undefined && ![problem].flat().some((each) => each === code)) {
    faults.push(`the code of the problem is ${describe(code)}, expected ${[problem].flat().join(' or ')}`)
  }
  const listed = isObject(value) && Array.isArray(value.errors) ? (value.errors as readonly Json[]) : []
  for (const wanted of errors.map((error) => expand(room, error))) {
    if (!listed.some((error) => agrees(error, wanted))) faults.push(`errors has no entry with ${show(wanted)}`)
  }
  return [...faults, ...body.flatMap((rule) => ruleFaults(room, schemas, rule, value))]
}

const agrees = (error: Json, wanted: Json): boolean =>
  isObject(error) &&
  isObject(wanted) &&
  Object.entries(wanted).every(([name, value]) => Object.hasOwn(error, name) && equal(error[name]!, value))

const likenessFaults = (room: Room, { exchange, members = [], headers = [] }: Likeness, answer: Answer): string[] => {
  const other = room.answers.get(exchange)
  if (!other) throw new TypeError(`no exchange ${exchange} was answered before`)
  const faults: string[] = []
  const [one, two] = [readBody(answer.octets), readBody(other.octets)]
  for (const pointer of members) {
    const [here, there] = [valueAt(one, pointer), valueAt(two, pointer)]
    const same = here === nowhere || there === nowhere ? here === there : equal(here as Json, there as Json)
    if (!same) faults.push(`${pointer} is not the same as in the answer to ${exchange}`)
  }
  for (const name of headers.map((each) => each.toLowerCase())) {
    if (answer.headers[name] !== other.headers[name]) {
      faults.push(`the header ${printable(name)} is not the same as in the answer to ${exchange}`)
    }
  }
  return faults
}
