// The boolean validator: for every schema a function that looks at each member present exactly once.
// Required members are counted on the way; a name can occur only once in an object, so the count decides.

import { literal, nameLiteral } from './literal.mjs'

/** Patterns with a hand-written test in validate/patterns.ts that is exact and faster than the expression. */
const FAST_PATTERNS = {
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$':
    'isTime',
  '^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*)?$': 'isOpenValue',
}

/** Source of `is-valid.ts`: `schemas` holds bare schemas by name, `titles` the names of their types. */
export const isValidSource = (schemas, titles) => {
  const context = { titles, lists: new Map(), patterns: new Map(), used: new Set() }
  const functions = [...schemas].map(([name, schema]) => objectFunction(`is${titles.get(name)}`, schema, context))
  const lists = [...context.lists.values()]
  const patterns = [...context.patterns].map(([pattern, id]) => `const ${id} = /${pattern.replaceAll('/', '\\/')}/u`)
  const imports = [...context.used].sort()
  return `${imports.length > 0 ? `import { ${imports.join(', ')} } from '../validate/patterns.ts'\n` : ''}import type { SchemaName } from './schema-table.ts'

/** What the functions come across on the way. */
export interface Seen {
  /** Set to true by a member that the schema of its object does not name, unless all of its members are free. */
  unknown: boolean
}

type Members = Readonly<Record<string, unknown>>

const isObject = (v: unknown): v is Members => typeof v === 'object' && v !== null && !Array.isArray(v)

${patterns.join('\n')}

${[...lists, ...functions].join('\n')}
/** For every schema: whether a parsed JSON value is valid against it. */
export const isValid: Readonly<Record<SchemaName, (value: unknown, seen: Seen) => boolean>> = {
${[...schemas.keys()].map((name) => `  ${nameLiteral(name)}: is${titles.get(name)},\n`).join('')}}
`
}

const objectFunction = (name, schema, context) => {
  const required = schema.required ?? []
  const properties = schema.properties ?? {}
  for (const member of required) {
    if (properties[member] === undefined) throw new Error(`${name}: required member "${member}" is not described`)
  }
  const cases = required.map((member) => `      case ${literal(member)}:\n${body(properties[member], context, true)}`)
  // Members with the same test share one body, which keeps the code small.
  const groups = new Map()
  for (const [member, node] of Object.entries(properties)) {
    if (required.includes(member)) continue
    const text = body(node, context, false)
    groups.set(text, [...(groups.get(text) ?? []), member])
  }
  for (const [text, members] of groups) {
    cases.push(members.map((member) => `      case ${literal(member)}:\n`).join('') + text)
  }
  const count = required.length > 0
  return `function ${name}(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
${count ? '  let required = 0\n' : ''}  for (const name in o) {
    const v = o[name]
    switch (name) {
${cases.join('')}${schema.additionalProperties ? '' : '      default:\n        seen.unknown = true\n'}    }
  }
  return ${count ? `required === ${required.length}` : 'true'}
}
`
}

const body = (node, context, required) => {
  const test = condition(node, context)
  const lines = [
    ...(test === 'true' ? [] : [`if (!(${test})) return false`]),
    ...(required ? ['required++'] : []),
    'break',
  ]
  return lines.map((line) => `        ${line}\n`).join('')
}

/** An expression over `v` that is true exactly when `v` is valid against the node. */
const condition = (node, context) => {
  if (node.$ref !== undefined) return `is${context.titles.get(node.$ref)}(v, seen)`
  if (node.const !== undefined) return `v === ${literal(node.const)}`
  const types = [node.type ?? []].flat()
  if (node.enum !== undefined) {
    const values = node.enum.filter((value) => types.length === 0 || types.some((type) => isOfType(value, type)))
    return values.map((value) => `v === ${literal(value)}`).join(' || ') || 'false'
  }
  if (types.length === 0) {
    if (Object.keys(node).length > 0) throw new Error(`a schema with ${Object.keys(node)} needs a type`)
    return 'true'
  }
  return types.map((type) => typeCondition(type, node, context)).join(' || ')
}

const isOfType = (value, type) => {
  if (value === null) return type === 'null'
  return type === 'integer' ? Number.isInteger(value) : type === typeof value
}

const typeCondition = (type, node, context) => {
  switch (type) {
    case 'null':
      return 'v === null'
    case 'boolean':
      return "typeof v === 'boolean'"
    case 'string':
      return all(["typeof v === 'string'", ...stringConditions(node, context)])
    case 'number':
    case 'integer':
      return all([
        // JSON has no infinite numbers, but JSON.parse makes one of 1e400.
        type === 'integer' ? 'Number.isInteger(v)' : 'Number.isFinite(v)',
        ...(node.minimum === undefined ? [] : [`(v as number) >= ${node.minimum}`]),
        ...(node.maximum === undefined ? [] : [`(v as number) <= ${node.maximum}`]),
      ])
    case 'array':
      return `${listFunction(node, context)}(v, seen)`
    case 'object':
      return node.properties === undefined && node.required === undefined
        ? 'isObject(v)'
        : `${inlineObject(node, context)}(v, seen)`
    default:
      throw new Error(`unknown type "${type}"`)
  }
}

const all = (conditions) => (conditions.length === 1 ? conditions[0] : `(${conditions.join(' && ')})`)

const stringConditions = ({ minLength = 0, pattern }, context) => {
  const conditions = []
  if (minLength === 1) conditions.push('v.length > 0')
  // Lengths are counted in code points, of which a string of n code units has at least n / 2.
  else if (minLength > 1) conditions.push(`(v.length >= ${2 * minLength} || [...v].length >= ${minLength})`)
  if (pattern !== undefined) conditions.push(patternCondition(pattern, context))
  return conditions
}

const patternCondition = (pattern, context) => {
  const fast = FAST_PATTERNS[pattern]
  if (fast !== undefined) {
    context.used.add(fast)
    return `${fast}(v)`
  }
  if (!context.patterns.has(pattern)) context.patterns.set(pattern, `pattern${context.patterns.size}`)
  return `${context.patterns.get(pattern)}.test(v)`
}

/** One function for every kind of list, named by its place in the file. */
const listFunction = (node, context) => {
  const key = JSON.stringify([node.items, node.minItems, node.maxItems])
  const known = context.lists.get(key)
  if (known !== undefined) return known.match(/^function (\w+)/)[1]
  const name = `isList${context.lists.size}`
  context.lists.set(key, `function ${name}(`)
  const bounds = [
    ...(node.minItems === undefined ? [] : [` || list.length < ${node.minItems}`]),
    ...(node.maxItems === undefined ? [] : [` || list.length > ${node.maxItems}`]),
  ].join('')
  const item = condition(node.items ?? {}, context)
  const loop =
    item === 'true'
      ? ''
      : `  for (let i = 0; i < list.length; i++) {\n    const v: unknown = list[i]\n    if (!(${item})) return false\n  }\n`
  context.lists.set(
    key,
    `function ${name}(list: unknown, seen: Seen): boolean {\n  if (!Array.isArray(list)${bounds}) return false\n${loop}  return true\n}\n`,
  )
  return name
}

const inlineObject = (node, context) => {
  const key = JSON.stringify(node)
  const known = context.lists.get(key)
  if (known !== undefined) return known.match(/^function (\w+)/)[1]
  const name = `isObject${context.lists.size}`
  context.lists.set(key, `function ${name}(`)
  context.lists.set(key, objectFunction(name, node, context))
  return name
}
