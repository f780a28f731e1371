import type { BatchProof, EvalResult, Statement } from '@agent-run/types'
import { digestBytes } from '../hash/index.ts'
import { checkSignature, sealHash } from '../seal/index.ts'
import type { JsonObject } from '../semantics/object.ts'
import { createInclusionMemo, type InclusionMemo } from '../tree/index.ts'
import type { SchemaName } from '../validate/index.ts'
import { validateValue } from '../validate/validate.ts'

/** What came with a record: statements, evals and batch proofs, found by what they are about. */
export interface Evidence {
  /** Statements about a record_hash or a key. */
  about(subject: string): readonly Statement[]
  /** Statements with this hash of kind `statement`; they differ in their signatures only. */
  named(hash: string): readonly Statement[]
  /** Batch proofs that name a record_hash. */
  proofsOf(recordHash: string): readonly BatchProof[]
  /** Evals that name one of these record_hashes, or the document_hash, in the order in which they came. */
  evalsOf(recordHashes: readonly unknown[], documentHash: () => string): readonly EvalResult[]
  /** Whether a statement is rightly signed by the key that it names. */
  isSigned(statement: Statement): boolean
  /** The tree that a rightly signed batch statement is about; `undefined` for any other statement. */
  treeOf(statement: Statement): BatchTree | undefined
}

/** The tree of a batch, and how many records it says it has. */
export interface BatchTree extends InclusionMemo {
  readonly count: number
}

const none: readonly never[] = []

/**
 * Gathers what came with one record, or with many: a signature of a statement is looked at once, however many records
 * it covers, and remembered for as long as the caller keeps it.
 */
export const createEvidence = ({
  statements = none,
  evals = none,
  proofs = none,
}: {
  readonly statements?: readonly Statement[]
  readonly evals?: readonly EvalResult[]
  readonly proofs?: readonly BatchProof[]
}): Evidence => {
  const said = sound<Statement>(statements, 'statement')
  const bySubject = groupBy(said, ({ about }) => about)
  const byRecord = groupBy(sound<BatchProof>(proofs, 'batch-proof'), ({ record_hash }) => record_hash)
  let byName: Map<string, Statement[]> | undefined
  const signed = new WeakMap<Statement, boolean>()
  const trees = new WeakMap<Statement, BatchTree | undefined>()
  const isSigned = (statement: Statement): boolean => {
    const known = signed.get(statement)
    if (known !== undefined) return known
    const right = checkSignature('statement', statement) === 'pass'
    signed.set(statement, right)
    return right
  }
  return {
    about: (subject) => bySubject.get(subject) ?? none,
    named(hash) {
      byName ??= groupBy(said, (each) => sealHash('statement', each as unknown as JsonObject))
      return byName.get(hash) ?? none
    },
    proofsOf: (recordHash) => byRecord.get(recordHash) ?? none,
    evalsOf: createEvalIndex(sound<EvalResult>(evals, 'eval')),
    isSigned,
    treeOf(statement) {
      if (!trees.has(statement)) trees.set(statement, isSigned(statement) ? batchTree(statement) : undefined)
      return trees.get(statement)
    },
  }
}

/** What came with one record beside what holds for all of a stream: `own` is looked at first. */
export const joinEvidence = (own: Evidence, shared: Evidence): Evidence => ({
  about: (subject) => joined(own.about(subject), shared.about(subject)),
  named: (hash) => joined(own.named(hash), shared.named(hash)),
  proofsOf: (recordHash) => joined(own.proofsOf(recordHash), shared.proofsOf(recordHash)),
  evalsOf: (hashes, document) => joined(own.evalsOf(hashes, document), shared.evalsOf(hashes, document)),
  // The shared one remembers the same statement given with many records, and forgets what the caller lets go.
  isSigned: (statement) => shared.isSigned(statement),
  treeOf: (statement) => shared.treeOf(statement),
})

const batchTree = ({ kind, about, body }: Statement): BatchTree | undefined => {
  const { root, count } = body ?? {}
  const bytes = digestBytes(root)
  if (kind !== 'batch' || root !== about || bytes === undefined || typeof count !== 'number') return undefined
  return { count, ...createInclusionMemo(count, bytes) }
}

/** Evals by what they name; each has its place, so that one who names both hashes counts once. */
const createEvalIndex = (evals: readonly EvalResult[]): Evidence['evalsOf'] => {
  const places = [...evals.entries()]
  const byRecord = groupBy(places, ([, { record_hash }]) => record_hash)
  const byDocument = groupBy(places, ([, { document_hash }]) => document_hash)
  return (recordHashes, documentHash) => {
    const found = new Map<number, EvalResult>()
    const add = (group: readonly [number, EvalResult][] = []): void => {
      for (const [place, each] of group) found.set(place, each)
    }
    for (const hash of recordHashes) if (typeof hash === 'string') add(byRecord.get(hash))
    if (byDocument.size > 0) add(byDocument.get(documentHash()))
    return [...found].sort(([a], [b]) => a - b).map(([, each]) => each)
  }
}

/** Strangers write what comes with a record: what has not the right form says nothing. */
const sound = <T>(items: readonly unknown[], schema: SchemaName): readonly T[] =>
  items.filter((item) => validateValue(item, { schema, limit: 1 }).ok) as readonly T[]

const joined = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  a.length === 0 ? b : b.length === 0 ? a : [...a, ...b]

const groupBy = <T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    if (name === undefined) continue
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return groups
}
