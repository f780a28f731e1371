import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { readSchemas } from '../http/schemas.ts'
import type { Place } from './check.ts'
import type { Capability, CheckInfo } from './judgement.ts'
import { member } from './pointer.ts'

/** A schema that a value has to fulfil, and where it stands: name of a file, and a pointer in it. */
export interface Site {
  readonly node: JsonObject
  readonly file: string
  readonly place: string
}

/** A member of an object that the schemas know. */
export interface KnownMember {
  readonly path: string
  readonly value: Json
  /** What its value has to be, before any `$ref` is followed. */
  readonly site: Site
  readonly required: boolean
}

/** A place that breaks a schema. */
export interface SchemaFault extends Place {
  readonly code: string
  /** File and pointer of the keyword: `step.json#/properties/id/minLength`. */
  readonly keyword: string
}

const schemas = readSchemas()
const patterns = new Map<string, RegExp>()
const CODES: ReadonlyMap<string, string> = new Map([
  ['minLength', 'schema.min_length'],
  ['minItems', 'schema.min_items'],
  ['maxItems', 'schema.max_items'],
])

const rootOf = (file: string): Site => {
  const node = schemas.get(file)
  if (node === undefined) throw new TypeError(`there is no schema ${file}`)
  return { node, file, place: '' }
}

/** Follows `$ref`, alone or in `allOf` beside a description, to the file it names. */
const target = (site: Site): Site => {
  const whole = Array.isArray(site.node.allOf) ? site.node.allOf[0] : undefined
  const reference = site.node.$ref ?? (isObject(whole) ? whole.$ref : undefined)
  return typeof reference === 'string' ? rootOf(reference) : site
}

/**
 * What is wrong with a value by a schema, in the order of the document. The schemas keep to the dialect of
 * schemas/PROFILE.md, so this reads all they say; it goes through the value one fault at a time, however many there are.
 * @param file name of the schema file: `step.json`
 * @param visited gets the names of the files that the value was held against
 */
export function* schemaFaults(value: Json, file: string, visited?: Set<string>): Generator<SchemaFault> {
  yield* faultsAt(value, rootOf(file), '', visited)
}

/** Whether a value fulfils a schema. */
export const isValid = (value: Json, file: string): boolean => schemaFaults(value, file).next().done === true

function* faultsAt(value: Json, site: Site, path: string, visited?: Set<string>): Generator<SchemaFault> {
  const at = target(site)
  visited?.add(at.file)
  const fault = (keyword: string, message: string): SchemaFault => ({
    code: CODES.get(keyword) ?? `schema.${keyword}`,
    path,
    message,
    keyword: `${at.file}#${at.place}/${keyword}`,
  })
  const { node } = at
  const types = typeof node.type === 'string' ? [node.type] : Array.isArray(node.type) ? (node.type as string[]) : []
  if (types.length > 0 && !types.some((type) => hasType(value, type))) {
    yield fault('type', `expected ${types.join(' or ')}, found ${typeName(value)}`)
    // Of a value of another type nothing else can be said.
    return
  }
  for (const [keyword, message] of broken(value, node)) yield fault(keyword, message)
  for (const [name, inner, place] of inside(value, at)) yield* faultsAt(inner, place, path + member(name), visited)
}

function* broken(value: Json, node: JsonObject): Generator<readonly [keyword: string, message: string]> {
  const limit = (name: string): number | undefined => {
    const given = node[name]
    return typeof given === 'number' ? given : undefined
  }
  if (Array.isArray(node.enum) && !node.enum.includes(value))
    yield ['enum', `expected one of ${node.enum.map(String).join(', ')}; found ${named(value)}`]
  if (node.const !== undefined && node.const !== value) yield ['const', `expected ${node.const}; found ${named(value)}`]
  if (typeof value === 'string') {
    // No schema asks for more than one character, so code units do for code points.
    if (value.length < (limit('minLength') ?? 0)) yield ['minLength', 'expected a text that is not empty']
    if (typeof node.pattern === 'string' && !patternOf(node.pattern).test(value))
      yield ['pattern', `expected a text of the form ${node.pattern}; found one of another form`]
  } else if (typeof value === 'number') {
    if (value < (limit('minimum') ?? value)) yield ['minimum', `expected at least ${node.minimum}, found less`]
    if (value > (limit('maximum') ?? value)) yield ['maximum', `expected at most ${node.maximum}, found more`]
  } else if (Array.isArray(value)) {
    if (value.length < (limit('minItems') ?? 0)) yield ['minItems', `expected ${node.minItems} or more items`]
    if (value.length > (limit('maxItems') ?? value.length))
      yield ['maxItems', `expected ${node.maxItems} items or fewer, found ${value.length}`]
  } else if (isObject(value) && Array.isArray(node.required)) {
    for (const name of node.required as string[])
      if (!Object.hasOwn(value, name)) yield ['required', `expected the member ${name}, which is missing`]
  }
}

