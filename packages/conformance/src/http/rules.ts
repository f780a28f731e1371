import { canonicalize, equal } from '../bytes/canonical.ts'
import { isObject, type Json, nowhere, valueAt, without } from '../bytes/json.ts'
import type { BodyRule } from './case.ts'
import { expand, expandText } from './expand.ts'
import { instant } from './instant.ts'
import type { Room } from './room.ts'
import type { Schemas } from './schemas.ts'
import { describe, show } from './show.ts'

/** What a rule does not find as it should, one sentence each. */
export const ruleFaults = (room: Room, schemas: Schemas, rule: BodyRule, body: Json, base = ''): string[] => {
  const where = `${base}${rule.at ?? ''}` || 'the body'
  const found = valueAt(body, rule.at ?? '')
  if (rule.absent) return found === nowhere ? [] : [`${where} is there, expected nothing`]
  if (found === nowhere) return [`${where} is not there`]
  const plucked = pluck(found, rule.pluck)
  if (plucked === undefined) return [`${where} is ${describe(found)}, expected a list of objects with ${rule.pluck}`]
  const value = (rule.except ?? []).reduce((rest: Json, pointer) => without(rest, pointer), plucked)
  const name = rule.pluck === undefined ? where : `${rule.pluck} of the items of ${where}`
  return predicates.flatMap((predicate) => predicate({ room, schemas, rule, value, name }))
}

interface Question {
  readonly room: Room
  readonly schemas: Schemas
  readonly rule: BodyRule
  readonly value: Json
  readonly name: string
}

const predicates: readonly ((question: Question) => string[])[] = [
  ({ room, rule, value, name }) => {
    if (rule.equals === undefined) return []
    const wanted = expand(room, rule.equals)
    return equal(value, wanted)
      ? []
      : [`${name} is ${describe(value)}, expected ${show(wanted)}${difference(value, wanted)}`]
  },
  ({ room, rule, value, name }) => {
    if (rule.not_equals === undefined) return []
    const unwanted = expand(room, rule.not_equals)
    return equal(value, unwanted) ? [`${name} is ${describe(value)}, expected another value`] : []
  },
  ({ room, rule, value, name }) => {
    const values = rule.one_of?.map((item) => expand(room, item))
    if (values === undefined || values.some((item) => equal(item, value))) return []
    return [`${name} is ${describe(value)}, expected one of ${values.map(show).join(', ')}`]
  },
  ({ room, rule, value, name }) => {
    if (rule.set === undefined) return []
    const wanted = rule.set.map((item) => canonicalize(expand(room, item))).sort()
    const given = Array.isArray(value) ? value.map((item: Json) => canonicalize(item)).sort() : undefined
    if (given !== undefined && equal(given, wanted)) return []
    return [
      `${name} is ${describe(value)}, expected exactly these ${wanted.length} in any order: ${wanted.map(show).join(', ')}`,
    ]
  },
  ({ room, rule, value, name }) => {
    if (rule.matches === undefined) return []
    const pattern = expandText(room, rule.matches)
    const fits = typeof value === 'string' && new RegExp(pattern, 'u').test(value)
    return fits ? [] : [`${name} is ${describe(value)}, expected a text that matches ${pattern}`]
  },
  ({ schemas, rule, value, name }) =>
    rule.schema === undefined
      ? []
      : schemas.faults(rule.schema, value).map((fault) => `${name} is not valid by ${rule.schema}: ${fault}`),
  ({ room, rule, value, name }) =>
    (rule.has ?? [])
      .map((item) => expand(room, item))
      .filter((wanted) => !(Array.isArray(value) && value.some((item: Json) => includes(item, wanted))))
      .map((wanted) => `${name} has no item ${show(wanted)}`),
  ({ room, rule, value, name }) => {
    if (rule.lacks === undefined) return []
    const unwanted = expand(room, rule.lacks)
    if (!Array.isArray(value)) return [`${name} is ${describe(value)}, expected a list`]
    return value.some((item: Json) => includes(item, unwanted)) ? [`${name} has an item ${show(unwanted)}`] : []
  },
  ({ rule, value, name }) => {
    if (rule.count === undefined || (Array.isArray(value) && value.length === rule.count)) return []
    return [
      `${name} is ${Array.isArray(value) ? `a list of ${value.length}` : show(value)}, expected ${rule.count} items`,
    ]
  },
  ({ rule, value, name }) => {
    if (rule.sorted === undefined) return []
    if (!Array.isArray(value)) return [`${name} is ${describe(value)}, expected a list`]
    return isSorted(value, rule.sorted) ? [] : [`${name} is not in order: ${describe(value)}`]
  },
  ({ room, schemas, rule, value, name }) => {
    if (rule.each === undefined) return []
    if (!Array.isArray(value)) return [`${name} is ${describe(value)}, expected a list`]
    return value.flatMap((item: Json, index) =>
      rule.each!.flatMap((each) => ruleFaults(room, schemas, each, item, `${rule.at ?? ''}/${index}`)),
    )
  },
]

const pluck = (value: Json, pointer: string | undefined): Json | undefined => {
  if (pointer === undefined) return value
  if (!Array.isArray(value)) return undefined
  const items = value.map((item: Json) => valueAt(item, pointer))
  return items.includes(nowhere) ? undefined : (items as Json[])
}

/** Whether a value has all members of another one, in its objects; lists and plain values have to be equal. */
export const includes = (value: Json, wanted: Json): boolean => {
  if (!isObject(wanted)) return equal(value, wanted)
  if (!isObject(value)) return false
  return Object.entries(wanted).every(([name, item]) => Object.hasOwn(value, name) && includes(value[name]!, item))
}

const isSorted = (list: readonly Json[], { as, descending }: NonNullable<BodyRule['sorted']>): boolean => {
  const keys = list.map((item) => (as === 'instant' ? instant(String(item)) : item)) as (string | number | undefined)[]
  return keys.every((key, index) => {
    const before = keys[index - 1]
    if (index === 0 || before === undefined || key === undefined) return true
    return descending ? before >= key : before <= key
  })
}

/** The first place at which two values differ, so that a long one need not be shown. */
const difference = (value: Json, wanted: Json): string => {
  const place = firstDifference(value, wanted, '')
  return place === undefined || place === '' ? '' : ` (first difference at ${place.slice(0, 200)})`
}

const firstDifference = (value: Json, wanted: Json, path: string): string | undefined => {
  if (isObject(value) && isObject(wanted)) {
    for (const name of [...new Set([...Object.keys(value), ...Object.keys(wanted)])].sort()) {
      if (!Object.hasOwn(wanted, name)) return `${path || 'the top'}, which has a member too many`
      if (!Object.hasOwn(value, name)) return `${path}/${name}, which is not there`
      const inner = firstDifference(value[name]!, wanted[name]!, `${path}/${name}`)
      if (inner !== undefined) return inner
    }
    return undefined
  }
  if (Array.isArray(value) && Array.isArray(wanted) && value.length === wanted.length) {
    for (const [index, item] of value.entries()) {
      const inner = firstDifference(item as Json, wanted[index] as Json, `${path}/${index}`)
      if (inner !== undefined) return inner
    }
    return undefined
  }
  return equal(value, wanted) ? undefined : path
}
