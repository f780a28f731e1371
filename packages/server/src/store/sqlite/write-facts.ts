import type { Fact } from '@agent-run/core'
import { distinctFacts, type IndexedFact } from '../sql/facts.ts'
import type { Connection } from './connection.ts'

/** Whose facts they are, and its place in time. */
export interface FactOwner {
  readonly tenant: string
  readonly run: number
  readonly sortAt: string
}

const INSERT = 'INSERT OR IGNORE INTO facts (tenant, kind, value, sort_at, run, step) VALUES (?, ?, ?, ?, ?, ?)'
const DELETE = 'DELETE FROM facts WHERE tenant = ? AND kind = ? AND value = ? AND sort_at = ? AND run = ?'
const LIST = 'INSERT INTO later_facts (run, facts) VALUES (?, ?)'
const LISTED = `SELECT facts FROM runs WHERE run = ?1 UNION ALL SELECT facts FROM later_facts WHERE run = ?1`
const UNLIST = 'DELETE FROM later_facts WHERE run = ?'

/** Adds facts to the index; those that are there stay as they are. Gives those that were added. */
export const indexFacts = (
  connection: Connection,
  { tenant, run, sortAt }: FactOwner,
  facts: readonly IndexedFact[],
): readonly IndexedFact[] =>
  facts.filter(({ kind, value, step }) => connection.run(INSERT, tenant, kind, value, sortAt, run, step ?? null) > 0)

/**
 * Adds facts to a run that has come before. They are listed beside it in a row of their own: so the run's rows in the
 * index can be found again without a second index, and a long run's list is not written anew with each step.
 */
export const addFacts = (connection: Connection, owner: FactOwner, facts: readonly IndexedFact[]): void => {
  const added = indexFacts(connection, owner, facts)
  if (added.length > 0) connection.run(LIST, owner.run, writeList(added))
}

/** Removes some facts. The list may go on naming them: it only says where to look. */
export const dropFacts = (
  connection: Connection,
  { tenant, run, sortAt }: FactOwner,
  facts: readonly Pick<Fact, 'kind' | 'value'>[],
): void => {
  for (const { kind, value } of facts) connection.run(DELETE, tenant, kind, value, sortAt, run)
}

/** Removes all facts of a run. */
export const clearFacts = (connection: Connection, { tenant, run, sortAt }: FactOwner): void => {
  for (const { kind, value } of listed(connection, run)) connection.run(DELETE, tenant, kind, value, sortAt, run)
  connection.run(UNLIST, run)
}

/** Gives the facts of a run another place in time. */
export const moveFacts = (connection: Connection, owner: FactOwner, sortAt: string): void => {
  const { tenant, run } = owner
  for (const { kind, value } of listed(connection, run)) {
    connection.run(MOVE, sortAt, tenant, kind, value, owner.sortAt, run)
  }
}

const MOVE = 'UPDATE facts SET sort_at = ? WHERE tenant = ? AND kind = ? AND value = ? AND sort_at = ? AND run = ?'

type ListedFact = readonly [kind: string, value: string, step?: number]

/** Facts as they are listed in `runs` and `later_facts`: JSON, each `[kind, value, step]`. */
export const writeList = (facts: readonly IndexedFact[]): string =>
  JSON.stringify(facts.map(({ kind, value, step }) => (step === undefined ? [kind, value] : [kind, value, step])))

const listed = (connection: Connection, run: number): readonly IndexedFact[] =>
  distinctFacts(
    connection
      .all<{ readonly facts: string }>(LISTED, run)
      .flatMap(({ facts }) => JSON.parse(facts) as readonly ListedFact[])
      .map(([kind, value]) => ({ kind: kind as IndexedFact['kind'], value })),
  )
