import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { type Check, type Compared, must } from './check.ts'
import { isValid } from './schema.ts'

/** What came with a record, by what it is. */
export interface Parts {
  readonly statements: readonly JsonObject[]
  readonly evals: readonly JsonObject[]
  readonly proofs: readonly JsonObject[]
  /** Numbers, from 0, of those that are none of these or not of the right form. */
  readonly others: readonly number[]
}

/** What a line of a bundle is; the first row of the table in spec/seal.md that fits decides. */
export const sortOf = (value: Json): 'record' | 'proof' | 'statement' | 'eval' | undefined => {
  const has = (...names: readonly string[]): boolean =>
    isObject(value) && names.every((name) => Object.hasOwn(value, name))
  if (has('steps')) return 'record'
  if (has('index', 'path')) return 'proof'
  if (has('kind', 'about')) return 'statement'
  return has('pass', 'score') ? 'eval' : undefined
}

const SCHEMAS = { proof: 'batch-proof.json', statement: 'statement.json', eval: 'eval.json' }

/** Sorts what came with a record. */
export const sortParts = (values: readonly Json[]): Parts => {
  const found = { proof: [] as JsonObject[], statement: [] as JsonObject[], eval: [] as JsonObject[] }
  const others: number[] = []
  for (const [index, value] of values.entries()) {
    const sort = sortOf(value)
    if (sort !== undefined && sort !== 'record' && isValid(value, SCHEMAS[sort])) found[sort].push(value as JsonObject)
    else others.push(index)
  }
  return { statements: found.statement, evals: found.eval, proofs: found.proof, others }
}

function* lines({ others, statements, evals, proofs }: Parts): Generator<Compared> {
  if (statements.length + evals.length + proofs.length > 0) yield undefined
  const expected = 'expected a statement, an eval or a batch proof of the right form'
  for (const index of others)
    yield { path: '', message: `${expected}, found something else as number ${index} beside the record` }
}

/** What comes with a record has one of three forms. */
export const bundleCheck: Check<Parts> = must(
  'bundle.line',
  'AR-SEAL-019',
  'seal',
  'A line of a bundle is a record, a batch proof, a statement or an eval.',
  lines,
)
