// The schemas keep to their dialect (schemas/PROFILE.md), so that validators of two drafts and the generators of types
// in several languages all read the same thing out of them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readJson } from '@agent-run/core'
import Ajv from 'ajv'
import { KEYWORDS, walkSchema } from '../dialect.mjs'

const DRAFT = 'http://json-schema.org/draft-07/schema#'
/** The one file that is compiled by its path and therefore has no `$id`. */
const ROOT_FILE = 'agent-run.json'
/** Beside the schemas: nothing else may end in .json, because the documented command takes all of `schemas/*.json`. */
const OTHERS = ['2020-12', 'PROFILE.md', 'openapi.yaml']

/** Ends of names that carry a unit, and the words that a description says it with. */
const UNITS = [
  [/_ms$/, /\bmilliseconds?\b/i],
  [/(^|_)tokens(_used)?$/, /\btokens?\b/i],
  [/_usd$/, /\bUS dollars?\b/i],
  [/(^|_)bytes$|^size$/, /\bbytes?\b/i],
  [/_seconds$/, /\bseconds?\b/i],
]

/** @returns {string[]} faults of `schemas/` below the root: `file#pointer: what is wrong` */
export const check = (root) => {
  const folder = join(root, 'schemas')
  const entries = readdirSync(folder)
  const faults = entries
    .filter((name) => !name.endsWith('.json') && !OTHERS.includes(name))
    .map((name) => `schemas/${name}: does not belong here`)
  const schemas = new Map()
  for (const name of entries.filter((entry) => entry.endsWith('.json'))) {
    // Not JSON.parse, which hides that a member stands twice.
    const read = readJson(readFileSync(join(folder, name)))
    if (read.ok) schemas.set(name, read.value)
    else faults.push(`schemas/${name}: is not JSON of the record profile (${read.finding.message})`)
  }
  if (!schemas.has(ROOT_FILE)) faults.push(`schemas/${ROOT_FILE}: is missing`)
  for (const [file, schema] of schemas) {
    const report = (place, problem) => faults.push(`schemas/${file}#${place}: ${problem}`)
    headFaults(file, schema, schemas, report)
    walkSchema(schema, (node, pointer) => nodeFaults(node, pointer, schemas, report))
  }
  // A schema that is wrong in itself cannot judge its examples.
  return faults.length > 0 ? faults : exampleFaults(schemas)
}

const headFaults = (file, schema, schemas, report) => {
  if (schema.$schema !== DRAFT) report('', `"$schema" is not ${DRAFT}`)
  if (file === ROOT_FILE ? '$id' in schema : schema.$id !== file) {
    report('', file === ROOT_FILE ? 'has an "$id"' : `"$id" is not the bare "${file}"`)
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(schema.title ?? '')) report('', 'has no title that can name a type')
  const twin = [...schemas].find(([other, { title }]) => other !== file && title === schema.title)
  if (twin) report('', `has the same title as ${twin[0]}`)
  if (schema.type !== 'object') report('', 'is not the schema of an object')
  if (!isSentence(schema.description)) report('', 'has no description')
  if (schema.properties?.metadata === undefined) report('', 'has no metadata')
}

const isSentence = (text) => typeof text === 'string' && /\S{2}/.test(text) && text.endsWith('.')

/** What holds for every schema at every place: what is wrong with it, and when. */
const NODE_RULES = [
  [
    '"$schema", "$id" and "title" stand in a root only',
    (node, root) => !root && ('$schema' in node || '$id' in node || 'title' in node),
  ],
  ['"$ref" stands alone; use "allOf" beside a description', (node) => '$ref' in node && Object.keys(node).length > 1],
  [
    '"allOf" holds one "$ref" and nothing else',
    ({ allOf }) => allOf && (allOf.length !== 1 || Object.keys(allOf[0]).join() !== '$ref'),
  ],
  [
    '"allOf" stands beside a description only',
    (node) =>
      'allOf' in node && Object.keys(node).some((keyword) => !['allOf', 'description', 'deprecated'].includes(keyword)),
  ],
  [
    '"additionalProperties" can only be true: objects stay open',
    (node) => 'additionalProperties' in node && node.additionalProperties !== true,
  ],
  [
    'an object with members is a file of its own',
    (node, root) => !root && node.properties && node.additionalProperties !== true,
  ],
  [
    'a list of types is a type and "null"',
    ({ type }) => Array.isArray(type) && (type.length !== 2 || type[0] === 'null' || type[1] !== 'null'),
  ],
  [
    'null stands in both "type" and "enum" or in neither',
    ({ type, enum: values }) => values && values.includes(null) !== [type].flat().includes('null'),
  ],
  ['a pattern is an expression, anchored at both ends', ({ pattern }) => pattern !== undefined && !isAnchored(pattern)],
  [
    '"required" names only properties',
    ({ required = [], properties = {} }) => required.some((name) => !Object.hasOwn(properties, name)),
  ],
]

const nodeFaults = (node, pointer, schemas, report) => {
  for (const keyword of Object.keys(node)) {
    if (!KEYWORDS.includes(keyword)) report(pointer, `"${keyword}" is not in the dialect`)
  }
  for (const [problem, isWrong] of NODE_RULES) if (isWrong(node, pointer === '')) report(pointer, problem)
  if (node.$ref !== undefined && !schemas.has(node.$ref))
    report(pointer, `"$ref" is "${node.$ref}", which is no file of schemas/`)
  for (const [name, member] of Object.entries(node.properties ?? {})) {
    const place = `${pointer}/properties/${name}`
    for (const [problem, isWrong] of MEMBER_RULES) if (isWrong(member, name)) report(place, problem)
  }
}

const isAnchored = (pattern) => {
  try {
    new RegExp(pattern, 'u')
  } catch {
    return false
  }
  return pattern.startsWith('^') && pattern.endsWith('$')
}

const isNumber = ({ type }) => [type].flat().some((name) => name === 'number' || name === 'integer')

/** What holds for every member. The examples of an object are those of its members. */
const MEMBER_RULES = [
  ['the name is not snake_case', (_, name) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)],
  ['has no description', (member) => !isSentence(member.description)],
  ['has no examples', (member) => !(member.allOf || member.$ref || member.items?.$ref || member.examples?.length > 0)],
  [
    'the description does not name the unit',
    (member, name) =>
      isNumber(member) && UNITS.some(([end, words]) => end.test(name) && !words.test(member.description)),
  ],
]

const exampleFaults = (schemas) => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true })
  for (const [file, schema] of schemas) ajv.addSchema(schema, file)
  const faults = []
  for (const [file, schema] of schemas) {
    walkSchema(schema, ({ examples = [] }, pointer) => {
      const validate = ajv.getSchema(`${file}#${pointer}`)
      for (const [index, example] of examples.entries()) {
        if (!validate(example))
          faults.push(`schemas/${file}#${pointer}/examples/${index}: ${ajv.errorsText(validate.errors)}`)
      }
    })
  }
  return faults
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = check(fileURLToPath(new URL('../../', import.meta.url)))
  for (const fault of faults) console.error(fault)
  console.log(`dialect: ${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
