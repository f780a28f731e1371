// Ajv, the validator everybody knows, as the judge of our own. Used by tests and benchmarks, never at run time.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'
import { schemaName, walkSchema } from './dialect.mjs'
import { readSchemas, schemaFiles } from './schemas.mjs'

/**
 * Compiles every schema.
 * @param {object} [options] further options of ajv
 * @returns {(name: string, value: unknown) => {path: string, keyword: string, missing?: string, place: string}[]}
 *   all errors of ajv: where in the value, which keyword, which member is missing, where in the schemas
 */
export const createOracle = (root, options = {}) => {
  const schemas = readSchemas(root)
  const places = new Map()
  for (const [file, schema] of schemas) {
    walkSchema(schema, (node, pointer) => places.set(node, `${file}#${pointer}`))
  }
  // Verbose errors hold the very schema that was violated, which says its place even across files.
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    allowUnionTypes: true,
    strict: true,
    ...options,
  })
  for (const [file, schema] of schemas) ajv.addSchema(schema, file)
  const validators = new Map([...schemas.keys()].map((file) => [schemaName(file), ajv.getSchema(file)]))
  return (name, value) => {
    const validate = validators.get(name)
    if (validate(value)) return []
    return validate.errors.map(({ instancePath, keyword, params, parentSchema }) => ({
      path: instancePath,
      keyword,
      ...(keyword === 'required' ? { missing: params.missingProperty } : {}),
      place: `${places.get(parentSchema)}/${keyword}`,
    }))
  }
}

/**
 * Compiles AgentRun in both editions.
 * @returns {Record<'draft-07' | '2020-12', (value: unknown) => object[]>} the errors of ajv about a run
 */
export const compileEditions = (root) => {
  const compile = (ajv, folder) => {
    for (const file of schemaFiles(root))
      ajv.addSchema(JSON.parse(readFileSync(join(root, folder, file), 'utf8')), file)
    const validate = ajv.getSchema('agent-run.json')
    return (value) => (validate(value) ? [] : validate.errors)
  }
  return {
    'draft-07': compile(new Ajv({ allowUnionTypes: true }), 'schemas'),
    // The edition names formats beside its patterns; the patterns decide.
    '2020-12': compile(new Ajv2020.default({ allowUnionTypes: true, validateFormats: false }), 'schemas/2020-12'),
  }
}
