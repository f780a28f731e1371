import type { Cell, Engine, Row, Table } from './tables.ts'

/**
 * One of the two stores of a move, below its port: a move keeps internal keys, positions and times, which the port gives
 * to nobody. Statements have `?` for parameters.
 */
export interface Side {
  readonly engine: Engine
  all(text: string, parameters?: readonly Cell[], table?: Table): Promise<readonly Row[]>
  run(text: string, parameters?: readonly Cell[]): Promise<void>
  /** Adds rows; those whose key is there already stay as they are. Columns in the order of `columns`. */
  insert(table: Table, columns: readonly string[], rows: readonly Row[]): Promise<void>
  /** All of it or nothing. */
  transact(work: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** Rows that go into one statement; what is left over goes one by one, so that there are few different statements. */
const TOGETHER = 32

/** The statements that insert so many rows, and how many each takes. */
export const insertions = (
  table: Table,
  columns: readonly string[],
  rows: readonly Row[],
): readonly { readonly text: string; readonly rows: readonly Row[] }[] => {
  const parts = []
  for (let at = 0; at < rows.length; ) {
    const count = rows.length - at >= TOGETHER ? TOGETHER : 1
    parts.push({ text: insertion(table, columns, count), rows: rows.slice(at, at + count) })
    at += count
  }
  return parts
}

const insertion = ({ name }: Table, columns: readonly string[], count: number): string => {
  const row = `(${columns.map(() => '?').join(', ')})`
  const values = Array.from({ length: count }, () => row).join(', ')
  return `INSERT INTO ${name} (${columns.join(', ')}) VALUES ${values} ON CONFLICT DO NOTHING`
}
