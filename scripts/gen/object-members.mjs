// schemas/ → packages/cli/src/generated/object-members.ts: what the members of every object hold, so that a code frame
// knows which object it is in and shows only what the standard has there.
import { checkedSchemas, readSchemas } from '../schemas.mjs'
import { literal } from './literal.mjs'
import { objectsFrom, targetOf } from './object-graph.mjs'

const BANNER = '// Generated from schemas/ by "npm run gen". Do not edit.\n'

export const objectMembers = (root) => {
  const schemas = checkedSchemas(readSchemas(root))
  const rows = objectsFrom(schemas, [...schemas.keys()]).map((object) => {
    const members = Object.entries(object.schema.properties).flatMap(([member, schema]) => {
      const target = targetOf(object, member, schema)
      if (target) return [[member, target.name]]
      // An object or list without a shape may hold anything.
      return [schema.type, schema.items?.type].flat().includes('object') ? [] : [[member, '']]
    })
    return `  ${literal(object.name)}: ${literal(Object.fromEntries(members))},\n`
  })
  return {
    'packages/cli/src/generated/object-members.ts': `${BANNER}
/**
 * Members of every object of the standard, by the name of its schema: empty for a value or a list of values, else the
 * kind of the object or objects it holds. Members that may hold anything are left out.
 */
export const objectMembers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${rows.join('')}}
`,
  }
}
