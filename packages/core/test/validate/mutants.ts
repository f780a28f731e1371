import { fileURLToPath } from 'node:url'
import { checkedSchemas, readSchemas } from '../../../../scripts/schemas.mjs'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Members = { [name: string]: Json }
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: Json[]
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  allOf?: Schema[]
  examples?: Json[]
}

/** A generator of numbers in [0, 1): the same seed gives the same mutants (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The schemas that are checked at run time, by file name. */
export const schemas: Map<string, Schema> = checkedSchemas(readSchemas(root))

/** Values of every type, at and beyond every edge that a schema of the dialect can draw. */
const PROBES: readonly Json[] = [
  ...[
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    0.5,
    1.5,
    2,
    99.999,
    100,
    100.001,
    -0.001,
    2 ** 53 - 1,
    1e300,
    Number.POSITIVE_INFINITY,
  ],
  ...[
    '',
    ' ',
    'x',
    'X',
    '_',
    'a:',
    'a:b',
    'a:B',
    ':a',
    'a b',
    'completed',
    'Completed',
    'tool_call',
    'null',
    '1.0',
    '1.10',
    '1.01',
    '2.0',
    '1.',
  ],
  ...['😀', 'é', '\u0000', '\n', '__proto__'],
  ...[
    '2026-11-20T14:02:11Z',
    '2026-11-20T14:02:11.1Z',
    '2026-11-20T14:02:11.123456789Z',
    '2026-11-20T14:02:11.1234567890Z',
  ],
  ...['2026-11-20T14:02:11.Z', '2026-11-20T14:02:11+01:00', '2026-11-20T14:02:11.5-23:59', '2026-11-20T14:02:11+24:00'],
  ...[
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-32T00:00:00Z',
    '2026-01-00T00:00:00Z',
  ],
  ...[
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01t00:00:00z',
    '2026-01-01 00:00:00Z',
  ],
  ...['2026-01-01T00:00:00', '2026-01-01', '2026-01-01T00:00:00Z\n', '２026-01-01T00:00:00Z'],
  ...['a'.repeat(16), 'a'.repeat(32), 'a'.repeat(64), 'A'.repeat(64), 'a'.repeat(63), 'a'.repeat(128), 'a'.repeat(129)],
  ...[`sha256:${'0'.repeat(64)}`, `sha256:${'0'.repeat(63)}`, `sha256:${'0'.repeat(64)}\n`, `SHA256:${'0'.repeat(64)}`],
  ...[`did:key:z6Mk${'1'.repeat(44)}`, `did:key:z6Mk${'0'.repeat(44)}`, `${'A'.repeat(86)}==`, `${'A'.repeat(85)}B==`],
  ...[[], {}, [null], [{}], [1], [''], ['x'], [['x']], { a: 1 }, { id: 'x' }],
]

/** Names that a careless look-up would find in every object, and near misses of real names. */
const NAMES = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'valueOf',
  '$schema',
  '',
  'agentId',
  'stats',
  'x/y',
  'x~y',
]

/** A value with every member that the schema names, from the examples in the schemas. */
export function maximal(name: string, within: readonly string[] = []): Members {
  const { properties = {} } = schemas.get(`${name}.json`)!
  const out: Members = {}
  for (const [member, schema] of Object.entries(properties)) {
    const value = example(schema, [...within, name])
    if (value !== undefined) out[member] = value
  }
  return out
}

function example(schema: Schema, within: readonly string[]): Json | undefined {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref
  if (ref !== undefined) {
    const name = ref.replace('.json', '')
    // A cost within a cost once, so that the recursion ends.
    return within.filter((one) => one === name).length > 1 ? undefined : maximal(name, within)
  }
  if (schema.examples !== undefined) return structuredClone(schema.examples[0]!)
  const item = example(schema.items ?? {}, within)
  return item === undefined ? undefined : [item]
}

