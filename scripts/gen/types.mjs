// schemas/*.json → packages/types/src/generated/types.ts
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'
import { readRegistry } from '../registry.mjs'
import { readSchemas } from '../schemas.mjs'
import { documented } from './member-doc.mjs'

const BANNER = '// Generated from schemas/ by "npm run gen". Do not edit.\n'

export const types = async (root) => {
  const schemas = readSchemas(root)
  const registry = readRegistry(readFileSync(join(root, 'spec/registry.md'), 'utf8'))
  // One root that names every schema makes the generator write each type once. It stays, as the map of all types.
  const all = {
    title: 'SchemaTypes',
    description: 'The type of each schema, by the name of the schema.',
    type: 'object',
    required: [...schemas.keys()].map((file) => file.replace('.json', '')),
    properties: Object.fromEntries([...schemas.keys()].map((file) => [file.replace('.json', ''), { $ref: file }])),
  }
  const source = await compile(all, 'SchemaTypes', {
    cwd: `${join(root, 'schemas')}/`,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    bannerComment: '',
    style: { semi: false, singleQuote: true, printWidth: 120 },
    $refOptions: {
      resolve: {
        http: false,
        file: {
          order: 1,
          canRead: true,
          read: (file) => {
            const name = file.url.slice(file.url.lastIndexOf('/') + 1)
            return JSON.stringify(documentedMembers(withOpenVocabularies(name, schemas.get(name), registry)))
          },
        },
      },
    },
  })
  const body = source.replace(/^\/\* eslint-disable \*\/\n/, '')
  return { 'packages/types/src/generated/types.ts': BANNER + body }
}

/** Open vocabularies become "one of the registered values, or any other string". */
const withOpenVocabularies = (file, schema, registry) => {
  const { $id: _, ...copy } = structuredClone(schema)
  for (const vocabulary of registry) {
    for (const place of vocabulary.places) {
      const [where, member] = place.split('#/properties/')
      if (where !== file) continue
      const union = vocabulary.values.map((value) => `'${value}'`).join(' | ')
      copy.properties[member].tsType = `${union} | (string & {})`
    }
  }
  return copy
}

/** Every member's description says what a type cannot: its form, its bounds, an example. */
const documentedMembers = (schema) => {
  for (const [member, property] of Object.entries(schema.properties)) {
    property.description = documented(property)
    if (property.properties) schema.properties[member] = documentedMembers(property)
  }
  return schema
}
