// What a user would validate with instead, each set up the way its documentation recommends for speed.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { Compile } from 'typebox/schema'
import * as z from 'zod'
import { bare, schemaName } from '../../scripts/dialect.mjs'
import { readSchemas } from '../../scripts/schemas.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const schemas = readSchemas(root)

const ajvWith = (options) => {
  const ajv = new Ajv({ allowUnionTypes: true, ...options })
  for (const [file, schema] of schemas) ajv.addSchema(schema, file)
  return ajv
}

/** ajv, compiled in the process. */
export const ajvCompiled = () => ajvWith().getSchema('agent-run.json')

/** typebox, compiled in the process from the same schemas. */
export const typeboxCompiled = () => {
  const validator = Compile(Object.fromEntries(schemas), schemas.get('agent-run.json'))
  return (value) => validator.Check(value)
}

/** zod, built from the same schemas as one would write it by hand: loose objects, enums, expressions, lazy recursion. */
export const zod = () => {
  const built = new Map()
  const object = ({ properties = {}, required = [] }) =>
    z.looseObject(
      Object.fromEntries(
        Object.entries(properties).map(([name, member]) => [
          name,
          required.includes(name) ? convert(member) : convert(member).optional(),
        ]),
      ),
    )
  const ofType = {
    null: () => z.null(),
    boolean: () => z.boolean(),
    array: ({ items = {} }) => z.array(convert(items)),
    object,
    string: ({ enum: values, minLength, pattern }) => {
      if (values) return z.enum(values.filter((value) => value !== null))
      const text = minLength === undefined ? z.string() : z.string().min(minLength)
      return pattern === undefined ? text : text.regex(new RegExp(pattern, 'u'))
    },
    number: (node) => bounded(z.number(), node),
    integer: (node) => bounded(z.int(), node),
  }
  const bounded = (number, { minimum, maximum }) => {
    const above = minimum === undefined ? number : number.min(minimum)
    return maximum === undefined ? above : above.max(maximum)
  }
  const convert = (node) => {
    if (node.$ref !== undefined) return z.lazy(() => built.get(node.$ref))
    if (node.type === undefined) return z.unknown()
    const [first, second] = [node.type].flat()
    const schema = ofType[first](node)
    return second === 'null' ? schema.nullable() : schema
  }
  for (const [file, schema] of schemas) built.set(schemaName(file), object(bare(schema)))
  const run = built.get('agent-run')
  return (value) => run.safeParse(value).success
}

/**
 * Writes what ajv's own code generator makes of AgentRun, as an ES module without ajv in it.
 * @param {string} path of the module to write; its default export says whether a value is valid
 * @param {{allErrors?: boolean}} options `allErrors`: with all errors, as a report needs them
 */
export const writeAjvStandalone = async (path, { allErrors = false } = {}) => {
  const ajv = ajvWith({ allErrors, code: { source: true, esm: true, lines: true } })
  const code = standaloneCode.default(ajv, ajv.getSchema('agent-run.json'))
  const { build } = await import('esbuild')
  // The output still says `require` for its helpers; a bundler turns it into what a user would ship.
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    minify: true,
    write: false,
  })
  writeFileSync(path, outputFiles[0].contents)
  return outputFiles[0].contents
}

/** Path of a package's entry, for programs that run outside this folder. */
export const entryOf = (name) => createRequire(import.meta.url).resolve(name)
