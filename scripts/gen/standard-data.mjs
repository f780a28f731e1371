// What a validator in another language needs of the standard, as one value to embed: the schemas without their prose, the
// open vocabularies, the codes of findings and the sentences behind places in the schemas.
import { bare, schemaName } from '../dialect.mjs'
import { readText } from '../markdown.mjs'
import { readRegistry } from '../registry.mjs'
import { checkedSchemas, readSchemas } from '../schemas.mjs'
import { errorCodeRows } from './error-codes.mjs'
import { DEFAULT_REQUIREMENT, requirementPlaces } from './validator.mjs'

/**
 * @param {string} root
 * @returns {{
 *   schemas: Record<string, object>, default_requirement: string, schema_requirements: Record<string, string>,
 *   vocabularies: Record<string, string[]>,
 *   codes: Record<string, {severity: string, requirement: string | null, means: string, do: string}>
 * }} `$ref`s are names of schemas without `.json`; places are `file#pointer`, those of requirements longest first
 */
export const standardData = (root) => {
  const schemas = new Map(
    [...checkedSchemas(readSchemas(root))].map(([file, schema]) => [
      schemaName(file),
      { title: schema.title, ...withDeprecated(bare(schema, `${file}#`), schema) },
    ]),
  )
  const vocabularies = readRegistry(readText(root, 'spec/registry.md'))
  return {
    schemas: Object.fromEntries(schemas),
    default_requirement: DEFAULT_REQUIREMENT,
    schema_requirements: Object.fromEntries(requirementPlaces(root, schemas)),
    vocabularies: Object.fromEntries(
      vocabularies
        .flatMap(({ places, values }) => places.map((place) => [place, values]))
        .filter(([place]) => schemas.has(schemaName(place.split('#')[0]))),
    ),
    codes: Object.fromEntries(
      errorCodeRows(root).map(([code, { severity, requirement = null, means, hint }]) => [
        code,
        { severity, requirement, means, do: hint },
      ]),
    ),
  }
}

/** That a member is deprecated is no annotation to a rule of meaning. */
const withDeprecated = (node, schema) => {
  for (const [name, { deprecated }] of Object.entries(schema.properties)) {
    if (deprecated) node.properties[name].deprecated = true
  }
  return node
}
