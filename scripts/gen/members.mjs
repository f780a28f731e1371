// schemas/ and spec/registry.md → packages/core/src/generated/members.ts: what the semantic rules have to know about
// the members of every object that a record can contain, so that a schema change cannot be forgotten there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRegistry } from '../registry.mjs'
import { readSchemas } from '../schemas.mjs'
import { objectsFrom, targetOf } from './object-graph.mjs'

const BANNER = '// Generated from schemas/ and spec/registry.md by "npm run gen". Do not edit.\n'

/** Every time in the schemas has the one pattern that begins like this. */
const TIME = '^[0-9]{4}-'

export const members = (root) => {
  const schemas = readSchemas(root)
  const registry = readRegistry(readFileSync(join(root, 'spec/registry.md'), 'utf8'))
  const vocabularyOf = new Map(registry.flatMap(({ name, places }) => places.map((place) => [place, name])))
  const objects = objectsFrom(schemas, ['agent-run.json'])
  const facts = new Map(objects.map((object) => [object.name, factsOf(object, vocabularyOf)]))
  // An object that has no such member itself, and holds none that has, needs no row and no visit.
  const matters = (name, above = []) => {
    const { times, nullable, open, objects, lists } = facts.get(name)
    return (
      times.length + nullable.length + open.length > 0 ||
      [...objects, ...lists].some(([, kind]) => !above.includes(kind) && matters(kind, [...above, name]))
    )
  }
  const rows = [...facts]
    .filter(([name]) => matters(name))
    .map(([name, row]) => {
      const held = (edges) => edges.filter(([, kind]) => matters(kind))
      const shown = { ...row, objects: held(row.objects), lists: held(row.lists) }
      const parts = Object.entries(shown).map(([part, values]) => `    ${part}: ${literal(values)},\n`)
      return `  ${literal(name)}: {\n${parts.join('')}  },\n`
    })
  return { 'packages/core/src/generated/members.ts': `${BANNER}${HEADER}${rows.join('')}}\n` }
}

const factsOf = (object, vocabularyOf) => {
  const facts = { times: [], nullable: [], open: [], objects: [], lists: [] }
  for (const [member, schema] of Object.entries(object.schema.properties)) {
    const vocabulary = vocabularyOf.get(`${object.file}#/properties/${member}`)
    const target = targetOf(object, member, schema)
    const optional = !object.schema.required?.includes(member)
    if (schema.pattern?.startsWith(TIME)) facts.times.push(member)
    if (Array.isArray(schema.type) && optional && !schema.deprecated) facts.nullable.push(member)
    if (vocabulary) facts.open.push([member, vocabulary])
    if (target) facts[target.list ? 'lists' : 'objects'].push([member, target.name])
  }
  return facts
}

const HEADER = `
/** What is known about the members of one kind of object. */
export interface Members {
  /** Members that hold a time. */
  readonly times: readonly string[]
  /** Optional members that admit \`null\`, deprecated ones left out. */
  readonly nullable: readonly string[]
  /** Members with a value of an open vocabulary, and the name of the vocabulary. */
  readonly open: readonly (readonly [member: string, vocabulary: string])[]
  /** Members that hold one object, and its kind. */
  readonly objects: readonly (readonly [member: string, kind: string])[]
  /** Members that hold a list of objects, and their kind. */
  readonly lists: readonly (readonly [member: string, kind: string])[]
}

/**
 * Every kind of object in a record that has such members or holds objects that have, by the name of its schema.
 * \`agent-run\` is the record.
 */
export const members: Readonly<Record<string, Members>> = {
`

const literal = (value) => (Array.isArray(value) ? `[${value.map(literal).join(', ')}]` : `'${value}'`)
