// The published edition: the same schemas as JSON Schema 2020-12, with absolute ids and `format`
// beside the patterns, so that a validator of that draft can load them from anywhere.
import { readSchemas } from '../schemas.mjs'

const BASE = 'https://w3id.org/agent-run/v1/'
const TIME = /^\^\[0-9\]\{4\}-/

export const edition2020 = (root) => {
  const out = {}
  for (const [name, schema] of readSchemas(root)) {
    const { $schema: _, $id: __, ...rest } = schema
    const document = { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: BASE + name, ...convert(rest) }
    out[`schemas/2020-12/${name}`] = `${JSON.stringify(document, null, 2)}\n`
  }
  return out
}

/** A schema of the source dialect in that draft. */
export const convert = (node) => {
  if (Array.isArray(node)) return node.map(convert)
  if (node === null || typeof node !== 'object') return node
  const out = {}
  for (const [key, value] of Object.entries(node)) {
    // 2020-12 allows members beside $ref, so the one-element allOf of the source dialect is not needed.
    if (key === 'allOf') Object.assign(out, convert(value[0]))
    else if (key === 'examples') out[key] = value
    else out[key] = convert(value)
  }
  if (typeof out.pattern === 'string' && TIME.test(out.pattern)) out.format = 'date-time'
  return out
}