/** A word that was meant as one of a closed vocabulary is told; nothing longer, and nothing that is more than a word. */
const named = (value: Json): string => (typeof value === 'string' && /^\w{1,40}$/.test(value) ? value : 'another value')

/** Every member that a schema knows, of a value and of what is inside it, in the order of the document. */
export function* knownMembers(value: Json, file: string): Generator<KnownMember> {
  yield* membersAt(value, rootOf(file), '')
}

function* membersAt(value: Json, site: Site, path: string): Generator<KnownMember> {
  const at = target(site)
  const required = isObject(value) && Array.isArray(at.node.required) ? at.node.required : []
  for (const [name, inner, place] of inside(value, at)) {
    const where = path + member(name)
    if (typeof name === 'string') yield { path: where, value: inner, site: place, required: required.includes(name) }
    yield* membersAt(inner, place, where)
  }
}

/** The members and items of a value that its schema says something about. */
function* inside(value: Json, { node, file, place }: Site): Generator<readonly [string | number, Json, Site]> {
  if (Array.isArray(value)) {
    if (!isObject(node.items)) return
    const site = { node: node.items, file, place: `${place}/items` }
    for (const [index, item] of (value as readonly Json[]).entries()) yield [index, item, site]
  } else if (isObject(value) && isObject(node.properties)) {
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(node.properties, name)) continue
      const inner = node.properties[name] as JsonObject
      yield [name, value[name]!, { node: inner, file, place: `${place}/properties/${name}` }]
    }
  }
}

const patternOf = (text: string): RegExp => {
  const pattern = patterns.get(text) ?? new RegExp(text, 'u')
  patterns.set(text, pattern)
  return pattern
}

const hasType = (value: Json, type: string): boolean =>
  typeName(value) === type || (type === 'integer' && Number.isInteger(value))

const typeName = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

const schemaCheck = (name: string, requirement: string, capability: Capability, summary: string): CheckInfo => ({
  code: `schema.${name}`,
  requirement,
  capability,
  summary,
  severity: 'error',
})
const RUN = schemaCheck('run', 'AR-RUN-001', 'core', 'A run is valid against its schema.')
const MINIMUM = schemaCheck('minimum', 'AR-RUN-002', 'core', 'A run has the seven members that make it one.')
const STATUS = schemaCheck('status', 'AR-RUN-004', 'core', 'The status of a run is one of the nine.')
const STEP = schemaCheck('step', 'AR-STEP-001', 'core', 'A step is valid against its schema.')
const COST = schemaCheck('cost', 'AR-COST-001', 'core', 'A cost is valid against its schema.')
const APPROVAL = schemaCheck('approval', 'AR-APPR-001', 'approvals', 'An approval event is valid against its schema.')
const DECISION = schemaCheck(
  'policy_decision',
  'AR-APPR-002',
  'approvals',
  'A policy decision is valid against its schema.',
)
const EVAL = schemaCheck('eval', 'AR-EVAL-001', 'evals', 'An eval is valid against its schema.')

/** What the schemas ask of a record: one check for each sentence. */
export const schemaChecks: readonly CheckInfo[] = [MINIMUM, STATUS, RUN, STEP, COST, APPROVAL, DECISION, EVAL]

/** Objects with a sentence of their own; the others belong to the run. */
const OF_FILE: ReadonlyMap<string, CheckInfo> = new Map([
  ['step.json', STEP],
  ['side-effect.json', STEP],
  ['step-approval.json', STEP],
  ['cost.json', COST],
  ['approval.json', APPROVAL],
  ['actor.json', APPROVAL],
  ['grant.json', APPROVAL],
  ['policy-decision.json', DECISION],
  ['decider.json', DECISION],
  ['eval.json', EVAL],
  ['criterion.json', EVAL],
])

/** The check that a schema file belongs to. */
export const checkOfFile = (file: string): CheckInfo => OF_FILE.get(file) ?? RUN

/** The check that a fault belongs to. */
export const checkOfFault = ({ keyword }: SchemaFault): CheckInfo => {
  if (keyword === 'agent-run.json#/required') return MINIMUM
  if (keyword === 'agent-run.json#/properties/status/enum') return STATUS
  return checkOfFile(keyword.slice(0, keyword.indexOf('#')))
}

/** The sentences that a record was held against, if its value was held against these files. */
export const checksOfFiles = (files: ReadonlySet<string>): readonly CheckInfo[] =>
  files.has('agent-run.json') ? [MINIMUM, STATUS, ...new Set([...files].map(checkOfFile))] : []
