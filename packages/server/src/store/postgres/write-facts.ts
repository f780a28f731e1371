import { distinctFacts, type IndexedFact } from '../sql/facts.ts'
import { bigintArray, textArray } from './arrays.ts'
import type { Transaction } from './transaction.ts'

/** Whose facts they are, and its place in time. */
export interface FactOwner {
  readonly tenant: string
  readonly run: number
  readonly sortAt: string
}

/** Facts of one run. */
export interface OwnedFacts {
  readonly owner: FactOwner
  readonly facts: readonly IndexedFact[]
}

const INSERT = `INSERT INTO facts (tenant, kind, value, sort_at, run, step)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])`
const LIST = `INSERT INTO run_facts (tenant, run, part, facts)
  SELECT tenant, run, 1, facts FROM unnest($1::text[], $2::bigint[], $3::text[]) AS n (tenant, run, facts)`
const ADD = `WITH added AS (
    INSERT INTO facts (tenant, kind, value, sort_at, run, step)
    SELECT $1::text, kind, value, $2::text, $3::bigint, step FROM unnest($4::text[], $5::text[], $6::bigint[]) AS n (kind, value, step)
    ON CONFLICT (tenant, kind, value, sort_at, run) DO NOTHING RETURNING kind, value)
  INSERT INTO run_facts (tenant, run, part, facts)
  SELECT $1, $3, (SELECT coalesce(max(part), 0) + 1 FROM run_facts WHERE tenant = $1 AND run = $3),
    (SELECT json_agg(json_build_array(kind, value)) FROM added)::text
  WHERE EXISTS (SELECT 1 FROM added)`
const LISTED = 'SELECT facts FROM run_facts WHERE tenant = $1 AND run = $2 ORDER BY part'
const UNLIST = 'DELETE FROM run_facts WHERE tenant = $1 AND run = $2'
const SOME = `FROM unnest($4::text[], $5::text[]) AS n (kind, value)
  WHERE f.tenant = $1 AND f.sort_at = $2 AND f.run = $3 AND f.kind = n.kind AND f.value = n.value`
const DELETE = `DELETE FROM facts f USING ${SOME.slice('FROM '.length)}`
const MOVE = `UPDATE facts f SET sort_at = $6 ${SOME}`

interface FactColumns {
  readonly tenant: string[]
  readonly kind: string[]
  readonly value: string[]
  readonly sortAt: string[]
  readonly run: number[]
  readonly step: (number | undefined)[]
}

/** Writes the facts of new runs, and beside each run the list of them, by which they are found again. */
export const insertFacts = (transaction: Transaction, runs: readonly OwnedFacts[]): void => {
  if (runs.length === 0) return
  // In one pass and without a row of objects: there are fifty facts for each run.
  const columns = { tenant: [], kind: [], value: [], sortAt: [], run: [], step: [] } as FactColumns
  for (const { owner, facts } of runs) {
    for (const { kind, value, step } of facts) {
      columns.tenant.push(owner.tenant)
      columns.kind.push(kind)
      columns.value.push(value)
      columns.sortAt.push(owner.sortAt)
      columns.run.push(owner.run)
      columns.step.push(step)
    }
  }
  transaction.send(INSERT, [
    textArray(columns.tenant),
    textArray(columns.kind),
    textArray(columns.value),
    textArray(columns.sortAt),
    bigintArray(columns.run),
    bigintArray(columns.step),
  ])
  transaction.send(LIST, [
    textArray(runs.map(({ owner }) => owner.tenant)),
    bigintArray(runs.map(({ owner }) => owner.run)),
    textArray(runs.map(({ facts }) => writeList(facts))),
  ])
}

/** Adds facts to a run; those that it has already stay as they are. */
export const addFacts = (transaction: Transaction, owner: FactOwner, facts: readonly IndexedFact[]): void => {
  if (facts.length === 0) return
  const distinct = distinctFacts(facts)
  transaction.send(ADD, [
    owner.tenant,
    owner.sortAt,
    owner.run,
    ...names(distinct),
    bigintArray(distinct.map(({ step }) => step)),
  ])
}

/** Removes some facts. The list may go on naming them: it only says where to look. */
export const dropFacts = (
  transaction: Transaction,
  { tenant, run, sortAt }: FactOwner,
  facts: readonly FactName[],
): void => {
  if (facts.length > 0) transaction.send(DELETE, [tenant, sortAt, run, ...names(facts)])
}

/** Removes all facts of a run. */
export const clearFacts = async (transaction: Transaction, owner: FactOwner): Promise<void> => {
  dropFacts(transaction, owner, await listedFacts(transaction, owner))
  transaction.send(UNLIST, [owner.tenant, owner.run])
}

/** Gives the facts of a run another place in time. */
export const moveFacts = async (transaction: Transaction, owner: FactOwner, sortAt: string): Promise<void> => {
  const { tenant, run } = owner
  transaction.send(MOVE, [tenant, owner.sortAt, run, ...names(await listedFacts(transaction, owner)), sortAt])
}

type FactName = Pick<IndexedFact, 'kind' | 'value'>

const names = (facts: readonly FactName[]): Buffer[] => [
  textArray(facts.map(({ kind }) => kind)),
  textArray(facts.map(({ value }) => value)),
]

const writeList = (facts: readonly IndexedFact[]): string =>
  JSON.stringify(facts.map(({ kind, value }) => [kind, value]))

const listedFacts = async (transaction: Transaction, { tenant, run }: FactOwner): Promise<readonly FactName[]> => {
  const rows = await transaction.all<{ readonly facts: string }>(LISTED, [tenant, run])
  return distinctFacts(
    rows
      .flatMap(({ facts }) => JSON.parse(facts) as readonly (readonly [IndexedFact['kind'], string])[])
      .map(([kind, value]) => ({ kind, value })),
  )
}
