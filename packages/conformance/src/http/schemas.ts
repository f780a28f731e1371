import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Json, JsonObject } from '../bytes/json.ts'

/** Judges answers by the schemas of the standard. */
export interface Schemas {
  /** What is wrong with a value, one sentence a fault; empty if it is valid. @throws {TypeError} for an unknown schema */
  faults(file: string, value: Json): readonly string[]
}

/** The schemas that `@agent-run/types` carries, by the name of their file. */
export const readSchemas = (): ReadonlyMap<string, JsonObject> => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@agent-run/types/package.json')), 'schemas')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(files.map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]))
}

let compiled: Schemas | undefined

/** The same, compiled: once, for all who ask. */
export const loadSchemas = (): Schemas => {
  compiled ??= compile()
  return compiled
}

const compile = (): Schemas => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const known = readSchemas()
  for (const [file, schema] of known) ajv.addSchema(schema, file)
  const validators = new Map<string, ValidateFunction>()
  const validator = (file: string): ValidateFunction => {
    if (!known.has(file)) throw new TypeError(`there is no schema ${file}`)
    const validate = validators.get(file) ?? ajv.getSchema(file)!
    validators.set(file, validate)
    return validate
  }
  return {
    faults: (file, value) => {
      const validate = validator(file)
      if (validate(value)) return []
      // The path and the rule that was broken; values of an answer are not repeated.
      return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
    },
  }
}
