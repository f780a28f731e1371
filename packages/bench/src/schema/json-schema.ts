import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'

/** Whether a value meets a schema, and if not, where and why. */
export interface SchemaCheck {
  (value: unknown): boolean
  /** What is wrong with a value: a JSON Pointer and words, at most `most` of them; no word quotes the value. */
  faults(value: unknown, most?: number): readonly { readonly path: string; readonly message: string }[]
}

const options = { strict: false, allErrors: false, validateFormats: false, ownProperties: true, logger: false } as const

/** Holds schemas against the schema of schemas: to compile that takes longer than all else, so it is done once. */
let meta: Ajv2020 | undefined

/**
 * Compiles a JSON Schema (2020-12) of a pack. `format` is an annotation, unknown keywords are ignored, and nothing is fetched.
 * @throws Error if it is no schema, or refers to one that is not in it
 */
export function compileJsonSchema(schema: unknown): SchemaCheck {
  meta ??= new Ajv2020(options)
  meta.validateSchema(schema as AnySchema, true)
  // One instance a schema: two schemas of a pack may have the same `$id`.
  const validate = new Ajv2020({ ...options, validateSchema: false }).compile(schema as AnySchema)
  // `true` and nothing else: a schema with `$async` would return a promise.
  const check = (value: unknown): boolean => validate(value) === true
  const faults = (value: unknown, most = 5) => {
    if (check(value)) return []
    const errors = validate.errors ?? []
    return errors.slice(0, most).map(({ instancePath, keyword, params, message = '' }) => ({
      path: instancePath,
      // The words for these name what the schema says; the others never quote the value either.
      message:
        keyword === 'additionalProperties' ? 'has a member that is not known' : wordsFor(keyword, params, message),
    }))
  }
  return Object.assign(check, { faults })
}

const wordsFor = (keyword: string, params: Record<string, unknown>, message: string): string => {
  const allowed = keyword === 'enum' ? params.allowedValues : keyword === 'const' ? params.allowedValue : undefined
  return allowed === undefined ? message : `${message}: ${JSON.stringify(allowed)}`
}
