import type { AgentRun, BatchProof, EvalResult, Statement } from '@agent-run/types'
import { canonicalize } from '../canonical/index.ts'
import type { Finding } from '../finding.ts'
import { readJson } from '../read/index.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import type { SchemaName } from '../validate/index.ts'
import { validateValue } from '../validate/validate.ts'

/** What a bundle holds: records, and what was said about them later. */
export interface BundleContent {
  /** As read: strict JSON with `steps`. Whether they are valid records is for the verifier to say. */
  readonly records: readonly AgentRun[]
  readonly statements: readonly Statement[]
  readonly evals: readonly EvalResult[]
  readonly proofs: readonly BatchProof[]
}

/** A bundle as read. */
export interface Bundle extends BundleContent {
  /** The lines of the records as written, in the same order: what a verifier wants to see. */
  readonly recordLines: readonly Uint8Array[]
  /** What is wrong with single lines; `position` names the line. Such a line is left out. */
  readonly findings: readonly Finding[]
}

type Sort = 'record' | 'proof' | 'statement' | 'eval'

const LF = 0x0a
const CR = 0x0d
const schemas: Readonly<Record<Exclude<Sort, 'record'>, SchemaName>> = {
  proof: 'batch-proof',
  statement: 'statement',
  eval: 'eval',
}

/**
 * What a line of a bundle is, by its members: a record has `steps`, a batch proof `index` and `path`, a statement `kind`
 * and `about`, an eval `pass` and `score`. `undefined` for anything else.
 */
export const sortOfLine = (value: unknown): Sort | undefined => {
  if (!isObject(value)) return undefined
  const has = (...members: string[]): boolean => members.every((member) => Object.hasOwn(value, member))
  if (has('steps')) return 'record'
  if (has('index', 'path')) return 'proof'
  if (has('kind', 'about')) return 'statement'
  return has('pass', 'score') ? 'eval' : undefined
}

/**
 * Reads a bundle: NDJSON, every line strict JSON of the record profile. A line that is broken, of no known sort or, being
 * no record, invalid is a finding and left out; it never hides the others. Lines without anything in them are passed over.
 */
export const readBundle = (bytes: Uint8Array): Bundle => {
  const found: Record<Sort, JsonObject[]> = { record: [], proof: [], statement: [], eval: [] }
  const recordLines: Uint8Array[] = []
  const findings: Finding[] = []
  let line = 0
  let offset = 0
  for (const octets of linesOf(bytes)) {
    line++
    const read = isBlank(octets) ? undefined : readJson(octets)
    if (read !== undefined) {
      const finding = read.ok ? place(read.value, found) : read.finding
      if (finding !== undefined) findings.push(inLine(finding, line, offset))
      else if (found.record.length > recordLines.length) recordLines.push(octets)
    }
    // A line that is not UTF-8 has no text; its bytes stand for it.
    offset += (read?.text?.length ?? octets.length) + 1
  }
  return {
    records: found.record as unknown as AgentRun[],
    proofs: found.proof as unknown as BatchProof[],
    statements: found.statement as unknown as Statement[],
    evals: found.eval as unknown as EvalResult[],
    recordLines,
    findings,
  }
}

/** Puts a line where it belongs, or says why it belongs nowhere. */
const place = (value: unknown, found: Record<Sort, JsonObject[]>): Finding | undefined => {
  const sort = sortOfLine(value)
  if (sort === undefined)
    return {
      code: 'bundle.line',
      severity: 'error',
      path: '',
      message: 'found a line of no known sort; expected a record, statement, eval or batch proof',
    }
  if (sort !== 'record') {
    const { findings } = validateValue(value, { schema: schemas[sort] })
    const error = findings.find(({ severity }) => severity === 'error')
    if (error !== undefined) return error
  }
  found[sort].push(value as JsonObject)
  return undefined
}

const inLine = (finding: Finding, line: number, offset: number): Finding => {
  const { position } = finding
  return { ...finding, position: { line, column: position?.column ?? 1, offset: offset + (position?.offset ?? 0) } }
}

const isBlank = (octets: Uint8Array): boolean => octets.length === 0 || (octets.length === 1 && octets[0] === CR)

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LF, start)
    const stop = end === -1 ? bytes.length : end
    yield bytes.subarray(start, stop)
    start = stop + 1
  }
}

/**
 * Writes a bundle: NDJSON in canonical form, each line ended by LF. What names no record of the bundle, such as a batch statement, comes
 * first; after each record comes what names its `record_hash`.
 * @throws {TypeError} if something is not JSON
 */
export const writeBundle = ({ records, statements, evals, proofs }: Partial<BundleContent>): string => {
  const own = new Map((records ?? []).map((run): [string | undefined, object[]] => [run.provenance.record_hash, []]))
  const shared: object[] = []
  const file = (item: object, name: string | undefined): void => void ((name && own.get(name)) || shared).push(item)
  for (const statement of statements ?? []) file(statement, statement.about)
  for (const result of evals ?? []) file(result, result.record_hash)
  for (const proof of proofs ?? []) file(proof, proof.record_hash)
  const lines = (records ?? []).flatMap((run) => {
    const items = own.get(run.provenance.record_hash) ?? []
    own.delete(run.provenance.record_hash)
    return [run, ...items]
  })
  return [...shared, ...lines].map((value) => `${canonicalize(value)}\n`).join('')
}
