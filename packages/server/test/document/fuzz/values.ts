import fc from 'fast-check'
import { resolvePointer } from '../../../../../scripts/pointer.mjs'
import { document, type Schema } from '../document.ts'

/** How deep optional members are made; below, objects have what they must have. */
const DEEP = 3
/** Most optional members of one object: with more, no record would ever keep all rules of meaning. */
const MOST_MEMBERS = 4

const known = new WeakMap<Schema, fc.Arbitrary<unknown>[]>()

/** Values that are valid by a schema of the document. */
export const validValue = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => {
  const made = known.get(schema) ?? []
  known.set(schema, made)
  made[depth] ??= make(schema, depth)
  return made[depth]
}

const make = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
  const { $ref, anyOf, const: only, enum: values, type } = schema as Shape
  if ($ref !== undefined) return validValue(resolvePointer(document, $ref.slice(1)), depth)
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((each) => validValue(each, depth)))
  if (only !== undefined) return fc.constant(only)
  if (values !== undefined) return fc.constantFrom(...values)
  const types = [type ?? []].flat()
  return types.length === 0 ? fc.jsonValue() : fc.oneof(...types.map((each) => ofType(each, schema as Shape, depth)))
}

interface Shape {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

const ofType = (type: string, shape: Shape, depth: number): fc.Arbitrary<unknown> => {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'string':
      return shape.pattern === undefined
        ? fc.string({ unit: 'grapheme', minLength: shape.minLength ?? 0, maxLength: shape.maxLength ?? 20 })
        : fc.stringMatching(new RegExp(shape.pattern, 'u'))
    case 'integer':
      return fc.integer({ min: shape.minimum ?? -1000, max: shape.maximum ?? 2 ** 31 - 1 })
    case 'number':
      return fc.double({ min: shape.minimum ?? -1e9, max: shape.maximum ?? 1e9, noNaN: true, noDefaultInfinity: true })
    case 'array':
      return fc.array(validValue(shape.items ?? {}, depth + 1), {
        minLength: shape.minItems ?? 0,
        maxLength: shape.maxItems ?? 3,
      })
    default:
      return objectOf(shape, depth)
  }
}

const objectOf = ({ properties = {}, required = [] }: Shape, depth: number): fc.Arbitrary<unknown> => {
  const optional = depth < DEEP ? Object.keys(properties).filter((name) => !required.includes(name)) : []
  return fc
    .subarray(optional, { maxLength: Math.min(MOST_MEMBERS, optional.length) })
    .chain((names) =>
      fc.record(
        Object.fromEntries(
          [...required, ...names].map((name) => [name, validValue(properties[name] as Schema, depth + 1)]),
        ),
        { noNullPrototype: true },
      ),
    )
}

/** Texts that have broken servers. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '.',
      '..',
      '../..',
      '/',
      '%',
      '%2F',
      '%00',
      '%zz',
      '?',
      '#',
      '*',
      '~',
      "' OR 1=1 --",
      '"; DROP TABLE runs; --',
    ],
    ...['null', 'true', 'NaN', '-1', '1e999', '0x10', '١', '9007199254740993', '[]', '{}', '__proto__', 'constructor'],
    ...[
      '\u0000',
      '\u001b[31m',
      '\r\nX: y',
      '\u202e',
      '\ufeff',
      '\ud800',
      '\u{1f469}\u200d\u{1f4bb}',
      'İ',
      '$(x)',
      '{{x}}',
    ],
    ...['2026-02-30T00:00:00Z', '2026-11-20', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999+23:59'],
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer({ min: 100, max: 3000 }).map((length) => 'x'.repeat(length)),
)

/** What Node lets into a header, since a client in between would refuse the rest. */
export const headerText: fc.Arbitrary<string> = hostileText.map((text) =>
  text.replace(/[^\t\u0020-\u007e\u0080-\u00ff]/g, ''),
)

/** A JSON value that is wrong nearly everywhere. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, -1, 0.5, 2 ** 53, -1e308, 9000, [], {}, [null], [[[]]], { __proto__: null, a: 1 }),
  fc.constantFrom(['agent', 'X'], { toString: 1 }, { length: 1e9 }, { $ref: '#' }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** A value with something wrong in it: a member or item replaced, removed, or put in under another name. */
export const slightlyWrong = (base: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      base,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'rename'), hostileValue), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([value, changes]) => {
      const copy = structuredClone(value)
      // Cloned, since the same hostile value may come twice, and would then be put into itself.
      for (const [place, change, other] of changes) changeAt(copy, place, change, structuredClone(other))
      return copy
    })

/** Every place in a value: the object or list, and the name. */
const placesOf = (value: unknown): [Record<string, unknown>, string][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.keys(value).flatMap((name) => {
        const holder = value as Record<string, unknown>
        return [[holder, name] as [Record<string, unknown>, string], ...placesOf(holder[name])]
      })

const changeAt = (value: unknown, place: number, change: string, other: unknown): void => {
  const places = placesOf(value)
  if (places.length === 0) return
  const [holder, name] = places[place % places.length] as [Record<string, unknown>, string]
  if (change === 'replace') holder[name] = other
  else {
    if (change === 'rename') holder[`${name}_`] = holder[name]
    if (Array.isArray(holder)) holder.splice(Number(name), 1)
    else delete holder[name]
  }
}
