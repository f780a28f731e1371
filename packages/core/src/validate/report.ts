import { defaultRequirement, requirementPlaces, type SchemaName } from '../generated/schema-table.ts'
import type { Collector } from './collector.ts'
import { type Place, pathOf, schemaOf, schemaPlaceOf } from './place.ts'
import type { JsonType, SchemaNode } from './schema-node.ts'
import { suggestMember } from './suggestion.ts'
import { codePoints, type Details, describe, patternDetails, plural, typeWords, valueDetails } from './wording.ts'

/** Schemas by name, as `generated/schema-table.ts` holds them. */
export type SchemaTable = Readonly<Record<string, SchemaNode & { readonly title: string }>>

/** What stays the same during one walk. */
interface Walk {
  readonly table: SchemaTable
  readonly strict: boolean
  readonly collector: Collector
}

type Members = Readonly<Record<string, unknown>>
type Assertion = keyof Omit<SchemaNode, '$ref' | 'properties' | 'items' | 'additionalProperties'>

/**
 * Walks a JSON value along its schema and collects what is wrong with it, in time linear in its size. A value of the
 * wrong type is not looked at any further. (AR-RUN-001 and the sentences named in `conformance/coverage.json`)
 * @param value A JSON value without cycles, nested at most 128 deep.
 * @param strict Also reports members that no schema names. (AR-VER-005)
 */
export function report(
  table: SchemaTable,
  name: SchemaName,
  value: unknown,
  strict: boolean,
  collector: Collector,
): void {
  visit({ table, strict, collector }, { $ref: name }, value, undefined, '')
}

function visit(walk: Walk, at: SchemaNode, value: unknown, parent: Place | undefined, key: string | number): void {
  const place = { parent, key, schema: at.$ref }
  const node = at.$ref === undefined ? at : walk.table[at.$ref]!
  if (node.type !== undefined && !hasType(value, node.type)) {
    // Where a vocabulary is closed, its values say more than its type.
    const { type, enum: values } = node
    fail(walk, place, 'type', () =>
      values === undefined ? contrast(value, typeWords(type)) : valueDetails(value, values),
    )
    return
  }
  if (node.enum !== undefined && !node.enum.includes(value as string)) {
    fail(walk, place, 'enum', () => valueDetails(value, node.enum!))
  }
  if (node.const !== undefined && value !== node.const) {
    fail(walk, place, 'const', () => valueDetails(value, [node.const!]))
  }
  if (typeof value === 'string') checkString(walk, node, value, place)
  else if (typeof value === 'number') checkNumber(walk, node, value, place)
  else if (Array.isArray(value)) checkArray(walk, node, value, place)
  else if (typeof value === 'object' && value !== null) checkObject(walk, node, value as Members, place)
}

function checkString(walk: Walk, { minLength, pattern }: SchemaNode, value: string, place: Place): void {
  if (minLength !== undefined && value.length < 2 * minLength && codePoints(value) < minLength) {
    fail(walk, place, 'minLength', () => contrast(value, `at least ${plural(minLength, 'character')}`))
  }
  if (pattern !== undefined && !expression(pattern).test(value)) {
    fail(walk, place, 'pattern', () => patternDetails(value, pattern))
  }
}

const expressions = new Map<string, RegExp>()

function expression(pattern: string): RegExp {
  const known = expressions.get(pattern)
  if (known !== undefined) return known
  const made = new RegExp(pattern, 'u')
  expressions.set(pattern, made)
  return made
}

function checkNumber(walk: Walk, { minimum, maximum }: SchemaNode, value: number, place: Place): void {
  if (minimum !== undefined && value < minimum) {
    fail(walk, place, 'minimum', () => ({
      message: `found ${numberWords(value, place)}, expected at least ${minimum}`,
    }))
  }
  if (maximum !== undefined && value > maximum) {
    fail(walk, place, 'maximum', () => ({ message: `found ${numberWords(value, place)}, expected at most ${maximum}` }))
  }
}

/** A number that has a limit. References to content stand in private members, the others are public. */
const numberWords = (value: number, place: Place): string =>
  schemaOf(place) === 'content-ref' ? 'a number' : String(value)

function checkArray(walk: Walk, { minItems, maxItems, items }: SchemaNode, value: unknown[], place: Place): void {
  if (minItems !== undefined && value.length < minItems) {
    fail(walk, place, 'minItems', () => contrast(value, `at least ${plural(minItems, 'item')}`))
  }
  if (maxItems !== undefined && value.length > maxItems) {
    fail(walk, place, 'maxItems', () => contrast(value, `at most ${plural(maxItems, 'item')}`))
  }
  if (items !== undefined) for (let i = 0; i < value.length; i++) visit(walk, items, value[i], place, i)
}

function checkObject(walk: Walk, node: SchemaNode, value: Members, place: Place): void {
  const { required = [], properties = {} } = node
  for (const member of required) {
    if (Object.hasOwn(value, member)) continue
    fail(walk, place, 'required', () => ({ message: `required member ${member} is missing` }))
  }
  for (const member of Object.keys(value)) {
    // Names like `constructor` are members of every JavaScript object; only the table's own count.
    if (Object.hasOwn(properties, member)) visit(walk, properties[member]!, value[member], place, member)
    else if (walk.strict && !node.additionalProperties && !(member === '$schema' && place.parent === undefined)) {
      warn(walk, place, member, value, Object.keys(properties))
    }
  }
}

/** What was found, and in words what was expected. */
const contrast = (value: unknown, expected: string): Details => ({
  message: `found ${describe(value)}, expected ${expected}`,
})

/** Adds an error about a keyword. */
function fail(walk: Walk, place: Place, keyword: Assertion, details: () => Details): void {
  walk.collector.add('error', () => {
    const { message, ...rest } = details()
    return {
      code: `schema.${keyword.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      severity: 'error',
      path: pathOf(place),
      message,
      requirement: requirementOf(`${schemaPlaceOf(place)}/${keyword}`),
      ...rest,
    }
  })
}

/** Adds a warning about a member that the schema does not name. */
function warn(walk: Walk, place: Place, member: string, present: Members, known: readonly string[]): void {
  walk.collector.add('warning', () => {
    const suggestion = suggestMember(member, known, present)
    return {
      code: 'schema.unknown_member',
      severity: 'warning',
      path: pathOf({ parent: place, key: member, schema: undefined }),
      message: `unknown member of ${titleOf(walk, place)}`,
      requirement: 'AR-VER-005',
      ...(suggestion === undefined ? {} : { suggestion }),
    }
  })
}

const titleOf = (walk: Walk, place: Place): string => walk.table[schemaOf(place)]!.title

/** The sentence behind a place in the schemas: that of the longest place named that contains it. */
function requirementOf(place: string): string {
  const found = requirementPlaces.find(([prefix]) => place === prefix || place.startsWith(`${prefix}/`))
  return found?.[1] ?? defaultRequirement
}

const hasType = (value: unknown, type: NonNullable<SchemaNode['type']>): boolean =>
  typeof type === 'string' ? isOfType(value, type) : type.some((one) => isOfType(value, one))

function isOfType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'number':
      return Number.isFinite(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}
