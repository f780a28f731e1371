import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { nearest } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { error, type PackFault, token, warning } from './fault.ts'

/** A schema of the standard, as far as members are looked up in it. */
interface Schema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: boolean
}

type Schemas = ReadonlyMap<string, Schema>

const readSchemas = (): Schemas => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@agent-run/types/package.json')), 'schemas')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(files.map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]))
}

let read: Schemas | undefined
const compiled = new Map<string, ValidateFunction>()

/** Compiling takes longer than what is checked, and results hold many trials. */
const validatorOf = (file: string, schemas: Schemas): ValidateFunction => {
  const known = compiled.get(file)
  if (known !== undefined) return known
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false, logger: false })
  for (const [name, schema] of schemas) ajv.addSchema(schema, name)
  const validate = ajv.getSchema(file)
  if (validate === undefined) throw new TypeError(`there is no schema ${file}`)
  compiled.set(file, validate)
  return validate
}

/** What a value breaks of a schema of `@agent-run/types`, and the members that it does not name, with what was meant. */
export const schemaFaults = (file: string, value: unknown): readonly PackFault[] => {
  read ??= readSchemas()
  const validate = validatorOf(file, read)
  validate(value)
  return [...(validate.errors ?? []).map(faultOf), ...unknownMembers(value, read.get(file) ?? {}, read, '')]
}

const faultOf = ({
  instancePath,
  keyword,
  params,
  message = 'is not right',
  data,
  parentSchema,
}: ErrorObject): PackFault => {
  if (keyword === 'enum') {
    const allowed: readonly unknown[] = params['allowedValues']
    const hint = allowed.length > 1 && typeof data === 'string' ? meant(data, allowed.map(String)) : ''
    return error(instancePath, `expected one of ${allowed.join(', ')}${hint}`)
  }
  if (keyword === 'required') return error(instancePath, `${params['missingProperty']} is missing`)
  if (keyword === 'type') return error(instancePath, `expected ${params['type']}${such(parentSchema?.['examples'])}`)
  if (keyword === 'pattern') return error(instancePath, `does not have the form ${params['pattern']}`)
  if (keyword === 'minLength' || (keyword === 'minItems' && params['limit'] === 1))
    return error(instancePath, 'is empty')
  return error(instancePath, message.replace(/^must be/, 'expected').replace(/^must/, 'expected to'))
}

/** An example of a schema, if it is short. */
const such = (examples: unknown): string => {
  const [first] = Array.isArray(examples) ? examples : []
  const text = first === undefined ? '' : JSON.stringify(first)
  return text === '' || text.length > LONGEST_EXAMPLE ? '' : `, such as ${text}`
}

const LONGEST_EXAMPLE = 80

const meant = (word: string, known: Iterable<string>): string => {
  const found = nearest(word, known)
  return found === undefined ? '' : ` – did you mean ${found}?`
}

const unknownMembers = (value: unknown, schema: Schema, schemas: Schemas, path: string): readonly PackFault[] => {
  const { properties, items, additionalProperties } = resolved(schema, schemas)
  if (Array.isArray(value))
    return items === undefined
      ? []
      : value.flatMap((item, index) => unknownMembers(item, items, schemas, `${path}/${index}`))
  if (typeof value !== 'object' || value === null || properties === undefined || additionalProperties === true)
    return []
  const known = Object.keys(properties)
  return Object.entries(value).flatMap(([name, member]) => {
    const place = `${path}/${token(name)}`
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined
    // By this an editor finds the schema.
    if (name === '$schema' && path === '') return []
    if (inner !== undefined) return unknownMembers(member, inner, schemas, place)
    return [warning(place, `"${visible(name)}" is no member that is known here${meant(name, known)}`)]
  })
}

const resolved = (schema: Schema, schemas: Schemas): Schema => {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref
  return target === undefined ? schema : (schemas.get(target) ?? {})
}
