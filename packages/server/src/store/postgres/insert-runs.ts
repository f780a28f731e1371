import { headOf, headOfNew } from '../sql/rows.ts'
import type { FirstOutcome, InsertOptions, InsertResult, NewRun, RunHead } from '../store.ts'
import { bigintArray, textArray } from './arrays.ts'
import { findErasedRuns, findRuns, nameOf } from './find-run.ts'
import type { Operation } from './group-commit.ts'
import type { Transaction } from './transaction.ts'
import { type Creation, contentOf, createRuns } from './write-run.ts'

/** Runs that came together. */
export interface Insertion {
  readonly tenant: string
  readonly runs: readonly NewRun[]
  readonly options: InsertOptions
}

/**
 * Takes runs in order. What is known of any of them is read at once, what becomes of each is decided here, and what is
 * new is written at once: the number of round trips does not depend on the number of runs.
 */
export const insertRuns: Operation<Insertion, readonly InsertResult[]> = async (transaction, insertions) => {
  for (const { runs, options } of insertions) {
    if (options.idempotency !== undefined && runs.length !== 1) throw new TypeError('an idempotency key is for one run')
  }
  const known = await readKnown(transaction, insertions)
  const created: Creation[] = []
  const results = insertions.map((insertion) => decide(insertion, known, created, transaction.at))
  const keys = await createRuns(transaction, created)
  remember(
    transaction,
    known,
    new Map(created.map(({ tenant, content: { id } }, n) => [nameOf({ tenant, id }), keys[n]!])),
  )
  return results
}

/** What the store has, and from now on what this transaction adds. */
interface Known {
  readonly runs: Map<string, { readonly head: RunHead; readonly run?: number }>
  readonly erased: ReadonlySet<string>
  readonly answers: Map<string, Answer>
}

/** What an idempotency key has been answered with. */
interface Answer {
  readonly tenant: string
  readonly key: string
  readonly requestDigest: string
  readonly head: RunHead
  readonly first: FirstOutcome
  readonly isNew: boolean
}

const readKnown = async (transaction: Transaction, insertions: readonly Insertion[]): Promise<Known> => {
  const names = insertions.flatMap(({ tenant, runs }) => runs.map(({ id }) => ({ tenant, id })))
  const [runs, erased, answers] = await Promise.all([
    findRuns(transaction, names),
    findErasedRuns(transaction, names),
    findAnswers(transaction, insertions),
  ])
  return {
    runs: new Map([...runs].map(([name, row]) => [name, { head: headOf(row), run: row.run }])),
    erased,
    answers,
  }
}

const decide = (insertion: Insertion, known: Known, created: Creation[], at: string): readonly InsertResult[] => {
  const { tenant, runs, options } = insertion
  const { idempotency } = options
  if (idempotency === undefined) return runs.map((run) => decideOne(tenant, run, known, created, at))
  const { key, requestDigest } = idempotency
  const answer = known.answers.get(pair(tenant, key))
  if (answer !== undefined) {
    return [
      answer.requestDigest === requestDigest
        ? { outcome: 'replayed', first: answer.first, run: answer.head }
        : { outcome: 'key_reused' },
    ]
  }
  const result = decideOne(tenant, runs[0]!, known, created, at)
  if (result.outcome === 'created' || result.outcome === 'same') {
    known.answers.set(pair(tenant, key), {
      tenant,
      key,
      requestDigest,
      head: result.run,
      first: result.outcome,
      isNew: true,
    })
  }
  return [result]
}

const decideOne = (tenant: string, run: NewRun, known: Known, created: Creation[], at: string): InsertResult => {
  const name = nameOf({ tenant, id: run.id })
  const stored = known.runs.get(name)?.head
  if (stored !== undefined) {
    if (stored.contentDigest === run.contentDigest) return { outcome: 'same', run: stored }
    // The id is part of what the hash covers: a record of another id that names the same hash is none of its variants.
    const variant = run.recordHash !== undefined && stored.recordHash === run.recordHash
    return { outcome: variant ? 'variant' : 'conflict', run: stored }
  }
  if (known.erased.has(name)) return { outcome: 'erased' }
  const head = headOfNew(run, at)
  known.runs.set(name, { head })
  created.push({ tenant, content: contentOf(run, undefined), documents: run.documents, events: run.events })
  return { outcome: 'created', run: head }
}

/** How long an idempotency key answers. */
const KEPT_MS = 24 * 60 * 60 * 1000
const PRUNE = 'DELETE FROM idempotency WHERE tenant = ANY($1::text[]) AND at < $2'
const ANSWERS = `SELECT i.tenant, i.key, i.request_digest, i.head FROM unnest($1::text[], $2::text[]) AS n (tenant, key)
  JOIN idempotency i ON i.tenant = n.tenant AND i.key = n.key`
const REMEMBER = `INSERT INTO idempotency (tenant, key, request_digest, run, at, head)
  SELECT tenant, key, request_digest, run, $1, head
  FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[]) AS n (tenant, key, request_digest, run, head)`

interface AnswerRow {
  readonly tenant: string
  readonly key: string
  readonly request_digest: string
  readonly head: string
}

const findAnswers = async (
  transaction: Transaction,
  insertions: readonly Insertion[],
): Promise<Map<string, Answer>> => {
  const asked = insertions.flatMap(({ tenant, options: { idempotency } }) =>
    idempotency === undefined ? [] : [{ tenant, key: idempotency.key }],
  )
  if (asked.length === 0) return new Map()
  const tenants = textArray(asked.map(({ tenant }) => tenant))
  transaction.send(PRUNE, [tenants, new Date(Date.parse(transaction.at) - KEPT_MS).toISOString()])
  const rows = await transaction.all<AnswerRow>(ANSWERS, [tenants, textArray(asked.map(({ key }) => key))])
  return new Map(
    rows.map(({ tenant, key, request_digest, head: text }) => {
      const { first, ...head } = JSON.parse(text) as RunHead & { readonly first: FirstOutcome }
      return [pair(tenant, key), { tenant, key, requestDigest: request_digest, head, first, isNew: false }]
    }),
  )
}

const remember = (transaction: Transaction, known: Known, createdKeys: ReadonlyMap<string, number>): void => {
  const answers = [...known.answers.values()].filter(({ isNew }) => isNew)
  if (answers.length === 0) return
  const keyOf = ({ tenant, head: { id } }: Answer): number => {
    const name = nameOf({ tenant, id })
    return (createdKeys.get(name) ?? known.runs.get(name)?.run)!
  }
  transaction.send(REMEMBER, [
    transaction.at,
    textArray(answers.map(({ tenant }) => tenant)),
    textArray(answers.map(({ key }) => key)),
    textArray(answers.map(({ requestDigest }) => requestDigest)),
    bigintArray(answers.map(keyOf)),
    textArray(answers.map(({ head, first }) => JSON.stringify({ ...head, first }))),
  ])
}

const pair = (tenant: string, value: string): string => `${tenant}\n${value}`