/** A valid value with the required members and some of the others. */
export function someOf(name: string, next: () => number): Members {
  const share = next()
  const prune = (value: Json, schema: Schema): Json => {
    if (Array.isArray(value)) return value.map((item) => prune(item, schema.items ?? {}))
    if (value === null || typeof value !== 'object') return value
    const ref = schema.$ref ?? schema.allOf?.[0]?.$ref
    const { properties = {}, required = [] } = ref === undefined ? schema : schemas.get(ref)!
    return Object.fromEntries(
      Object.entries(value)
        .filter(([member]) => required.includes(member) || next() < share)
        .map(([member, child]) => [member, prune(child, properties[member] ?? {})]),
    )
  }
  return prune(maximal(name), { $ref: `${name}.json` }) as Members
}

/** For every member of a schema, one value for each probe put there; each required member left out; the whole replaced. */
export function* systematic(name: string): Generator<Json> {
  const { properties = {}, required = [] } = schemas.get(`${name}.json`)!
  const whole = maximal(name)
  const base = someOf(name, () => 1)
  yield whole
  yield base
  yield* PROBES
  for (const member of required) {
    const { [member]: _, ...rest } = base
    yield rest
  }
  for (const [member, schema] of Object.entries(properties)) {
    const value = whole[member]
    for (const probe of PROBES) {
      yield { ...base, [member]: probe }
      if (Array.isArray(value)) yield { ...base, [member]: [...value, probe] }
      for (const inner of Object.keys(schema.properties ?? {})) yield { ...base, [member]: { [inner]: probe } }
    }
  }
  for (const member of NAMES) yield withOwn(base, member, 1)
}

/** A valid value with one to three things wrong, or not wrong, with it. */
export function mutant(name: string, next: () => number): Json {
  const holder: Json[] = [someOf(name, next)]
  for (let count = 1 + below(3, next); count > 0; count--) change(holder, next)
  return holder[0]!
}

const below = (n: number, next: () => number): number => Math.floor(next() * n)
const pick = <T>(list: readonly T[], next: () => number): T => list[below(list.length, next)]!
const isMembers = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Sets a member as JSON.parse does, `__proto__` included. */
function withOwn(object: Members, name: string, value: Json): Members {
  const copy = { ...object }
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true })
  return copy
}

type Container = Json[] | Members

/** Every place in a value, as its container and key. */
function placesOf(container: Container, out: [Container, string | number][] = []): [Container, string | number][] {
  const keys = Array.isArray(container) ? container.keys() : Object.keys(container)
  for (const key of keys) {
    out.push([container, key])
    const child = (container as Members)[key]!
    if (typeof child === 'object' && child !== null) placesOf(child, out)
  }
  return out
}

function change(holder: Json[], next: () => number): void {
  const places = placesOf(holder)
  // Deep places are many; the root and its members get their share.
  const [container, key] = next() < 0.1 ? places[0]! : pick(places, next)
  const at = container as Members
  const value = at[key]!
  const action = below(8, next)
  if (action === 0) at[key] = structuredClone(pick(PROBES, next))
  else if (action === 1 && container !== holder) {
    if (Array.isArray(container)) container.splice(key as number, 1)
    else delete at[key]
  } else if (action === 2 && isMembers(value))
    at[key] = withOwn(value, pick(NAMES, next), structuredClone(pick(PROBES, next)))
  else if (action === 3) {
    const [other, otherKey] = pick(places, next)
    at[key] = structuredClone((other as Members)[otherKey] ?? null)
  } else if (action === 4) at[key] = next() < 0.5 ? [value] : { value }
  else if (action === 5 && Array.isArray(value)) at[key] = [...value, structuredClone(pick(PROBES, next))]
  else if (typeof value === 'string') at[key] = edited(value, next)
  else if (typeof value === 'number') at[key] = pick([-value, value + 0.5, value * 1000, value - 1, 0, -0], next)
  else at[key] = structuredClone(pick(PROBES, next))
}

/** A string with one character inserted, removed, replaced or two swapped. */
function edited(text: string, next: () => number): string {
  const i = below(text.length + 1, next)
  const character = pick(['a', 'A', '0', '9', ':', '-', '.', 'Z', 'z', '=', '/', '_', ' ', '\n', 'é', '😀'], next)
  return pick(
    [
      text.slice(0, i) + character + text.slice(i),
      text.slice(0, i) + text.slice(i + 1),
      text.slice(0, i) + character + text.slice(i + 1),
      text.slice(0, i) + text.charAt(i + 1) + text.charAt(i) + text.slice(i + 2),
    ],
    next,
  )
}
