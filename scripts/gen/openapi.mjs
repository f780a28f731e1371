// schemas/openapi.yaml and the schemas it names →
//   schemas/2020-12/openapi.json          the same document in one file that refers to nothing outside
//   packages/types/src/generated/http.ts  types of its operations, by openapi-typescript, which also validates it
import { createConfig } from '@redocly/openapi-core'
import openapiTypes, { astToString } from 'openapi-typescript'
import { parse } from 'yaml'
import { readText } from '../markdown.mjs'
import { readSchemas } from '../schemas.mjs'
import { convert } from './edition-2020-12.mjs'

const BANNER = '// Generated from schemas/openapi.yaml by "npm run gen". Do not edit.\n'

/** @returns {Promise<Record<string, string>>} path from the root → content of the generated files */
export const openapi = async (root) => {
  const document = bundle(parse(readText(root, 'schemas/openapi.yaml')), readSchemas(root))
  const text = `${JSON.stringify(document, null, 2)}\n`
  return {
    'schemas/2020-12/openapi.json': text,
    'packages/types/src/generated/http.ts': BANNER + (await typesOf(text)),
  }
}

const RULES = [
  'no-unresolved-refs',
  'no-undefined-server-variable',
  'operation-operationId-unique',
  'operation-parameters-unique',
]
const PATHS = ['path-parameters-defined', 'no-identical-paths', 'path-declaration-must-exist', 'security-defined']
const STRICTER = Object.fromEntries([...RULES, ...PATHS].map((rule) => [rule, 'error']))

/**
 * TypeScript of a document.
 * @throws {Error} if it is no valid OpenAPI
 */
export const typesOf = async (text) => {
  const redocly = await createConfig({ extends: ['spec'], rules: STRICTER })
  return astToString(await openapiTypes(text, { redocly, silent: true }))
}

/** The document with every schema file it names, and those that these name, as `components.schemas` under their titles. */
export const bundle = (document, schemas) => {
  const components = new Map()
  const inlined = (node) => {
    if (Array.isArray(node)) return node.map(inlined)
    if (node === null || typeof node !== 'object') return node
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key === '$ref' ? reference(value) : inlined(value)]),
    )
  }
  const reference = (target) => {
    if (target.startsWith('#/')) return target
    const schema = schemas.get(target)
    if (schema === undefined) throw new Error(`schemas/openapi.yaml: ${target} is no file of schemas/`)
    const { $schema: _, $id: __, ...rest } = schema
    if (!components.has(schema.title)) {
      // Before its own references are followed: some objects contain themselves.
      components.set(schema.title, undefined)
      components.set(schema.title, inlined(withoutFormat(convert(rest))))
    }
    return `#/components/schemas/${schema.title}`
  }
  const { components: own, ...rest } = document
  const outer = inlined(rest)
  const shared = inlined(own)
  const sorted = [...components].sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...outer, components: { ...shared, schemas: Object.fromEntries(sorted) } }
}

/** Tools of OpenAPI differ in whether `format` asserts; what is accepted says the pattern beside it. */
const withoutFormat = (node) => {
  if (Array.isArray(node)) return node.map(withoutFormat)
  if (node === null || typeof node !== 'object') return node
  const entries = Object.entries(node).filter(([key, value]) => key !== 'format' || value !== 'date-time')
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutFormat(value)]))
}
