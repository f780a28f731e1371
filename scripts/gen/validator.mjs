// schemas/*.json → the two halves of the validator in packages/core/src/generated/:
//   is-valid.ts      one function per schema that answers yes or no, as fast as possible
//   schema-table.ts  the same schemas without prose, for the walk that writes the report
import { bare, schemaName } from '../dialect.mjs'
import { readText } from '../markdown.mjs'
import { checkedSchemas, readSchemas } from '../schemas.mjs'
import { isValidSource } from './is-valid.mjs'
import { literal, nameLiteral } from './literal.mjs'

const BANNER = '// Generated from schemas/ by "npm run gen". Do not edit.\n'

/** The sentence behind every object that has none of its own. */
export const DEFAULT_REQUIREMENT = 'AR-RUN-001'

/**
 * @param {string[]} [roots] files that are validated, with all they reach; those of a record, verdict … unless said
 * @returns {Record<string, string>} path from the root → content of the generated files
 */
export const validator = (root, roots) => {
  const schemas = new Map()
  const titles = new Map()
  for (const [file, schema] of checkedSchemas(readSchemas(root), roots)) {
    schemas.set(schemaName(file), bare(schema, `${file}#`))
    titles.set(schemaName(file), schema.title)
  }
  return {
    'packages/core/src/generated/is-valid.ts': BANNER + isValidSource(schemas, titles),
    'packages/core/src/generated/schema-table.ts':
      BANNER + tableSource(schemas, titles, requirementPlaces(root, schemas)),
  }
}

/** Places in the schemas with another sentence than the run's own: `[place, id]`, the longest place first. */
export const requirementPlaces = (root, schemas) => {
  const { requirements } = JSON.parse(readText(root, 'conformance/coverage.json') || '{"requirements": {}}')
  return Object.entries(requirements)
    .flatMap(([id, { schema = [] }]) => schema.map((place) => [place, id]))
    .filter(([place]) => schemas.has(schemaName(place.split('#')[0])))
    .filter(([place, id]) => id !== DEFAULT_REQUIREMENT || !place.endsWith('#'))
    .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
}

const tableSource = (schemas, titles, places) => {
  const nodes = shared(schemas)
  const names = [...schemas.keys()]
  const consts = [...nodes].map(([text, id]) => `const ${id}: SchemaNode = ${text}`)
  const entries = names.map((name) => {
    const { properties = {}, ...rest } = schemas.get(name)
    const head = literal({ title: titles.get(name), ...rest }).slice(0, -2)
    return `  ${literal(name)}: ${head}, properties: {\n${memberLines(properties, nodes)}  } },\n`
  })
  return `import type { SchemaNode } from '../validate/schema-node.ts'

${consts.join('\n')}

/** Names of the schemas: their file names without \`.json\`. */
export type SchemaName =
${names.map((name) => `  | ${literal(name)}\n`).join('')}
/** The schemas without their prose; \`allOf\` with one \`$ref\` is written as that \`$ref\`. */
export const schemaTable: Readonly<Record<SchemaName, SchemaNode & { readonly title: string }>> = {
${entries.join('')}}

/** The sentence behind every place in the schemas that is not listed below. */
export const defaultRequirement = ${literal(DEFAULT_REQUIREMENT)}

/** Places in the schemas (\`file#pointer\`) and the sentence that stands behind them, longest place first. */
export const requirementPlaces: readonly (readonly [place: string, requirement: string])[] = [
${places.map(([place, id]) => `  [${literal(place)}, ${literal(id)}],\n`).join('')}]
`
}

/** Member schemas that stand in several places, by their text: each is written once. */
const shared = (schemas) => {
  const counts = new Map()
  for (const { properties = {} } of schemas.values()) {
    for (const member of Object.values(properties)) {
      counts.set(literal(member), (counts.get(literal(member)) ?? 0) + 1)
    }
  }
  const repeated = [...counts].filter(([, count]) => count > 1).sort(([, a], [, b]) => b - a)
  return new Map(repeated.map(([text], index) => [text, `s${index}`]))
}

const memberLines = (properties, nodes) =>
  Object.entries(properties)
    .map(([name, member]) => `    ${nameLiteral(name)}: ${nodes.get(literal(member)) ?? literal(member)},\n`)
    .join('')
