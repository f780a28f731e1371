// The schema dialect (schemas/PROFILE.md) as the generators and checks see it.

/** Keywords that say something about a schema and nothing about a value. */
export const ANNOTATIONS = ['$schema', '$id', 'title', 'description', 'examples', 'deprecated']
/** Keywords that lead to further schemas. */
export const APPLICATORS = ['$ref', 'allOf', 'properties', 'items', 'additionalProperties']
/** Keywords that a value can violate. */
export const ASSERTIONS = [
  'type',
  'enum',
  'const',
  'required',
  'minLength',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
]
/** The whole dialect. */
export const KEYWORDS = [...ANNOTATIONS, ...APPLICATORS, ...ASSERTIONS]

/** `step.json` → `step`: the name under which validators know a schema file. */
export const schemaName = (file) => file.replace(/\.json$/, '')

/**
 * A schema without its annotations, and with `allOf: [{$ref}]` as the `$ref` it stands for.
 * Refuses a keyword outside the dialect, so that nothing generated ever checks less than the schema says.
 */
export const bare = (schema, place = '#') => {
  const out = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (ANNOTATIONS.includes(keyword)) continue
    if (!KEYWORDS.includes(keyword)) throw new Error(`${place}: "${keyword}" is not in the dialect`)
    if (keyword === 'properties') {
      out.properties = Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, bare(member, `${place}/properties/${name}`)]),
      )
    } else if (keyword === 'items') out.items = bare(value, `${place}/items`)
    else if (keyword === 'allOf') {
      if (value.length !== 1 || Object.keys(value[0]).join() !== '$ref') {
        throw new Error(`${place}: "allOf" holds exactly one "$ref"`)
      }
      out.$ref = schemaName(value[0].$ref)
    } else if (keyword === '$ref') out.$ref = schemaName(value)
    else if (keyword === 'additionalProperties' && value !== true) {
      throw new Error(`${place}: "additionalProperties" can only be true, objects stay open`)
    } else out[keyword] = value
  }
  if (out.$ref !== undefined && Object.keys(out).length > 1) throw new Error(`${place}: members beside "$ref"`)
  return out
}

/** Calls `visit(node, pointer)` for a schema and every schema inside it. */
export const walkSchema = (schema, visit, pointer = '') => {
  visit(schema, pointer)
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    walkSchema(member, visit, `${pointer}/properties/${name}`)
  }
  if (schema.items !== undefined) walkSchema(schema.items, visit, `${pointer}/items`)
  for (const [index, part] of (schema.allOf ?? []).entries()) walkSchema(part, visit, `${pointer}/allOf/${index}`)
}
