import { RECEIVED } from '../store/sql/facts.ts'
import type { Side } from './side.ts'
import { FACTS, type Row, RUNS } from './tables.ts'

/** A fact of a run, as the index has it. */
export interface FactOf {
  readonly kind: string
  readonly value: string
  readonly step: number | null
}

const LISTS = {
  sqlite: `SELECT facts FROM runs WHERE tenant = ? AND run = ?
    UNION ALL SELECT l.facts FROM runs r JOIN later_facts l ON l.run = r.run WHERE r.tenant = ? AND r.run = ?`,
  postgres: 'SELECT facts FROM run_facts WHERE tenant = ? AND run = ?',
} as const
const FACT = 'SELECT step FROM facts WHERE tenant = ? AND kind = ? AND value = ? AND sort_at = ? AND run = ?'

/** The facts of a run that the index has: the lists beside a run may name some that it no longer has. */
export const readFacts = async (from: Side, row: Row): Promise<readonly FactOf[]> => {
  const key = [row['tenant']!, row['run']!]
  const lists = await from.all(LISTS[from.engine], from.engine === 'sqlite' ? [...key, ...key] : key)
  const named = new Map<string, readonly [kind: string, value: string]>()
  for (const { facts } of lists) {
    for (const [kind, value] of JSON.parse(facts as string) as [string, string][]) {
      if (kind !== RECEIVED) named.set(`${kind}\n${value}`, [kind, value])
    }
  }
  const found = await Promise.all(
    [...named.values()].map(async ([kind, value]) => {
      const rows = await from.all(FACT, [key[0]!, kind, value, row['sort_at']!, key[1]!])
      return rows.map(({ step }) => ({ kind, value, step: step as number | null }))
    }),
  )
  return found.flat()
}

const RUN_FACTS = { name: 'run_facts', columns: ['part', 'facts'] }

/** Writes the rows of runs with their facts, listed and indexed as the engine has them. */
export const writeRows = async (
  to: Side,
  runs: readonly { readonly row: Row; readonly facts: readonly FactOf[] }[],
): Promise<void> => {
  const columns = ['tenant', 'run', ...RUNS.columns]
  const facts = runs.flatMap(({ row, facts }) =>
    factsFor(to, row, facts).map(({ kind, value, step }) => ({
      tenant: row['tenant']!,
      run: row['run']!,
      sort_at: row['sort_at']!,
      kind,
      value,
      step,
    })),
  )
  const listed = runs.map(({ row, facts }) => ({ ...row, part: 1, facts: listOf(factsFor(to, row, facts)) }))
  await Promise.all([
    to.insert(RUNS, to.engine === 'sqlite' ? [...columns, 'facts'] : columns, listed),
    ...(to.engine === 'sqlite' ? [] : [to.insert(RUN_FACTS, ['tenant', 'run', ...RUN_FACTS.columns], listed)]),
    to.insert(FACTS, ['tenant', 'run', ...FACTS.columns], facts),
  ])
}

/** By the fact of its reception SQLite finds runs of a time; PostgreSQL does so by their keys. */
const factsFor = ({ engine }: Side, row: Row, facts: readonly FactOf[]): readonly FactOf[] =>
  engine === 'sqlite' ? [...facts, { kind: RECEIVED, value: row['received_at'] as string, step: null }] : facts

const listOf = (facts: readonly FactOf[]): string =>
  JSON.stringify(facts.map(({ kind, value, step }) => (step === null ? [kind, value] : [kind, value, step])))
